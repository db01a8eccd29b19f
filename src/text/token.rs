//! Text → tokens: words, numbers, punctuation, addresses, each with its place and its looks.
//!
//! ASCII is read by a table over bytes; where a word has other letters, its end is found by character classes, and the
//! word boundaries of UAX #29 (`unicode-segmentation`) decide in scripts that write without spaces.

use crate::work;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, possibly with digits in them.
    Word,
    /// Digits first: `15`, `20,000`, `16th`.
    Number,
    /// The `'s` of a possessive.
    Clitic,
    /// One mark of punctuation or a symbol.
    Mark,
    /// A web or mail address.
    Address,
}

/// The looks of a token, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Looks(u8);

impl Looks {
    /// First letter upper case.
    pub(crate) const CAPITAL: Looks = Looks(1);
    /// Two or more letters, all upper case.
    pub(crate) const UPPER: Looks = Looks(2);
    /// White space stands before.
    pub(crate) const SPACE: Looks = Looks(4);
    /// A line break stands before.
    pub(crate) const LINE: Looks = Looks(8);
    /// An empty line stands before.
    pub(crate) const PARAGRAPH: Looks = Looks(16);
    /// Has an upper-case letter after the first letter, and is not all upper case (`MoFA`).
    pub(crate) const MIXED: Looks = Looks(32);
    /// Of ASCII alone.
    pub(crate) const ASCII: Looks = Looks(64);

    pub(crate) fn has(self, other: Looks) -> bool {
        self.0 & other.0 == other.0
    }

    fn set(&mut self, other: Looks) {
        self.0 |= other.0;
    }

    /// Sets what the case of the letters says: whether the first one is upper case, whether one or more are, whether any is lower.
    fn set_case(&mut self, capital: bool, upper: u32, lower: u32) {
        if capital {
            self.set(Looks::CAPITAL);
        }
        if upper > 1 && lower == 0 {
            self.set(Looks::UPPER);
        } else if upper > u32::from(capital) {
            self.set(Looks::MIXED);
        }
    }
}

/// A token of the text. 12 bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    pub(crate) looks: Looks,
}

impl Token {
    pub(crate) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// In bytes.
    pub(crate) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    pub(crate) fn is_capital(&self) -> bool {
        self.looks.has(Looks::CAPITAL)
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

/// Cuts a text into tokens. Every character that is no white space belongs to exactly one. Linear in the text.
///
/// Texts are read up to 4 GiB; what lies beyond gives no tokens.
pub(crate) fn tokenize(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let bytes = text.as_bytes();
    let limit = text.len().min(u32::MAX as usize - 4);
    let mut at = 0;
    let mut breaks = 0u8;
    let mut space = true;
    while at < limit {
        let byte = bytes[at];
        match byte {
            b'\n' => {
                breaks = breaks.saturating_add(1);
                space = true;
                at += 1;
                continue;
            }
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => {
                space = true;
                at += 1;
                continue;
            }
            _ => {}
        }
        let c = if byte < 0x80 { byte as char } else { char_at(text, at) };
        if byte >= 0x80 && (c.is_whitespace() || is_invisible(c)) {
            if matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}') {
                breaks = breaks.saturating_add(1);
            }
            space |= c.is_whitespace();
            at += c.len_utf8();
            continue;
        }
        let mut looks = Looks::default();
        if space {
            looks.set(Looks::SPACE);
        }
        if breaks > 0 || at == 0 {
            looks.set(Looks::LINE);
        }
        if breaks > 1 || out.is_empty() {
            looks.set(Looks::PARAGRAPH);
        }
        let (end, kind) = match plain_word(bytes, at, &mut looks) {
            Some(end) => (end, Kind::Word),
            None => {
                let (end, kind) = token_end(text, at, c, &mut looks);
                if bytes[at..end].is_ascii() {
                    looks.set(Looks::ASCII);
                }
                (end, kind)
            }
        };
        out.push(Token { start: at as u32, end: end as u32, kind, looks });
        at = end;
        breaks = 0;
        space = false;
    }
    out
}

