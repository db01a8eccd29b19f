//! Lines → sentences.

use super::document::Sentence;
use super::layout::Line;
use super::lexicon::Classes;
use super::token::{Kind, Looks, Token};
use crate::work;
use once_cell::sync::Lazy;
use rustc_hash::FxHashSet;
use std::ops::Range;

static ABBREVIATIONS: Lazy<FxHashSet<&'static str>> =
    Lazy::new(|| include_str!("../../gazetteers/words/abbreviations.txt").lines().collect());

/// Longest sentence in tokens: what is looked for within a sentence then costs no more than this for each of its words.
const LONGEST: usize = 400;

/// Past so many marks the next sentence is looked for: of more of them, `!!!`, the last tell that it ends.
const MOST_CLOSING: usize = 8;

/// Cuts lines into sentences; `lower` is the text in lower case. The dateline is a sentence of its own.
pub(crate) fn split(
    text: &str,
    lower: &str,
    tokens: &[Token],
    classes: &[Classes],
    lines: &[Line],
    dateline: Option<&Range<usize>>,
) -> Vec<Sentence> {
    let mut out = Vec::with_capacity(tokens.len() / 20 + 1);
    for line in lines {
        let mut start = line.tokens.start + line.marker;
        let mut push = |start: usize, end: usize| {
            if start < end {
                let listed = line.marker > 0 && start == line.tokens.start + line.marker;
                out.push(Sentence { start, end, zone: line.zone, listed, paragraph: line.paragraph });
            }
        };
        let mut at = start;
        if let Some(dateline) = dateline
            && dateline.start <= start + 1
            && start < dateline.end
            && dateline.end < line.tokens.end
        {
            // past the mark (or marks: `--`) that ends it
            at = dateline.end + 1;
            while at < line.tokens.end
                && tokens[at].kind == Kind::Mark
                && matches!(tokens[at].of(text), "-" | "–" | "—")
            {
                at += 1;
            }
            push(start, at);
            start = at;
        }
        while at < line.tokens.end {
            if ends_sentence(text, lower, tokens, classes, at, line.tokens.end) {
                let mut end = at + 1;
                // closing marks belong to the sentence
                while end < line.tokens.end && closes(text, tokens[end]) {
                    end += 1;
                }
                push(start, end);
                start = end;
                at = end;
            } else {
                at += 1;
                if at - start == LONGEST {
                    let end = cut(text, tokens, start..at);
                    push(start, end);
                    start = end;
                }
            }
        }
        push(start, line.tokens.end);
    }
    out
}

/// Where a sentence that does not end is cut: behind the last semicolon or comma of its second half, else at its end.
fn cut(text: &str, tokens: &[Token], sentence: Range<usize>) -> usize {
    let half = sentence.start + sentence.len() / 2;
    let behind = |mark: &str| (half..sentence.end).rev().find(|&at| tokens[at].of(text) == mark);
    behind(";").or_else(|| behind(",")).map_or(sentence.end, |mark| mark + 1)
}

/// Whether a mark belongs to the sentence that ends before it.
fn closes(text: &str, token: Token) -> bool {
    token.kind == Kind::Mark
        && !token.looks.has(Looks::SPACE)
        && matches!(token.of(text), "”" | "’" | "\"" | "'" | ")" | "]" | "." | "!" | "?")
}

fn ends_sentence(text: &str, lower: &str, tokens: &[Token], classes: &[Classes], at: usize, end: usize) -> bool {
    let token = tokens[at];
    // most words end none
    if token.kind != Kind::Mark && text.as_bytes()[token.end as usize - 1] != b'.' {
        return false;
    }
    let word = token.of(text);
    // the cells of a table
    if token.kind == Kind::Mark && word == "|" {
        return at + 1 < end;
    }
    let dotted = token.kind == Kind::Word && word.ends_with('.');
    let mark = token.kind == Kind::Mark && matches!(word, "." | "!" | "?" | "…");
    if !dotted && !mark {
        return false;
    }
    // what comes next, past closing marks
    let mut next = at + 1;
    let most = end.min(next + MOST_CLOSING);
    while next < most && closes(text, tokens[next]) {
        work::step();
        next += 1;
    }
    if next >= end {
        return false; // the line ends here anyway
    }
    let following = tokens[next];
    if !following.looks.has(Looks::SPACE) {
        return false;
    }
    let opens = match following.kind {
        Kind::Word => following.is_capital(),
        Kind::Number => true,
        Kind::Mark => matches!(following.of(text), "“" | "\"" | "‘" | "'" | "(" | "[" | "•" | "●" | "*"),
        _ => false,
    };
    if !opens {
        return false;
    }
    if dotted {
        // `U.S.` before a capital: the end only where a sentence would begin with that word
        return next > at + 1
            || (following.kind == Kind::Word
                && classes[next]
                    .any(Classes::DETERMINER | Classes::PRONOUN | Classes::PREPOSITION | Classes::SUBORDINATOR)
                && !classes[next].any(Classes::POSSESSIVE)
                && !matches!(word, "H.E." | "St."));
    }
    if word == "." && at > 0 && next == at + 1 && !token.looks.has(Looks::SPACE) {
        let before = tokens[at - 1];
        if before.kind == Kind::Word {
            let letters = before.of(text);
            if letters.chars().count() == 1 && before.is_capital() && letters != "I" {
                return false;
            }
            let letters = before.of(lower);
            if letters.len() <= 6 && ABBREVIATIONS.contains(letters) {
                let numbered = matches!(letters, "no" | "nos");
                let final_place = matches!(letters, "etc" | "inc" | "ltd" | "jr" | "sr" | "co" | "corp");
                let starter = classes[next].any(Classes::DETERMINER | Classes::PRONOUN | Classes::PREPOSITION)
                    && tokens[next].is_word();
                if numbered {
                    return following.kind != Kind::Number && starter;
                }
                return final_place && starter;
            }
        }
    }
    true
}
