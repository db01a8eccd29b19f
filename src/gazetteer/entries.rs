//! The lines of the tables, packed.

use crate::schema::EntityType;
use crate::text::strings::{Interner, Strings};
use serde::{Deserialize, Serialize};

/// Number of an entry.
pub(crate) type EntryId = u32;

/// All things of the tables.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Entries {
    types: Vec<EntityType>,
    keys: Strings,
    /// [`CELLS`] of each.
    cells: Strings,
}

/// Name, states, kind, Wikidata id.
const CELLS: usize = 4;

impl Entries {
    /// Adds an entry, whose key is added with those of all others.
    pub(super) fn push(&mut self, entity_type: EntityType, cells: [&str; CELLS]) {
        self.types.push(entity_type);
        for cell in cells {
            self.cells.push(cell);
        }
    }

    pub(super) fn set_keys(&mut self, keys: Interner) {
        self.keys = keys.into();
    }

    pub(super) fn get(&self, id: EntryId) -> Entry<'_> {
        Entry { entries: self, id: id as usize }
    }
}

/// One thing of the tables.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'g> {
    entries: &'g Entries,
    id: usize,
}

impl<'g> Entry<'g> {
    /// What it is.
    pub(crate) fn entity_type(self) -> EntityType {
        self.entries.types[self.id]
    }

    /// Type and id: `agency:my-nacsa`. The stable name of the thing in results.
    pub(crate) fn key(self) -> &'g str {
        self.entries.keys.get(self.id)
    }

    /// Its usual name.
    pub(crate) fn name(self) -> &'g str {
        self.cell(0)
    }

    /// Ids of the states it belongs to.
    pub(crate) fn states(self) -> impl Iterator<Item = &'g str> {
        self.cell(1).split('|').filter(|id| !id.is_empty())
    }

    /// The kind column of its table.
    pub(crate) fn kind(self) -> &'g str {
        self.cell(2)
    }

    /// Wikidata id, where known.
    pub(crate) fn wikidata(self) -> Option<&'g str> {
        Some(self.cell(3)).filter(|id| !id.is_empty())
    }

    fn cell(self, cell: usize) -> &'g str {
        self.entries.cells.get(self.id * CELLS + cell)
    }
}
