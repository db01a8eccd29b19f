//! The result: what was found in one text.

use crate::gazetteer::Entry;
use crate::mention::Found;
use crate::schema::{EntityType, Status};
use crate::span::Span;

/// Number of an entity within one [`Extraction`].
pub type EntityId = usize;

/// Everything found in one text. All spans are in bytes of that text.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Extraction {
    /// Entities, in the order in which they are first named.
    pub entities: Vec<Entity>,
    /// Relations, in the order of their triggers.
    pub relations: Vec<Relation>,
    /// Direct quotes.
    pub quotes: Vec<Quote>,
    /// Where and when the statement was given, as its first line says.
    pub dateline: Option<Dateline>,
    /// What is wrong with the text itself: a day that the calendar does not have.
    pub findings: Vec<Finding>,
    /// What a reader of the result should know: the document is later than the tables.
    pub warnings: Vec<String>,
}

/// One thing of the text with all its mentions.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entity {
    /// Its number.
    pub id: EntityId,
    /// What it is.
    pub entity_type: EntityType,
    /// Whether the text gives it a name, or only a common noun (`workshop`).
    pub named: bool,
    /// The fullest name that the text gives it.
    pub name: String,
    /// Type and id of its line in the gazetteers, where it has one.
    pub key: Option<String>,
    /// Other lines of the gazetteers that it could be, the likeliest first.
    pub candidates: Vec<String>,
    /// Wikidata id, where known.
    pub wikidata: Option<String>,
    /// For a date, its value in extended date-time format (EDTF).
    pub value: Option<String>,
    /// All places where it is named or referred to, in the order of the text.
    pub mentions: Vec<Mention>,
}

/// A place of the text that names an entity or refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// How it was found.
    pub found: Found,
    /// Titles before a person's name (`Datuk Seri Dr`).
    pub honorifics: Option<Span>,
}

/// A fact that the text states.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Relation {
    /// Its name (`led_by`).
    pub name: String,
    /// Of what it is stated.
    pub source: EntityId,
    /// With what, or whom.
    pub target: EntityId,
    /// Asserted, planned, negated, former.
    pub status: Status,
    /// Id of the rule that found it.
    pub rule: String,
    /// The words that say it.
    pub trigger: Span,
    /// The sentence that they stand in.
    pub sentence: Span,
}

/// A direct quote.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quote {
    /// The words between the quotation marks.
    pub span: Span,
    /// Who said them.
    pub speaker: Option<EntityId>,
}

/// Where and when a statement was given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dateline {
    /// The line, without the mark that ends it.
    pub span: Span,
    /// Entity of the place.
    pub place: Option<EntityId>,
    /// Entity of the date.
    pub date: Option<EntityId>,
}

/// Something in the text that cannot be right.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Where.
    pub span: Span,
    /// What, in a sentence.
    pub message: String,
}

impl Extraction {
    /// The entity of a number.
    ///
    /// # Panics
    /// When the number is not of this extraction.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id]
    }
}

impl Entity {
    pub(crate) fn link(&mut self, entries: &[&Entry]) {
        if let Some(first) = entries.first() {
            self.key = Some(first.key.clone());
            self.wikidata = first.wikidata.clone();
            self.candidates = entries[1..].iter().map(|e| e.key.clone()).collect();
        }
    }
}
