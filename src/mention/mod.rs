//! Document → mentions: the places of the text that name something.
//!
//! Every finder proposes candidates; [`select`] keeps the longest of those that overlap.

mod companies;
mod dates;
mod names;
mod persons;
mod quoted;
mod roles;
mod scene;
mod shortened;

pub(crate) use dates::DateValue;
pub(crate) use scene::{Scene, is_numeric_ordinal};
pub(crate) use shortened::bracketed;

use crate::few::Few;
use crate::gazetteer::{EntryId, Gazetteer, Via};
use crate::schema::EntityType;
use crate::text::document::Document;
use crate::text::lexicon::Lexicon;
use crate::work;
use serde::Serialize;
use std::cmp::Reverse;
use std::ops::Range;

/// How a mention was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Found {
    /// By a line of the gazetteers.
    Gazetteer,
    /// By its shape and company.
    Pattern,
    /// As a shorter form of a name of the same text.
    Alias,
    /// As a common noun or pronoun that stands for something.
    Reference,
}

/// A stretch of tokens that names something.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: EntityType,
    pub(crate) found: Found,
    /// Lines of the gazetteers that it may stand for.
    pub(crate) entries: Few<EntryId>,
    pub(crate) via: Option<Via>,
    /// The token that says what kind of thing it is, where there is one.
    pub(crate) head: Option<usize>,
    /// Titles before a person's name.
    pub(crate) honorifics: Range<usize>,
    pub(crate) date: Option<DateValue>,
}

impl Mention {
    pub(crate) fn new(tokens: Range<usize>, kind: EntityType, found: Found) -> Mention {
        let at = tokens.start;
        Mention { tokens, kind, found, entries: Few::new(), via: None, head: None, honorifics: at..at, date: None }
    }

    pub(crate) fn with_head(mut self, head: usize) -> Mention {
        self.head = Some(head);
        self
    }

    pub(crate) fn is_demonym(&self) -> bool {
        self.via == Some(Via::Demonym)
    }
}

/// All mentions of a document that are names, in the order of the text, not overlapping.
pub(crate) fn find(doc: &Document<'_>, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Vec<Mention> {
    let scene = Scene::new(doc, gazetteer, lexicon);
    // Of candidates of equal length the first wins: what the text says a title is (`the report “…”`), then the tables, then
    // the patterns.
    let mut found = quoted::find(&scene);
    found.extend(scene.entries());
    found.extend(dates::find(&scene));
    found.extend(shortened::find(&scene));
    found.extend(names::find(&scene));
    let roles = roles::find(&scene, &found);
    let persons = persons::find(&scene, &roles, &found);
    let roles = roles::keep(&scene, roles, &persons);
    found.extend(persons);
    found.extend(companies::find(&scene, &roles, &found));
    found.extend(roles);
    work::steps(16 * found.len());
    select(found)
}

/// Keeps the longest of overlapping candidates; of equally long ones, the first. They come out in the order of the text.
fn select(found: Vec<Mention>) -> Vec<Mention> {
    // mentions are large: their places are sorted
    let place = |(n, mention): (usize, &Mention)| (Reverse(mention.tokens.len()), mention.tokens.start, n);
    let mut order: Vec<_> = found.iter().enumerate().map(place).collect();
    order.sort_unstable();
    let last = found.iter().map(|m| m.tokens.end).max().unwrap_or(0);
    // for each token, 1 + the candidate that is kept and begins there
    let mut kept = vec![0u32; last + 1];
    let mut taken = vec![false; last];
    for (Reverse(length), start, n) in order {
        let taken = &mut taken[start..start + length];
        if !taken.contains(&true) {
            taken.fill(true);
            kept[start] = n as u32 + 1;
        }
    }
    let mut found: Vec<Option<Mention>> = found.into_iter().map(Some).collect();
    kept.into_iter().filter_map(|n| found[n.checked_sub(1)? as usize].take()).collect()
}
