//! Names in quotation marks: themes, and titles of documents and programmes.

use super::names::classify;
use super::scene::Scene;
use super::{Found, Mention};
use crate::schema::EntityType;
use crate::text::document::Document;
use crate::text::layout::Zone;
use crate::text::lexicon::Classes;
use crate::text::quotations::is_apostrophe;
use std::ops::Range;

/// Themes and quoted titles.
pub(crate) fn find(scene: &Scene<'_, '_>) -> Vec<Mention> {
    let doc = scene.doc;
    let mut out: Vec<Mention> = Vec::new();
    for inside in doc.quotations.iter().cloned().chain(unclosed(doc)) {
        if scene.zone(inside.start) == Zone::Furniture {
            continue;
        }
        let mut tokens = inside.clone();
        // the abbreviation behind a title is no part of it
        if let Some(open) = tokens.clone().rev().take(4).find(|&i| doc.is(i, "(") && i > inside.start) {
            tokens.end = open;
        }
        while tokens.len() > 1 && matches!(doc.word(tokens.end - 1), "." | "," | ";") {
            tokens.end -= 1;
        }
        if is_theme(scene, inside.start - 1) {
            out.push(Mention::new(tokens, EntityType::Theme, Found::Pattern));
        } else {
            // in a list of titles each is what the first one is
            let listed = out.last().filter(|last| {
                let gap = last.tokens.end..tokens.start;
                last.tokens.end <= tokens.start
                    && gap.len() <= 5
                    && gap.clone().all(|i| doc.is_mark(i) || doc.is(i, "and"))
            });
            let listed = listed.map(|last| last.kind);
            if let Some(title) = quoted_title(scene, tokens, listed) {
                out.push(title);
            }
        }
    }
    out.extend(plain_themes(scene));
    out
}

/// What stands behind an opening mark that nobody closed, to the end of its sentence: good for a title only.
fn unclosed(doc: &Document<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for sentence in doc.sentences.iter().filter(|s| s.zone == Zone::Body) {
        let marks = doc.of_class(sentence.start..sentence.end, Classes::MARK).rev();
        let Some(at) = { marks }.find(|&i| matches!(doc.word(i), "‘" | "“")) else { continue };
        let closed = (at + 1..sentence.end).any(|i| matches!(doc.word(i), "’" | "”") && !is_apostrophe(doc, i));
        if !closed && at + 2 < sentence.end {
            out.push(at + 1..sentence.end);
        }
    }
    out
}

/// A theme told without marks: `The theme of the meeting was moving forward together.`
fn plain_themes(scene: &Scene<'_, '_>) -> Vec<Mention> {
    let doc = scene.doc;
    let mut out = Vec::new();
    for sentence in doc.sentences.iter().filter(|s| s.zone == Zone::Body) {
        let theme = (sentence.start..sentence.end).take(8).find(|&i| doc.is(i, "theme"));
        let be =
            theme.and_then(|theme| (theme + 1..sentence.end.min(theme + 14)).find(|&i| doc.class(i).any(Classes::BE)));
        let (Some(theme), Some(be)) = (theme, be) else { continue };
        let mut end = sentence.end;
        while end > be + 1 && doc.is_mark(end - 1) {
            end -= 1;
        }
        let quoted = (be + 1..sentence.end).any(|i| matches!(doc.word(i), "“" | "\"" | "‘" | "”"));
        let plain = (theme + 1..be).all(|i| !doc.class(i).any(Classes::VERB) || doc.is_capital(i));
        if !quoted && plain && end >= be + 4 && end - be < 40 && matches!(doc.lower(be), "is" | "was") {
            out.push(Mention::new(be + 1..end, EntityType::Theme, Found::Pattern));
        }
    }
    out
}

/// `theme`, `themed`, `motto`, `slogan` shortly before the opening mark.
fn is_theme(scene: &Scene<'_, '_>, mark: usize) -> bool {
    let doc = scene.doc;
    let Some(sentence) = doc.sentence_of(mark) else { return false };
    let start = doc.sentences[sentence].start.max(mark.saturating_sub(14));
    let mut near = None;
    for at in (start..mark).rev() {
        match doc.lower(at) {
            "theme" | "themed" | "motto" | "slogan" | "topic" => {
                near = Some(at);
                break;
            }
            "”" | "\"" | ";" => break,
            _ => {}
        }
    }
    let Some(theme) = near else { return false };
    // `the theme of this year's Forum is “…”`; a verb other than `be` in between makes it a quote of something else
    let verbs = (theme + 1..mark)
        .filter(|&i| doc.class(i).any(Classes::VERB) && !doc.class(i).any(Classes::BE) && !doc.is_capital(i))
        .count();
    mark - theme <= 3 || (verbs == 0 && (theme + 1..mark).any(|i| doc.class(i).any(Classes::BE)))
}

/// A quoted title in capitals, introduced by the kind of thing it is (`report “…”`) or with its own head.
fn quoted_title(scene: &Scene<'_, '_>, tokens: Range<usize>, listed: Option<EntityType>) -> Option<Mention> {
    let doc = scene.doc;
    if tokens.len() < 2 || tokens.len() > 40 || !doc.is_capital(tokens.start) && !scene.is_year(tokens.start) {
        return None;
    }
    let words = tokens.clone().filter(|&i| doc.tokens[i].is_word());
    let lower = words
        .clone()
        .filter(|&i| {
            !doc.is_capital(i) && !doc.class(i).any(Classes::FUNCTION | Classes::CONNECTOR | Classes::PREPOSITION)
        })
        .count();
    let capital = words.filter(|&i| doc.is_capital(i)).count();
    if lower > 0 || capital < 2 || tokens.clone().any(|i| matches!(doc.word(i), "." | "!" | "?")) {
        return None;
    }
    // `the report ‘…’`, `a panel entitled “…”`, `projects include: “…”, “…”`
    let mark = tokens.start - 1;
    let sentence = doc.sentence_of(mark)?;
    let start = doc.sentences[sentence].start;
    let mut cue = listed;
    for at in (start.max(mark.saturating_sub(6))..mark).rev().take_while(|_| listed.is_none()) {
        if matches!(
            doc.word(at),
            "entitled"
                | "titled"
                | "called"
                | "named"
                | "the"
                | "on"
                | "of"
                | "its"
                | "a"
                | "new"
                | ":"
                | "include"
                | ","
                | "these"
        ) {
            continue;
        }
        cue = scene.head(at).and_then(|h| h.nominal);
        break;
    }
    let kind = match cue {
        Some(kind @ (EntityType::Instrument | EntityType::Programme | EntityType::Event)) => kind,
        _ => {
            let head_at = tokens.clone().find(|&i| scene.head(i).is_some())?;
            let kind = classify(scene, scene.head(head_at)?, &tokens);
            if !matches!(kind, EntityType::Instrument | EntityType::Programme | EntityType::Event) {
                return None;
            }
            kind
        }
    };
    Some(Mention::new(tokens, kind, Found::Pattern))
}
