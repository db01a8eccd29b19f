//! The names that are known beforehand: states, agencies, officials …, and the automaton that finds them.

mod build;
pub(crate) mod matcher;
mod offices;
pub(crate) mod schema;
mod table;

pub(crate) use build::GazetteerBuilder;
pub use schema::Table;

use crate::schema::EntityType;
use matcher::Matcher;

/// Number of an entry.
pub(crate) type EntryId = u32;

/// One thing of the tables.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// Type and id: `agency:my-nacsa`. The stable name of the thing in results.
    pub key: String,
    /// What it is.
    pub entity_type: EntityType,
    /// Its usual name.
    pub name: String,
    /// Ids of the states it belongs to.
    pub states: Vec<String>,
    /// The kind column of its table.
    pub kind: String,
    /// Wikidata id, where known.
    pub wikidata: Option<String>,
}

/// How an alias names its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Via {
    Name,
    Alias,
    Acronym,
    Former,
    Demonym,
}

/// What a pattern of the automaton stands for.
#[derive(Clone, Debug)]
pub(crate) enum Sense {
    /// An entry of the tables.
    Entry(EntryId, Via),
    /// A title before a name.
    Honorific,
    /// A post.
    Role,
}

/// One spell of office.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Tenure {
    /// Key of the person.
    pub person: String,
    /// The office, as its state words it.
    pub office: String,
    /// Id of the state, or empty.
    pub state: String,
    /// Key of agency or body, or empty.
    pub agency: String,
    /// First day, as far as known.
    pub from: String,
    /// Last day; empty: not known to have ended.
    pub to: String,
    /// A day on which a source saw the person in office.
    pub seen: String,
}

/// The tables of one extractor, ready to match.
#[derive(Clone, Debug)]
pub(crate) struct Gazetteer {
    pub(crate) entries: Vec<Entry>,
    pub(crate) tenures: Vec<Tenure>,
    /// The last day of which the tenures know anything; empty where there are none.
    pub(crate) last_day: String,
    /// Lines of persons by key.
    persons: rustc_hash::FxHashMap<String, EntryId>,
    /// What each pattern may mean.
    pub(crate) senses: Vec<Vec<Sense>>,
    pub(crate) matcher: Matcher,
}

impl Gazetteer {
    pub(crate) fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id as usize]
    }
}
