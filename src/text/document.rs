//! A text with its tokens, sentences and zones; frozen once made. Every later stage reads it, none changes it.

use super::fold::Forms;
use super::layout::{self, Line, Zone};
use super::lexicon::{Classes, Lexicon, WordId, number_words};
use super::quotations;
use super::sentence;
use super::token::{Kind, Looks, Token, tokenize};
use crate::span::Span;
use crate::work;
use std::ops::Range;

/// A sentence, or what stands for one: a headline, an item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// First token, past a list number or bullet.
    pub(crate) start: usize,
    /// One past the last token.
    pub(crate) end: usize,
    pub(crate) zone: Zone,
    /// An item of a list: a bullet or number stands before it.
    pub(crate) listed: bool,
    /// Number of its paragraph.
    pub(crate) paragraph: usize,
}

/// What stands for a token that is in no sentence: the mark of a list.
const NONE: u32 = u32::MAX;

/// Everything that can be said of a text before its names are known.
pub(crate) struct Document<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: Vec<Token>,
    pub(crate) words: Vec<WordId>,
    /// The folded form of each token.
    forms: Forms,
    pub(crate) classes: Vec<Classes>,
    pub(crate) sentences: Vec<Sentence>,
    /// The sentence of each token, or [`NONE`].
    sentence_of: Vec<u32>,
    /// Tokens of the dateline (`KUALA LUMPUR, Oct 6 —`), the mark that ends it left out.
    pub(crate) dateline: Option<Range<usize>>,
    /// Stretches of tokens between quotation marks, in the order of the text.
    pub(crate) quotations: Vec<Range<usize>>,
    shouted: Vec<bool>,
}

impl<'t> Document<'t> {
    pub(crate) fn new(text: &'t str, lexicon: &Lexicon, rules: &layout::Furniture) -> Document<'t> {
        let tokens = tokenize(text);
        work::steps(18 * tokens.len() + text.len() / 2);
        let forms = Forms::new(text, &tokens);
        let words = number_words(&tokens, &forms, lexicon);
        let of_token = |(&word, token): (&WordId, &Token)| lexicon.classes(word) | Classes::of_looks(token);
        let classes: Vec<Classes> = words.iter().zip(&tokens).map(of_token).collect();
        let lines = layout::lines(text, forms.text(), &tokens, &classes, rules);
        let mut shouted = vec![false; tokens.len()];
        for line in &lines {
            if line.shouted {
                shouted[line.tokens.clone()].fill(true);
            }
        }
        let dateline = find_dateline(text, &tokens, &classes, &lines);
        let sentences = sentence::split(text, forms.text(), &tokens, &classes, &lines, dateline.as_ref());
        let mut sentence_of = vec![NONE; tokens.len()];
        for (n, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.start..sentence.end].fill(n as u32);
        }
        let quotations = Vec::new();
        let mut doc =
            Document { text, tokens, words, forms, classes, sentences, sentence_of, dateline, quotations, shouted };
        doc.quotations = quotations::quotations(&doc);
        doc
    }

