//! Names that the text itself shortens: `Assistance Association of Political Prisoners (AAPP)`.
//!
//! Where a short form stands in parentheses, its letters tell how far back the long form reaches (the method of Schwartz and
//! Hearst, 2003: each letter is found from right to left, the first one at the beginning of a word).

use super::names::classify;
use super::scene::Scene;
use super::{Found, Mention};
use crate::schema::EntityType;
use crate::text::fold::fold;
use crate::text::layout::Zone;
use crate::text::lexicon::Classes;
use std::ops::Range;

/// Long forms before a short form in parentheses.
pub(crate) fn find(scene: &Scene<'_, '_>) -> Vec<Mention> {
    let mut out = Vec::new();
    for sentence in &scene.doc.sentences {
        if sentence.zone == Zone::Furniture {
            continue;
        }
        let end = sentence.end.saturating_sub(2).max(sentence.start);
        for at in scene.doc.of_class(sentence.start..end, Classes::MARK) {
            if let Some(short) = short_form(scene, at)
                && let Some(long) = long_form(scene, sentence.start..at, &short)
            {
                out.push(long);
            }
        }
    }
    out
}

/// The word in `(NACSA)`, `(“NACSA”)`, `(the “Treaty”)` at `at`, and nothing else in the parentheses.
pub(crate) fn bracketed(scene_doc: &crate::text::document::Document<'_>, at: usize) -> Option<Range<usize>> {
    if !scene_doc.is_mark(at) || !scene_doc.is(at, "(") {
        return None;
    }
    let mut start = at + 1;
    while start < at + 5
        && start < scene_doc.tokens.len()
        && matches!(
            scene_doc.word(start),
            "“" | "\""
                | "‘"
                | "'"
                | "the"
                | "The"
                | "or"
                | "hereinafter"
                | "hereafter"
                | "referred"
                | "to"
                | "as"
                | ","
                | "also"
                | "known"
        )
    {
        start += 1;
    }
    let mut end = start;
    while end < scene_doc.tokens.len()
        && end < start + 6
        && !matches!(scene_doc.word(end), ")" | "”" | "\"" | "’" | "'" | ";" | ",")
    {
        end += 1;
    }
    let mut close = end;
    while close < scene_doc.tokens.len() && matches!(scene_doc.word(close), "”" | "\"" | "’" | "'") {
        close += 1;
    }
    (end > start && scene_doc.is(close, ")")).then_some(start..end)
}

