//! Finds all names of the tables in one pass over the *words* of a text instead of its letters.
//!
//! Each word of a name has a number (its symbol); a text is read as the sequence of the symbols of its words. A match can
//! therefore begin and end only at a word: `US` is never found in `Darussalam`, and a line break inside a name is no matter.
//! Hyphens between words and apostrophes after a word are not part of the sequence, so `Secretary-General` and
//! `Secretary General` are one name.

use super::trie::{NodeId, Trie};
use crate::text::lexicon::{Lexicon, WordId};
use crate::text::token::{Kind, Looks, Token};

/// A text as the matcher sees it.
pub(crate) struct View {
    symbols: Vec<u32>,
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

impl View {
    /// The view of a text. `shouted(i)` tells whether token `i` stands in a line of upper case.
    pub(crate) fn of_text(
        tokens: &[Token],
        words: &[WordId],
        text: &str,
        lexicon: &Lexicon,
        shouted: impl Fn(usize) -> bool,
    ) -> View {
        let mut view = View { symbols: Vec::with_capacity(tokens.len()), tokens: Vec::with_capacity(tokens.len()) };
        for (at, token) in tokens.iter().enumerate() {
            if token.kind == Kind::Mark && is_skipped(tokens, at, text) {
                continue;
            }
            if at > 0 && token.looks.has(Looks::PARAGRAPH) {
                view.symbols.push(0);
                view.tokens.push(at as u32);
            }
            view.symbols.push(lexicon.text_symbol(token, text, words[at], shouted(at)));
            view.tokens.push(at as u32);
        }
        view
    }
}

/// The spellings of a name in symbols.
#[derive(Default)]
pub(crate) struct Spellings {
    /// As it is written; empty where there is nothing to match.
    pub(crate) plain: Vec<u32>,
    /// With its words in lower case capitalised; the same where it has none.
    pub(crate) capitalised: Vec<u32>,
}

impl Spellings {
    /// Reads the spellings of `name`, whose tokens are `tokens`, in place of those of another name.
    pub(crate) fn read(
        &mut self,
        name: &str,
        tokens: &[Token],
        lexicon: &mut Lexicon,
        worded: &rustc_hash::FxHashSet<Box<str>>,
    ) {
        self.plain.clear();
        self.capitalised.clear();
        let leading_the = tokens.len() > 1 && tokens[0].of(name).eq_ignore_ascii_case("the");
        let tokens = &tokens[usize::from(leading_the)..];
        for (at, token) in tokens.iter().enumerate() {
            if is_skipped(tokens, at, name) {
                continue;
            }
            let symbol = lexicon.name_symbol(token, name, worded);
            self.plain.push(symbol);
            self.capitalised.push(if token.is_word() && !token.is_capital() {
                lexicon.name_symbol(&Token { looks: Looks::CAPITAL, ..*token }, name, worded)
            } else {
                symbol
            });
        }
    }
}

/// A name found: tokens `start..end`, and what it is in the trie.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) node: NodeId,
}

/// The leftmost longest names of a text, not overlapping. Time is that of the text times the words of the longest name.
pub(crate) fn find(trie: &Trie, view: &View) -> impl Iterator<Item = Hit> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < view.symbols.len() {
            if let Some((node, length)) = trie.longest(&view.symbols[at..]) {
                let (start, end) = (view.tokens[at] as usize, view.tokens[at + length - 1] as usize + 1);
                at += length;
                return Some(Hit { start, end, node });
            }
            at += 1;
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::super::trie::Names;
    use super::super::{Sense, Via};
    use super::*;
    use crate::text::fold::Forms;
    use crate::text::lexicon::{Classes, number_words};
    use crate::text::token::tokenize;

    const NAMES: [&str; 8] = [
        "US",
        "Secretary-General",
        "Axe Board",
        "the Axe Board of Trade",
        "Brunei Darussalam",
        "Workers’ Party",
        "friends of Axbridge",
        "Viet–Lao",
    ];

    #[test]
    fn names_are_found_at_words_however_they_are_joined() {
        for (text, found) in [
            ("", ""),
            ("US", "US"),
            ("Brunei Darussalam", "Brunei Darussalam"),
            ("Darussalam, us and USA", ""),
            ("the Secretary General, a Secretary-General", "Secretary General|Secretary-General"),
            ("a Secretary -General", ""),
            ("a Secretary‑General and Secretary-\nGeneral", "Secretary‑General|Secretary-\nGeneral"),
            ("Secretary- and General", ""),
            ("The Axe Board of Trade", "Axe Board of Trade"),
            ("The Axe Board of Japan", "Axe Board"),
            ("Axe\nBoard and Axe\n\nBoard", "Axe\nBoard"),
            ("Axe Board Axe Board", "Axe Board|Axe Board"),
            ("the axe board", ""),
            ("Workers' Party, Workers Party, Workers ’ Party", "Workers' Party|Workers Party"),
            ("’ Workers’ Party", "Workers’ Party"),
            ("friends of Axbridge, Friends of Axbridge", "friends of Axbridge|Friends of Axbridge"),
            ("Friends Of Axbridge", "Friends Of Axbridge"),
            ("Viet–Lao, Viet Lao, Viet – Lao", "Viet–Lao|Viet Lao"),
        ] {
            assert_eq!(names_in(text), found, "{text}");
        }
    }

    /// What is found, separated by strokes.
    fn names_in(text: &str) -> String {
        let mut lexicon = Lexicon::new();
        let of = lexicon.intern("of");
        lexicon.mark(of, Classes::FUNCTION);
        let mut names = Names::default();
        let mut spellings = Spellings::default();
        for name in NAMES {
            spellings.read(name, &tokenize(name), &mut lexicon, &rustc_hash::FxHashSet::default());
            names.push(&spellings.plain, Sense::Entry(0, Via::Name));
            names.push(&spellings.capitalised, Sense::Entry(0, Via::Name));
        }
        let tokens = tokenize(text);
        let words = number_words(&tokens, &Forms::new(text, &tokens), &lexicon);
        let view = View::of_text(&tokens, &words, text, &lexicon, |_| false);
        let hits = find(&Trie::new(&names), &view).collect::<Vec<_>>();
        let texts = hits.iter().map(|hit| &text[tokens[hit.start].start as usize..tokens[hit.end - 1].end as usize]);
        texts.collect::<Vec<_>>().join("|")
    }
}
