//! Lines and zones of a text: headline, body, page furniture; lists; lines of upper case; lines that were wrapped.

use super::lexicon::Classes;
use super::token::{Kind, Looks, Token};
use crate::error::Faults;
use regex_automata::meta::Regex;
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use std::ops::Range;

/// What part of the page a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// A title, in upper or title case, without full stop.
    Headline,
    /// The statement itself.
    Body,
    /// What belongs to the page: buttons, copyright, `Last updated on`.
    Furniture,
}

/// A line, or several that were one before somebody wrapped them.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) tokens: Range<usize>,
    /// Tokens of a bullet or number at its beginning.
    pub(crate) marker: usize,
    pub(crate) zone: Zone,
    /// All in upper case.
    pub(crate) shouted: bool,
    pub(crate) paragraph: usize,
}

/// Patterns of page furniture, from `words/furniture.txt`.
#[derive(Clone, Debug)]
pub(crate) struct Furniture {
    /// Those that only the beginning of a line can match, which the first letters of most lines rule out.
    at_start: Option<Regex>,
    /// Those that begin with a word anywhere, and with something else: each is sought by how it begins, which few lines have.
    at_word: Option<Regex>,
    anywhere: Option<Regex>,
}

impl Furniture {
    pub(crate) fn new(file: &str, text: &str, faults: &mut Faults) -> Furniture {
        // A blank of a pattern is any blank of a text. The automaton is one of bytes, and reads texts in lower case:
        // else it would take as long to make as all else at the start of a program.
        let syntax = syntax::Config::new().unicode(false).utf8(false);
        let mut builder = Regex::builder();
        builder.syntax(syntax);
        let mut automaton = |begins: fn(&str) -> bool, anchored: bool| {
            let config =
                Regex::config().auto_prefilter(!anchored).which_captures(WhichCaptures::None).utf8_empty(false);
            builder.configure(config);
            let lines = text.lines().enumerate().filter(|(_, line)| begins(line));
            let patterns: Vec<(usize, String)> =
                lines.map(|(n, line)| (n + 1, line.replace(' ', r"(?:\s|\xC2\xA0)"))).collect();
            let all: Vec<&str> = patterns.iter().map(|(_, pattern)| pattern.as_str()).collect();
            let fault = builder.build_many(&all).map_err(|e| e.to_string());
            if let Err(message) = &fault {
                let alone = patterns.iter().filter_map(|(line, pattern)| Some((*line, builder.build(pattern).err()?)));
                let faulty: Vec<_> = alone.map(|(line, e)| (line, e.to_string())).collect();
                if faulty.is_empty() {
                    faults.push(file, 0, None, message.clone());
                }
                for (line, message) in faulty {
                    faults.push(file, line, None, message);
                }
            }
            fault.ok()
        };
        Furniture {
            at_start: automaton(|line| line.starts_with('^'), true),
            at_word: automaton(|line| line.starts_with(r"\b"), false),
            anywhere: automaton(|line| !line.starts_with('^') && !line.starts_with(r"\b"), false),
        }
    }

    /// Whether a line, in lower case, is furniture.
    fn matches(&self, line: &str) -> bool {
        // Furniture is short; a long line is prose.
        let matches = |patterns: &Option<Regex>, anchored: Anchored| {
            patterns.as_ref().is_some_and(|patterns| patterns.is_match(Input::new(line).anchored(anchored)))
        };
        line.len() <= 400
            && (matches(&self.at_start, Anchored::Yes)
                || matches(&self.at_word, Anchored::No)
                || matches(&self.anywhere, Anchored::No))
    }
}

/// Cuts the text into lines; `lower` is the text in lower case. `tokens` must not be changed afterwards.
pub(crate) fn lines(
    text: &str,
    lower: &str,
    tokens: &[Token],
    classes: &[Classes],
    furniture: &Furniture,
) -> Vec<Line> {
    let mut raw: Vec<Range<usize>> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.looks.has(Looks::LINE) {
            if let Some(last) = raw.last_mut() {
                last.end = at;
            }
            raw.push(at..tokens.len());
        }
    }
    // a text whose lines go on in lower case was wrapped by somebody: there any long line may go on
    let going_on = raw.iter().filter(|r| {
        let first = tokens[r.start];
        first.kind == Kind::Word && !first.is_capital() && !first.looks.has(Looks::PARAGRAPH)
    });
    let hard_wrapped = going_on.count() >= 3;
    let mut out: Vec<Line> = Vec::with_capacity(raw.len());
    let mut paragraph = 0;
    let is_furniture = |range: &Range<usize>| {
        furniture.matches(&lower[tokens[range.start].start as usize..tokens[range.end - 1].end as usize])
    };
    for (row, range) in raw.iter().enumerate() {
        let range = range.clone();
        let new_paragraph = tokens[range.start].looks.has(Looks::PARAGRAPH);
        let marker = marker_length(text, tokens, &range);
        // the text of a link, on a row of its own within a sentence
        let is_link = range.len() <= LINK && raw.get(row + 1).is_some_and(|next| goes_on(text, tokens, next));
        if let Some(last) = out.last_mut()
            && !new_paragraph
            && marker == 0
            && (goes_on(text, tokens, &range)
                || !is_closed(text, tokens, last) && (is_link || is_wrapped(text, tokens, last, &range, hard_wrapped)))
            && !is_furniture(&range)
            && !is_furniture(&last.tokens)
        {
            last.tokens.end = range.end;
            continue;
        }
        if new_paragraph && !out.is_empty() {
            paragraph += 1;
        }
        out.push(Line { tokens: range, marker, zone: Zone::Body, shouted: false, paragraph });
    }
    for line in &mut out {
        let range = line.tokens.clone();
        line.shouted = is_shouted(text, tokens, &range);
        line.zone = if is_furniture(&range) {
            Zone::Furniture
        } else if line.shouted || !is_row(text, tokens, classes, line) && is_title(text, tokens, classes, &range) {
            Zone::Headline
        } else {
            Zone::Body
        };
    }
    out
}