fn short_form(scene: &Scene<'_, '_>, at: usize) -> Option<Vec<char>> {
    let inside = bracketed(scene.doc, at)?;
    let first = scene.doc.tokens[inside.start];
    if !first.is_word() || !(scene.is_short_form(inside.start) || scene.doc.is_shouted(inside.start)) {
        return None;
    }
    let span = scene.doc.span(inside);
    let letters: Vec<char> =
        span.of(scene.doc.text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (2..=10).contains(&letters.len()).then_some(letters)
}

fn long_form(scene: &Scene<'_, '_>, before: Range<usize>, short: &[char]) -> Option<Mention> {
    let doc = scene.doc;
    let bracket = before.end;
    // the tables know both forms as one thing
    let known = before.end.checked_sub(1).and_then(|last| scene.known(last)).filter(|k| k.tokens.end == before.end);
    if let (Some(long), Some(short)) = (known, scene.known(bracket + 1))
        && long.entries.iter().any(|e| short.entries.contains(e))
    {
        return None;
    }
    let mut before = before;
    // `the Ministry of Law's (MinLaw)`
    if before.end > before.start && doc.is_clitic(before.end - 1) {
        before.end -= 1;
    }
    let most = (short.len() + 5).min(short.len() * 2) * 2;
    let earliest = before.start.max(before.end.saturating_sub(most + 4));
    let mut left = short.len();
    let mut start = None;
    for at in (earliest..before.end).rev() {
        if doc.tokens[at].is_word() {
            let word: Vec<char> = doc.folded(at).chars().collect();
            // letters of this word, from its end; the last one wanted must begin the word
            let initial = word.first().copied();
            let function = scene.class(at).any(Classes::FUNCTION) && !doc.is_capital(at);
            if initial == Some(short[left - 1]) {
                left -= 1;
            } else if !function && left >= 2 && initial == Some(short[left - 2]) && word[1..].contains(&short[left - 1])
            {
                left -= 2;
            } else if !function && doc.is_capital(at) {
                // several letters of one word: `MinLaw`, `DepEd`
                let taken = (2..=left).rev().find(|&n| holds(&word, &short[left - n..left]));
                match taken {
                    Some(n) => left -= n,
                    None if doc.is_joined(at) || scene.known(at).is_some() => {}
                    None => return None,
                }
            }
            if left == 0 {
                start = Some(at);
                break;
            }
        } else if matches!(doc.word(at), "(" | ")" | ";" | ":" | "." | "“" | "”" | "\"") {
            return None;
        }
    }
    let start = start?;
    // a person's name behind his post lends no letters: `Secretary Delfin Cruz, Public Works (DPW)`
    let person = start > before.start
        && scene.class(start - 1).any(Classes::ROLE_HEAD)
        && scene.class(start).any(Classes::NAME_WORD)
        && (start..before.end).any(|i| doc.is(i, ","));
    if !doc.is_capital(start) || person || scene.class(start).any(Classes::DETERMINER | Classes::PRONOUN) {
        return None;
    }
    let tokens = start..before.end;
    let capitals = tokens.clone().filter(|&i| doc.is_capital(i)).count();
    if tokens.len() < 2 || capitals < 2 {
        return None;
    }
    let head_at = scene.head_of(tokens.clone());
    if scene.known(start).is_some_and(|k| k.tokens == tokens && k.kind.is_some())
        || tokens.clone().any(|i| scene.is_role(i))
    {
        return None; // the tables know it better, or it is a post
    }
    // what the tables know by the short form, if the long form may be such a thing
    let head = head_at.and_then(|at| scene.head(at));
    let short = scene.known(bracket + 1).filter(|k| {
        k.kind.is_some_and(|kind| {
            let fits = head.is_none_or(|h| h.types.contains(&kind)) || is_like(scene, &tokens, k);
            fits && !matches!(kind, EntityType::State | EntityType::Place)
        })
    });
    let strange = tokens.clone().any(|i| doc.is_capital(i) && !scene.class(i).any(Classes::COMMON | Classes::FUNCTION));
    let kind = match (short.and_then(|k| k.kind), head) {
        (Some(kind), _) => kind,
        (None, Some(head)) => classify(scene, head, &tokens),
        (None, None) if strange => EntityType::Organisation,
        (None, None) => return None,
    };
    let mut mention = Mention::new(tokens, kind, Found::Pattern);
    mention.head = head_at;
    if let Some(short) = short {
        mention.entries = short.entries.clone();
    }
    Some(mention)
}

/// Whether most words of the long form stand in the name that the tables have for the short one.
fn is_like(scene: &Scene<'_, '_>, tokens: &Range<usize>, known: &super::scene::Known) -> bool {
    let Some(&entry) = known.entries.first() else { return false };
    let name = fold(scene.gazetteer.entry(entry).name());
    let words: Vec<usize> = tokens.clone().filter(|&i| scene.doc.is_capital(i)).collect();
    let shared = words.iter().filter(|&&i| name.split(' ').any(|w| w == scene.doc.folded(i))).count();
    shared * 4 >= words.len() * 3
}

/// Whether a word begins with the first of the letters and has the others in their order: `Southeast` for `sea`.
fn holds(word: &[char], letters: &[char]) -> bool {
    let mut rest = word.iter();
    word.first() == letters.first() && letters.iter().all(|letter| rest.any(|c| c == letter))
}
