//! Finds all names of the tables in one pass, with an `aho-corasick` automaton over *symbols of words* instead of letters.
//!
//! Each word of a name has a number (its symbol); a text is read as the sequence of the symbols of its words, each written
//! as three bytes of which only the first has its high bit set. A match can therefore begin and end only at a word: `US` is
//! never found in `Darussalam`, and a line break inside a name is no matter. Hyphens between words and apostrophes after a
//! word are not part of the sequence, so `Secretary-General` and `Secretary General` are one name.

use crate::text::lexicon::{Lexicon, WordId};
use crate::text::token::{Kind, Looks, Token};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// What the automaton can hold of distinct words.
pub(crate) const MAX_SYMBOLS: u32 = 1 << 21;

/// A text as the matcher sees it.
pub(crate) struct View {
    bytes: Vec<u8>,
    /// Token of each symbol.
    tokens: Vec<u32>,
}

/// Whether a token is left out of the sequence: a hyphen between two words, an apostrophe after one.
fn is_skipped(tokens: &[Token], at: usize, text: &str) -> bool {
    let token = &tokens[at];
    if token.kind != Kind::Mark || token.looks.has(Looks::SPACE) {
        return false;
    }
    match token.of(text) {
        // also where a line was cut after it
        "–" => tokens.get(at + 1).is_some_and(|next| next.is_word() && !next.looks.has(Looks::SPACE)),
        "-" | "‐" | "‑" => tokens.get(at + 1).is_some_and(|next| next.is_word() || !next.looks.has(Looks::SPACE)),
        "'" | "’" => at > 0,
        _ => false,
    }
}

fn push(bytes: &mut Vec<u8>, symbol: u32) {
    if symbol == 0 {
        bytes.extend_from_slice(&[0, 0, 0]);
    } else {
        bytes.extend_from_slice(&[0x80 | (symbol >> 14) as u8, (symbol >> 7) as u8 & 0x7f, symbol as u8 & 0x7f]);
    }
}

impl View {
    /// The view of a text. `shouted(i)` tells whether token `i` stands in a line of upper case.
    pub(crate) fn of_text(
        tokens: &[Token],
        words: &[WordId],
        text: &str,
        lexicon: &Lexicon,
        shouted: impl Fn(usize) -> bool,
    ) -> View {
        let mut view = View { bytes: Vec::with_capacity(tokens.len() * 3), tokens: Vec::with_capacity(tokens.len()) };
        for (at, token) in tokens.iter().enumerate() {
            if is_skipped(tokens, at, text) {
                continue;
            }
            if at > 0 && token.looks.has(Looks::PARAGRAPH) {
                push(&mut view.bytes, 0);
                view.tokens.push(at as u32);
            }
            push(&mut view.bytes, lexicon.text_symbol(token, text, words[at], shouted(at)));
            view.tokens.push(at as u32);
        }
        view
    }
}

/// The symbols of a name, or of two spellings of it where it has words in lower case that may be capitalised.
pub(crate) fn name_patterns(
    name: &str,
    lexicon: &mut Lexicon,
    worded: &rustc_hash::FxHashSet<Box<str>>,
    tokenize: impl Fn(&str) -> Vec<Token>,
) -> Vec<Vec<u8>> {
    let mut tokens = tokenize(name);
    let leading_the = tokens.len() > 1 && tokens[0].of(name).eq_ignore_ascii_case("the");
    if leading_the {
        tokens.remove(0);
    }
    let mut plain = Vec::new();
    let mut capitalised = Vec::new();
    for at in 0..tokens.len() {
        if is_skipped(&tokens, at, name) {
            continue;
        }
        let token = tokens[at];
        push(&mut plain, lexicon.name_symbol(&token, name, worded));
        let mut raised = token;
        if token.is_word() && !token.is_capital() {
            raised.looks = Looks::CAPITAL;
        }
        push(&mut capitalised, lexicon.name_symbol(&raised, name, worded));
    }
    if plain.is_empty() {
        return Vec::new();
    }
    if plain == capitalised { vec![plain] } else { vec![plain, capitalised] }
}

/// All names of an extractor.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    automaton: AhoCorasick,
}

/// A name found: tokens `start..end`, and which pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) pattern: u32,
}

impl Matcher {
    /// Builds the automaton; the error says why it is too large.
    pub(crate) fn new(patterns: &[Vec<u8>]) -> Result<Matcher, String> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(patterns)
            .map_err(|e| e.to_string())?;
        Ok(Matcher { automaton })
    }

    /// The leftmost longest names of a text, not overlapping. Linear in the text.
    pub(crate) fn find<'m>(&'m self, view: &'m View) -> impl Iterator<Item = Hit> + 'm {
        self.automaton.find_iter(&view.bytes).map(|found| Hit {
            start: view.tokens[found.start() / 3] as usize,
            end: view.tokens[found.end() / 3 - 1] as usize + 1,
            pattern: found.pattern().as_u32(),
        })
    }
}
