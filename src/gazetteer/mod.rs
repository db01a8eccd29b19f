//! The names that are known beforehand: states, agencies, officials …, and the tree that finds them.

mod build;
mod entries;
pub(crate) mod matcher;
mod offices;
pub(crate) mod schema;
mod table;
mod trie;

pub(crate) use build::GazetteerBuilder;
pub(crate) use entries::{Entry, EntryId};
pub use offices::Tenure;
pub use schema::Table;

use crate::text::packed::Packed;
use crate::work::steps;
use entries::Entries;
use matcher::{Hit, View};
use offices::Offices;
use serde::{Deserialize, Serialize};
use trie::Trie;

/// How an alias names its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Via {
    Name,
    Alias,
    Acronym,
    Former,
    Demonym,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sense {
    /// An entry of the tables.
    Entry(EntryId, Via),
    /// A title before a name.
    Honorific,
    /// A post.
    Role,
}

impl Sense {
    /// Whether two names mean the same thing: an alias may differ from the name in nothing that the matcher sees.
    fn is_same(self, other: Sense) -> bool {
        match (self, other) {
            (Sense::Entry(a, _), Sense::Entry(b, _)) => a == b,
            (Sense::Honorific, Sense::Honorific) | (Sense::Role, Sense::Role) => true,
            _ => false,
        }
    }
}

impl Packed<2> for Sense {
    fn numbers(&self) -> [u32; 2] {
        match *self {
            Sense::Entry(entry, via) => [entry, via as u32],
            Sense::Honorific => [0, HONORIFIC],
            Sense::Role => [0, ROLE],
        }
    }

    fn of([entry, kind]: [u32; 2]) -> Sense {
        match kind {
            HONORIFIC => Sense::Honorific,
            ROLE => Sense::Role,
            via => Sense::Entry(entry, VIAS[via as usize % VIAS.len()]),
        }
    }
}

/// In the order of their declaration; what stands behind them in numbers is no entry.
const VIAS: [Via; 5] = [Via::Name, Via::Alias, Via::Acronym, Via::Former, Via::Demonym];
const HONORIFIC: u32 = VIAS.len() as u32;
const ROLE: u32 = HONORIFIC + 1;

/// The tables of one extractor, ready to match.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Gazetteer {
    entries: Entries,
    pub(crate) offices: Offices,
    names: Trie,
}

impl Gazetteer {
    pub(crate) fn entry(&self, id: EntryId) -> Entry<'_> {
        self.entries.get(id)
    }

    /// The leftmost longest names of a text, not overlapping.
    pub(crate) fn find<'g>(&'g self, view: &'g View) -> impl Iterator<Item = Hit> + 'g {
        matcher::find(&self.names, view)
    }

    /// What a name that was found may mean.
    pub(crate) fn senses(&self, hit: &Hit) -> &[Sense] {
        let senses = self.names.senses(hit.node);
        steps(senses.len());
        senses
    }

    /// How large it is, in words of all names that do not begin alike.
    pub(crate) fn size(&self) -> usize {
        self.names.len()
    }
}