/// Shorter rows of capitals are the lines of a letterhead, each a whole; of a headline only long ones are wrapped. In bytes.
const SHOUTED_ROW: u32 = 40;

/// Most tokens of the text of a link that was put on a row of its own.
const LINK: usize = 12;

/// Whether a row begins with what no line begins with: a comma, a full stop, `'s`.
fn goes_on(text: &str, tokens: &[Token], row: &Range<usize>) -> bool {
    let first = tokens[row.start];
    !first.looks.has(Looks::PARAGRAPH)
        && (first.kind == Kind::Clitic || first.kind == Kind::Mark && matches!(first.of(text), "," | "." | ";" | ")"))
}

fn is_closed(text: &str, tokens: &[Token], line: &Line) -> bool {
    let end = tokens[line.tokens.end - 1];
    end.kind == Kind::Mark && matches!(end.of(text), "." | "!" | "?" | ":" | ";" | "”" | "\"")
}

/// Whether `next` goes on with the sentence of `last`, which is not closed.
fn is_wrapped(text: &str, tokens: &[Token], last: &Line, next: &Range<usize>, hard_wrapped: bool) -> bool {
    let end = tokens[last.tokens.end - 1];
    let first = tokens[next.start];
    let lower = first.kind == Kind::Word && !first.is_capital();
    let both_shouted = is_shouted(text, tokens, &last.tokens) && is_shouted(text, tokens, next);
    let last_row =
        last.tokens.clone().rev().take_while(|&i| i == last.tokens.start || !tokens[i].looks.has(Looks::LINE)).last();
    let width = last_row.map_or(0, |i| end.end - tokens[i.max(last.tokens.start)].start);
    lower || both_shouted && width >= SHOUTED_ROW || (hard_wrapped && width >= 55 && first.kind != Kind::Mark)
}

/// Length of a bullet or item number: `•`, `*`, `-`, `1.`, `2`, `(a)`, `iii.`
fn marker_length(text: &str, tokens: &[Token], line: &Range<usize>) -> usize {
    let token = |i: usize| (line.start + i < line.end).then(|| tokens[line.start + i]);
    let word = |i: usize| token(i).map_or("", |t| t.of(text));
    let spaced = |i: usize| token(i).is_some_and(|t| t.looks.has(Looks::SPACE));
    let Some(first) = token(0) else { return 0 };
    match first.kind {
        Kind::Mark => match word(0) {
            "•" | "●" | "▪" | "◦" | "■" | "–" | "—" | "-" | "*" | "·" | "»" | "" => 1,
            "(" if word(2) == ")" && word(1).len() <= 3 => 3,
            _ => 0,
        },
        Kind::Number => {
            let short = word(0).len() <= 2 && word(0).bytes().all(|b| b.is_ascii_digit());
            if short && matches!(word(1), "." | ")") && spaced(2) {
                2
            } else if short
                && token(1).is_some_and(|t| t.is_capital() && t.looks.has(Looks::SPACE))
                && !is_month_word(word(1))
            {
                1
            } else {
                0
            }
        }
        Kind::Word if word(0).len() <= 3 && matches!(word(1), "." | ")") && spaced(2) => {
            let roman = word(0).bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
            let letter = word(0).len() == 1 && word(0).bytes().all(|b| b.is_ascii_lowercase());
            if roman || letter { 2 } else { 0 }
        }
        _ => 0,
    }
}

fn is_month_word(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    word.get(..3).is_some_and(|w| MONTHS.contains(&w.to_ascii_lowercase().as_str()))
}

fn is_shouted(text: &str, tokens: &[Token], line: &Range<usize>) -> bool {
    let (mut upper, mut words) = (0, 0);
    for token in &tokens[line.clone()] {
        if token.kind == Kind::Word {
            let word = token.of(text);
            if word.chars().any(char::is_lowercase) {
                return false;
            }
            words += 1;
            upper += usize::from(word.len() > 3);
        }
    }
    words >= 2 && upper >= 1
}

/// A row of a table or of a list, or with a title and commas: `Ms A, Director, B Pte Ltd`.
fn is_row(text: &str, tokens: &[Token], classes: &[Classes], line: &Line) -> bool {
    let first = line.tokens.start + line.marker;
    let titled = classes.get(first).is_some_and(|c| c.any(Classes::HONORIFIC));
    // a bullet, not the number of a heading
    let bullet = line.marker == 1 && tokens[line.tokens.start].kind == Kind::Mark;
    let is_cell = |&t: &usize| tokens[t].kind == Kind::Mark && tokens[t].of(text) == "|";
    bullet
        || line.tokens.clone().filter(is_cell).count() >= 2
        || titled && (line.marker > 0 || line.tokens.clone().any(|t| tokens[t].of(text) == ","))
}

/// A line in title case that does not end as a sentence does.
fn is_title(text: &str, tokens: &[Token], classes: &[Classes], line: &Range<usize>) -> bool {
    let last = tokens[line.end - 1];
    if line.len() > 45 || matches!(last.of(text), "." | "!" | "?" | ";" | "," | "”" | "\"") {
        return false;
    }
    let (mut capital, mut lower) = (0, 0);
    for at in line.clone() {
        if tokens[at].kind == Kind::Word
            && !classes[at].any(Classes::FUNCTION | Classes::CONNECTOR | Classes::PREPOSITION)
        {
            if tokens[at].is_capital() {
                capital += 1;
            } else {
                lower += 1;
            }
        }
    }
    capital >= 2 && lower * 4 <= capital
}