fn char_at(text: &str, at: usize) -> char {
    work::step();
    text[at..].chars().next().unwrap_or(' ')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Scripts that write words without spaces between them, where UAX #29 cuts.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

fn token_end(text: &str, at: usize, first: char, looks: &mut Looks) -> (usize, Kind) {
    if first.is_ascii_digit() {
        return (number_end(text, at), Kind::Number);
    }
    if is_apostrophe(first) && !looks.has(Looks::SPACE) {
        // 's after a word
        let rest = &text[at + first.len_utf8()..];
        let mut chars = rest.chars();
        if matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(is_word_char) && at > 0 {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            if is_word_char(before) || before == '.' || before == ')' {
                return (at + first.len_utf8() + 1, Kind::Clitic);
            }
        }
    }
    if first.is_alphabetic() {
        return word_end(text, at, first, looks);
    }
    if !first.is_ascii() && (is_combining_mark(first) || first.is_alphanumeric()) {
        let end = text[at..].char_indices().find(|&(_, c)| !is_word_char(c)).map_or(text.len(), |(i, _)| at + i);
        return (end, Kind::Word);
    }
    (at + first.len_utf8(), Kind::Mark)
}

fn number_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut i = at;
    while i < bytes.len() {
        match bytes[i] {
            b'0'..=b'9' => i += 1,
            b',' | b'.' if bytes.get(i + 1).is_some_and(u8::is_ascii_digit) => i += 1,
            b'a'..=b'z' | b'A'..=b'Z' => i += 1,
            0x80.. if is_word_char(char_at(text, i)) => i += char_at(text, i).len_utf8(),
            _ => break,
        }
    }
    i
}

/// The end of a word of ASCII letters and digits where what stands behind it can be no part of it: most words are such.
fn plain_word(bytes: &[u8], at: usize, looks: &mut Looks) -> Option<usize> {
    let first = LETTERS[usize::from(bytes[at])];
    if first & (UPPER | LOWER) == 0 {
        return None;
    }
    let mut others = 0;
    let mut end = at + 1;
    while let Some(&byte) = bytes.get(end) {
        let kind = LETTERS[usize::from(byte)];
        if kind & (UPPER | LOWER | DIGIT) == 0 {
            if kind == GOES_ON && may_go_on(&bytes[end..]) {
                return None;
            }
            break;
        }
        others |= kind;
        end += 1;
    }
    looks.set(Looks::ASCII);
    let upper = (first & UPPER) + (others & UPPER);
    looks.set_case(first & UPPER != 0, upper.into(), ((first | others) & LOWER).into());
    Some(end)
}

/// Whether what stands behind the letters of a word may belong to it: an apostrophe before a letter, letters that are not ASCII,
/// the rest of an address, of initials, of a compound. Where it says so, the word is looked at closely.
fn may_go_on(rest: &[u8]) -> bool {
    let next = rest.get(1).copied().unwrap_or(b' ');
    match rest[0] {
        b'.' | b'_' | b'-' | b'+' => next.is_ascii_alphanumeric() || matches!(next, b'.' | b'_' | b'-' | b'+' | b'@'),
        b':' => next == b'/',
        b'\'' => next.is_ascii_alphabetic() || next >= 0x80,
        // general punctuation: of it the hyphens and the two kinds of apostrophes
        0xe2 if next == 0x80 => matches!(rest.get(2), Some(0x90 | 0x91 | 0x98 | 0x99)),
        _ => true,
    }
}

/// What a byte is to a word: a letter of it, a digit, or what a word that is more than letters may go on with.
static LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0;
    while byte < letters.len() {
        letters[byte] = match byte as u8 {
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            b'0'..=b'9' => DIGIT,
            b'\'' | b'$' | b'.' | b':' | b'@' | b'_' | b'-' | b'+' | 0x80.. => GOES_ON,
            _ => 0,
        };
        byte += 1;
    }
    letters
};
const UPPER: u8 = 1;
const LOWER: u8 = 2;
const DIGIT: u8 = 4;
const GOES_ON: u8 = 8;

