//! What an annotator says of one text: the measure of what is found there.

use crate::text::Place;
use dateline::{EntityType, Status};
use std::fmt;

/// The annotation of one text.
#[derive(Debug, Default)]
pub(crate) struct Annotation {
    pub(crate) entities: Vec<Entity>,
    /// In the order of the text; none overlaps another.
    pub(crate) mentions: Vec<Mention>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) quotes: Vec<Quote>,
}

#[derive(Debug)]
pub(crate) struct Entity {
    pub(crate) kind: EntityType,
    /// Whether the text gives it a name, or only a common noun.
    pub(crate) named: bool,
    /// Right if found, no error if not.
    pub(crate) optional: bool,
    /// The first of its surfaces.
    pub(crate) name: String,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub(crate) place: Place,
    /// Index of the entity.
    pub(crate) entity: usize,
}

/// A relation. Each side lists the entities any of which is right there.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) name: String,
    pub(crate) source: Vec<usize>,
    pub(crate) target: Vec<usize>,
    pub(crate) status: Status,
    /// Right if found, no error if not.
    pub(crate) optional: bool,
    /// `None` where the annotator did not look for any.
    pub(crate) qualifiers: Option<Vec<Qualifier>>,
}

/// What is said of a relation besides, with the entities any of which is right.
#[derive(Debug)]
pub(crate) struct Qualifier {
    pub(crate) name: String,
    pub(crate) entity: Vec<usize>,
}

/// A quote, by its first words at least, with the entities any of which is right as its speaker.
#[derive(Debug)]
pub(crate) struct Quote {
    pub(crate) place: Place,
    pub(crate) speaker: Vec<usize>,
}

/// Relations that are the same in either direction.
const SYMMETRIC: [&str; 3] = ["in_collaboration_with", "in_conjunction_with", "met_with"];

impl Relation {
    /// Whether it is what `name` says of two entities.
    pub(crate) fn says(&self, name: &str, source: usize, target: usize) -> bool {
        let forth = self.source.contains(&source) && self.target.contains(&target);
        let back = self.source.contains(&target) && self.target.contains(&source);
        self.name == name && (forth || back && SYMMETRIC.contains(&name))
    }
}

impl Annotation {
    /// The places of any of these entities.
    pub(crate) fn places<'a>(&'a self, entities: &'a [usize]) -> impl Iterator<Item = Place> + 'a {
        self.mentions.iter().filter(|mention| entities.contains(&mention.entity)).map(|mention| mention.place)
    }
}

/// Something wrong in a file of annotations.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Line and column of the file, from 1, where they are known.
    pub(crate) at: Option<(usize, usize)>,
    /// What, and what was expected.
    pub(crate) message: String,
}

impl Fault {
    /// A fault at the first place of the file that has these words.
    pub(crate) fn near(file: &str, words: &str, message: String) -> Fault {
        let at = file.find(words).map(|byte| {
            let before = &file[..byte];
            let line_start = before.rfind('\n').map_or(0, |end| end + 1);
            (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
        });
        Fault { at, message }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some((line, column)) => write!(f, "{line}:{column}: {}", self.message),
            None => write!(f, " {}", self.message),
        }
    }
}

/// Of candidates for mentions, those that no longer one covers, of equally long ones the first; in the order of the text.
pub(crate) fn longest(mut candidates: Vec<Mention>) -> Vec<Mention> {
    candidates.sort_by_key(|mention| (std::cmp::Reverse(mention.place.len()), mention.place.start));
    let mut out: Vec<Mention> = Vec::new();
    for candidate in candidates {
        if out.iter().all(|taken| !taken.place.touches(candidate.place)) {
            out.push(candidate);
        }
    }
    out.sort_by_key(|mention| mention.place);
    out
}
