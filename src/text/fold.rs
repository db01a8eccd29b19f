//! The form under which a word is looked up. The only place that changes letters.
//!
//! Case, diacritics, composed and decomposed letters, and the kinds of apostrophes, quotation marks and dashes are made one.
//! Offsets are never touched: a token keeps its span, only its look-up form is folded.

use super::strings::Strings;
use super::token::{Looks, Token};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The look-up forms of the tokens of a text. What ASCII has is folded with the text as a whole.
pub(crate) struct Forms {
    /// The text with its ASCII letters in lower case.
    lower: String,
    /// Forms of the tokens that are not ASCII, and which these are.
    others: Strings,
    tokens: Vec<u32>,
}

impl Forms {
    pub(crate) fn new(text: &str, tokens: &[Token]) -> Forms {
        let mut forms = Forms { lower: text.to_ascii_lowercase(), others: Strings::default(), tokens: Vec::new() };
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.looks.has(Looks::ASCII)) {
            forms.others.push_with(|form| fold_into(token.of(text), form));
            forms.tokens.push(at as u32);
        }
        forms
    }

    /// The form of a token, whose number is `at`.
    pub(crate) fn get(&self, at: usize, token: &Token) -> &str {
        if token.looks.has(Looks::ASCII) {
            return self.lower(token);
        }
        // each has one
        self.tokens.binary_search(&(at as u32)).map_or("", |n| self.others.get(n))
    }

    /// The text with its ASCII letters in lower case.
    pub(crate) fn text(&self) -> &str {
        &self.lower
    }

    /// The same from a token on.
    pub(crate) fn from(&self, token: &Token) -> &[u8] {
        &self.lower.as_bytes()[token.start as usize..]
    }

    /// Whether a token in lower case is this word.
    pub(crate) fn is(&self, token: &Token, word: &str) -> bool {
        self.lower_bytes(token) == word.as_bytes()
    }

    fn lower_bytes(&self, token: &Token) -> &[u8] {
        &self.lower.as_bytes()[token.start as usize..token.end as usize]
    }

    /// A token with its ASCII letters in lower case.
    pub(crate) fn lower(&self, token: &Token) -> &str {
        token.of(&self.lower)
    }
}

/// The look-up form of one token. Linear in its length; borrows where nothing changes.
pub(crate) fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        let lower = !word.bytes().any(|b| b.is_ascii_uppercase());
        return if lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_ascii_lowercase()) };
    }
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    Cow::Owned(out)
}

/// Writes the look-up form of a word that is not ASCII.
fn fold_into(word: &str, out: &mut String) {
    for c in word.nfd() {
        if is_combining_mark(c) && is_latin_mark(c) {
            continue;
        }
        match c {
            '’' | '‘' | 'ʼ' | '´' | '`' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out.push('-'),
            'đ' | 'Đ' | 'ð' => out.push('d'),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'ı' | 'İ' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            '…' => out.push_str("..."),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
}

/// Accents over Latin letters; the vowel signs of Thai, Khmer, Lao and Burmese are letters of their own and stay.
fn is_latin_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn one_form_for_all_spellings_of_a_word() {
        for (word, form) in [
            ("Việt", "viet"),
            ("Vie\u{323}\u{302}t", "viet"),
            ("Türkiye", "turkiye"),
            ("MALAYSIA", "malaysia"),
            ("Dato’", "dato'"),
            ("–", "-"),
            ("Đông", "dong"),
            ("ประเทศไทย", "ประเทศไทย"),
        ] {
            assert_eq!(fold(word), form, "{word}");
        }
    }
}