/// Longest word of letters with full stops, in bytes.
const LONGEST_INITIALS: usize = 32;

fn word_end(text: &str, at: usize, first: char, looks: &mut Looks) -> (usize, Kind) {
    let bytes = text.as_bytes();
    if is_unspaced(first) {
        // of a long stretch only a piece is looked at, so that the search stays linear; most words show in a short one
        let within = |most: usize| {
            let piece = &text[at..floor_boundary(text, text.len().min(at + most))];
            let stretch = &piece[..piece.find(|c| !is_unspaced(c)).unwrap_or(piece.len())];
            work::steps(4 * stretch.len());
            (stretch.split_word_bounds().next().map_or(stretch.len(), str::len), stretch.len())
        };
        let word = match within(32) {
            (word, seen) if word < seen || seen < 24 => word,
            _ => within(256).0,
        };
        return (at + word.max(first.len_utf8()), Kind::Word);
    }
    if let Some(end) = address_end(text, at) {
        return (end, Kind::Address);
    }
    // U.S., H.E., D.C.: single letters with full stops between them
    if first.is_ascii_uppercase() && bytes.get(at + 1) == Some(&b'.') {
        let mut i = at;
        while i < at + LONGEST_INITIALS && i + 1 < bytes.len() && bytes[i].is_ascii_uppercase() && bytes[i + 1] == b'.'
        {
            work::step();
            i += 2;
        }
        if i >= at + 4 && !bytes.get(i).is_some_and(|b| b.is_ascii_alphanumeric()) {
            looks.set(Looks::CAPITAL);
            looks.set(Looks::UPPER);
            return (i, Kind::Word);
        }
        // without the last full stop: U.S
        if i >= at + 2
            && bytes.get(i).is_some_and(u8::is_ascii_uppercase)
            && !bytes.get(i + 1).is_some_and(|b| b.is_ascii_alphanumeric())
        {
            looks.set(Looks::CAPITAL);
            looks.set(Looks::UPPER);
            return (i + 1, Kind::Word);
        }
    }
    let (mut upper, mut lower) = (0u32, 0u32);
    let mut i = at + prefix(&bytes[at..]);
    while i < bytes.len() {
        let b = bytes[i];
        if b < 0x80 {
            match b {
                b'a'..=b'z' => lower += 1,
                b'A'..=b'Z' => upper += 1,
                b'0'..=b'9' => {}
                b'$' if lower == 0 && i > at && i - at <= 3 => {
                    // US$, S$, RM: a currency, not a state
                    return (i + 1, Kind::Mark);
                }
                b'\'' if joins(text, i, 1) => {
                    i += 1;
                    continue;
                }
                _ => break,
            }
            i += 1;
        } else {
            let c = char_at(text, i);
            if is_apostrophe(c) && joins(text, i, c.len_utf8()) {
                i += c.len_utf8();
                continue;
            }
            if !is_word_char(c) || is_unspaced(c) {
                break;
            }
            if c.is_uppercase() {
                upper += 1;
            } else if c.is_lowercase() {
                lower += 1;
            }
            i += c.len_utf8();
        }
    }
    looks.set_case(first.is_uppercase(), upper, lower);
    (i, Kind::Word)
}

/// `co-` and `re-` belong to the word after them (`co-chaired`): the length of such a prefix.
fn prefix(bytes: &[u8]) -> usize {
    let hyphen = match bytes {
        [b'c' | b'C', b'o', ..] | [b'C', b'O', ..] | [b'r' | b'R', b'e', ..] => match &bytes[2..] {
            [b'-', ..] => 1,
            // `‐` and `‑`
            [0xe2, 0x80, 0x90 | 0x91, ..] => 3,
            _ => return 0,
        },
        _ => return 0,
    };
    if bytes.get(2 + hyphen).is_some_and(u8::is_ascii_alphabetic) { 2 + hyphen } else { 0 }
}

