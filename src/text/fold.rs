//! The form under which a word is looked up. The only place that changes letters.
//!
//! Case, diacritics, composed and decomposed letters, and the kinds of apostrophes, quotation marks and dashes are made one.
//! Offsets are never touched: a token keeps its span, only its look-up form is folded.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The look-up form of one token. Linear in its length; borrows where nothing changes.
pub(crate) fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return lower(word);
    }
    let mut out = String::with_capacity(word.len());
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
    Cow::Owned(out)
}

/// A word with its ASCII letters in lower case; borrows where all are.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|b| b.is_ascii_uppercase()) {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    Cow::Borrowed(word)
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
