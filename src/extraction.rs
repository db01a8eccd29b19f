//! The result: what was found in one text.

use crate::gazetteer::Entry;
use crate::mention::Found;
use crate::relation::{Confidence, Obstacle};
use crate::schema::{EntityType, Status};
use crate::span::Span;
use jiff::civil::Date;

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
    /// The day of the text, against which `yesterday` was read: the one that was given, of the dateline, or the first full date of
    /// the opening.
    pub day: Option<Date>,
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
    /// Asserted, planned, negated, former. Where the text says it more than once, asserted outweighs planned.
    pub status: Status,
    /// How often the rule that found it was right on annotated statements; `None` for a rule that was not measured.
    pub confidence: Option<Confidence>,
    /// What the text says besides: when, where, at which meeting, through whom.
    pub qualifiers: Vec<Qualifier>,
    /// Every place that says it, in the order of the text; never empty.
    pub evidence: Vec<Evidence>,
}

/// A place of the text that says a fact, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// Id of the rule that found it.
    pub rule: String,
    /// The words that say it.
    pub trigger: Span,
    /// The sentence that they stand in.
    pub sentence: Span,
    /// The words for the source, a name, a noun or a pronoun; `None` where only another sentence has them.
    pub source: Option<Span>,
    /// The words for the target, likewise.
    pub target: Option<Span>,
    /// What this place says of the status.
    pub status: Status,
    /// The words that say so (`will`, `declined`); `None` where none do, as for most that is asserted.
    pub cue: Option<Span>,
}

/// What a sentence says of a fact besides its two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Qualifier {
    /// `on`, `at`, `at_event`, `through`, `as` or `behalf_of`.
    pub name: String,
    /// The day, place, meeting, agency, post or principal.
    pub entity: EntityId,
    /// The words that name it or refer to it.
    pub span: Span,
}

impl Relation {
    /// The first place that says it.
    pub fn first(&self) -> &Evidence {
        &self.evidence[0]
    }
}

/// A rule whose trigger stands in the text, and why it found no relation there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearMiss {
    /// Its id.
    pub rule: String,
    /// The relation that it would have found.
    pub relation: String,
    /// The trigger.
    pub trigger: Span,
    /// The sentence that it stands in.
    pub sentence: Span,
    /// What stopped it.
    pub obstacle: Obstacle,
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
    pub(crate) fn link(&mut self, entries: &[Entry<'_>]) {
        if let Some(first) = entries.first() {
            self.key = Some(first.key().to_owned());
            self.wikidata = first.wikidata().map(str::to_owned);
            self.candidates = entries[1..].iter().map(|e| e.key().to_owned()).collect();
        }
    }
}