    pub(crate) fn word(&self, at: usize) -> &'t str {
        work::step();
        self.tokens[at].of(self.text)
    }

    /// The word in its look-up form.
    pub(crate) fn folded(&self, at: usize) -> &str {
        // the form of ASCII is cut out, others are looked for
        work::steps(if self.tokens[at].looks.has(Looks::ASCII) { 2 } else { 10 });
        self.forms.get(at, &self.tokens[at])
    }

    /// The word with its ASCII letters in lower case.
    pub(crate) fn lower(&self, at: usize) -> &str {
        work::step();
        self.forms.lower(&self.tokens[at])
    }

    /// Whether the token, if there is one, is this mark or word (lower case).
    pub(crate) fn is(&self, at: usize, word: &str) -> bool {
        work::step();
        self.tokens.get(at).is_some_and(|token| token.len() == word.len() && self.forms.is(token, word))
    }

    /// Whether a token ends in these letters.
    pub(crate) fn ends_with(&self, at: usize, ending: &str) -> bool {
        work::step();
        self.text.as_bytes()[..self.tokens[at].end as usize].ends_with(ending.as_bytes())
            && self.tokens[at].len() >= ending.len()
    }

    pub(crate) fn class(&self, at: usize) -> Classes {
        work::step();
        self.classes.get(at).copied().unwrap_or_default()
    }

    /// The tokens of a stretch that are of one of the classes: a finder looks at no others.
    pub(crate) fn of_class(&self, tokens: Range<usize>, classes: Classes) -> impl DoubleEndedIterator<Item = usize> {
        let start = tokens.start;
        let stretch = self.classes[tokens].iter().enumerate();
        let wanted = move |(_, class): &(usize, &Classes)| {
            work::step();
            class.any(classes)
        };
        stretch.filter(wanted).map(move |(n, _)| start + n)
    }

    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.class(at).any(Classes::CAPITAL)
    }

    pub(crate) fn is_shouted(&self, at: usize) -> bool {
        self.shouted.get(at).copied().unwrap_or(false)
    }

    pub(crate) fn is_hyphen(&self, at: usize) -> bool {
        self.is_mark(at) && matches!(self.word(at), "-" | "‐" | "‑" | "–")
    }

    pub(crate) fn is_dash(&self, at: usize) -> bool {
        self.is_mark(at) && matches!(self.word(at), "-" | "–" | "—" | "―" | "‐" | "‑")
    }

    /// No white space before the token.
    pub(crate) fn is_joined(&self, at: usize) -> bool {
        work::step();
        self.tokens.get(at).is_some_and(|t| !t.looks.has(super::token::Looks::SPACE))
    }

    pub(crate) fn is_clitic(&self, at: usize) -> bool {
        work::step();
        self.tokens.get(at).is_some_and(|t| t.kind == Kind::Clitic)
    }

    pub(crate) fn is_mark(&self, at: usize) -> bool {
        self.class(at).any(Classes::MARK)
    }

    /// The text of a sentence.
    pub(crate) fn sentence_span(&self, sentence: usize) -> Span {
        let sentence = &self.sentences[sentence];
        self.span(sentence.start..sentence.end)
    }

    /// The text of a sentence and those behind it up to the one in which a token ends.
    pub(crate) fn sentences_span(&self, first: usize, end: usize) -> Span {
        let last = if end > self.sentences[first].end { self.sentence_of(end - 1).unwrap_or(first) } else { first };
        self.span(self.sentences[first].start..self.sentences[last.max(first)].end)
    }

    /// The text from token `start` to before token `end`.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Span {
        if tokens.is_empty() {
            return Span::default();
        }
        Span { start: self.tokens[tokens.start].start as usize, end: self.tokens[tokens.end - 1].end as usize }
    }

    /// The sentence that a token stands in.
    pub(crate) fn sentence_of(&self, at: usize) -> Option<usize> {
        work::step();
        self.sentence_of.get(at).filter(|&&n| n != NONE).map(|&n| n as usize)
    }
}

/// `KUALA LUMPUR, Oct 6 —`, `Singapore, 22 October 2023 –`, `MANILA, Philippines --`, `(HANOI, 3 March 2024)`, `SINGAPORE:`
fn find_dateline(text: &str, tokens: &[Token], classes: &[Classes], lines: &[Line]) -> Option<Range<usize>> {
    const LONGEST: usize = 18;
    for line in lines.iter().filter(|l| l.zone != Zone::Furniture).take(12) {
        let start = line.tokens.start;
        let end = line.tokens.end.min(start + LONGEST);
        let bracketed = tokens[start].of(text) == "(";
        let from = start + usize::from(bracketed);
        if from >= end || !tokens[from].is_word() || !tokens[from].is_capital() {
            continue;
        }
        // prose follows a dateline; a headline goes on in capitals
        let runs_on = |mark: usize| tokens[mark..line.tokens.end].iter().any(|t| t.is_word() && !t.is_capital());
        let (mut capitals, mut dated, mut upper) = (0, false, true);
        let mut at = from;
        while at < end {
            let token = tokens[at];
            let word = token.of(text);
            match token.kind {
                Kind::Word if token.is_capital() => {
                    if classes[at].any(Classes::MONTH) {
                        dated = true;
                    } else {
                        capitals += 1;
                        upper &= word.len() < 2 || !word.chars().any(char::is_lowercase);
                    }
                }
                Kind::Number => {}
                Kind::Mark => match word {
                    "," | "." | "/" | "(" => {}
                    ")" if bracketed && dated => return Some(from..at),
                    ")" => {}
                    "—" | "–" | "-" | "―" => {
                        let joined = at + 1 < tokens.len()
                            && !tokens[at].looks.has(super::token::Looks::SPACE)
                            && !tokens[at + 1].looks.has(super::token::Looks::SPACE);
                        if joined && tokens[at + 1].of(text) != word {
                            // a hyphen inside a name or a range of days
                            at += 1;
                            continue;
                        }
                        if (1..=8).contains(&capitals) && (upper && runs_on(at) || dated) && at + 1 < line.tokens.end {
                            return Some(from..at);
                        }
                        break;
                    }
                    ":" if (1..=6).contains(&capitals)
                        && (upper && runs_on(at) || dated)
                        && at + 4 < line.tokens.end =>
                    {
                        return Some(from..at);
                    }
                    _ => break,
                },
                _ => break,
            }
            at += 1;
        }
    }
    None
}