/// An apostrophe inside a word (`O'Brien`, `Sa'at`), unless what follows is the possessive `s`.
fn joins(text: &str, at: usize, width: usize) -> bool {
    let mut chars = text[at + width..].chars();
    match chars.next() {
        Some('s' | 'S') => chars.next().is_some_and(is_word_char),
        Some(c) => c.is_alphabetic(),
        None => false,
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// `https://…`, `www.…`, `someone@example.org`
fn address_end(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at..];
    let starts = bytes.starts_with(b"http") || bytes.starts_with(b"www.");
    if !starts && !mail(bytes) {
        return None;
    }
    if bytes.starts_with(b"http") && !(bytes.starts_with(b"http://") || bytes.starts_with(b"https://")) {
        return None;
    }
    let mut end =
        bytes.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"')).unwrap_or(bytes.len());
    while end > 1 && matches!(bytes[end - 1], b'.' | b',' | b')' | b';' | b':' | b'\'') {
        end -= 1;
    }
    Some(at + floor_boundary(&text[at..], end))
}

fn mail(bytes: &[u8]) -> bool {
    let name =
        bytes.iter().take(64).position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+')));
    name.is_some_and(|n| bytes[n] == b'@' && bytes.get(n + 1).is_some_and(u8::is_ascii_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::tokenize;

    fn words(text: &str) -> String {
        tokenize(text).iter().map(|t| t.of(text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_text_falls_into_tokens() {
        for (text, tokens) in [
            ("ASEAN's aim", "ASEAN|'s|aim"),
            ("AMCC’s main", "AMCC|’s|main"),
            ("INDONESIA’S", "INDONESIA|’S"),
            ("Timor-Leste", "Timor|-|Leste"),
            ("was co-chaired by", "was|co-chaired|by"),
            ("was co‑chaired, re‐elected and co–led", "was|co‑chaired|,|re‐elected|and|co|–|led"),
            ("the U.S. and", "the|U.S.|and"),
            ("U.S.-ASEAN", "U.S.|-|ASEAN"),
            ("H.E. Mao", "H.E.|Mao"),
            ("Arthur P. Tugade", "Arthur|P|.|Tugade"),
            ("US$4.1 million", "US$|4.1|million"),
            ("the 16th", "the|16th"),
            ("15-17 July", "15|-|17|July"),
            ("O'Brien said", "O'Brien|said"),
            ("leaders’ meeting", "leaders|’|meeting"),
            ("Việt Nam", "Việt|Nam"),
            ("see https://asean.org/x. Now", "see|https://asean.org/x|.|Now"),
            ("a@b.org,", "a@b.org|,"),
            ("Brunei\nDarussalam", "Brunei|Darussalam"),
            ("Lao. PDR", "Lao|.|PDR"),
            ("“We”", "“|We|”"),
            ("", ""),
        ] {
            assert_eq!(words(text), tokens, "{text}");
        }
    }

    #[test]
    fn every_visible_character_is_in_one_token() {
        for text in ["a\u{301}bc \u{a0}x ประเทศไทย (ok) — 12ม.", "…“‘x’”…", "\u{feff}Brunei", "ា x"]
        {
            let tokens = tokenize(text);
            let mut covered: usize = 0;
            for pair in tokens.windows(2) {
                assert!(pair[0].end <= pair[1].start);
            }
            for (i, c) in text.char_indices() {
                if !c.is_whitespace() && c != '\u{feff}' {
                    assert!(tokens.iter().any(|t| t.start as usize <= i && i < t.end as usize), "{c:?} in {text:?}");
                    covered += 1;
                }
            }
            assert!(covered > 0);
        }
    }
}
