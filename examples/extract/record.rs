//! A result as other programs read it: the JSON of a document, read back. The formats that are no JSON are made from it, and so
//! are comparisons with earlier runs.

use dateline::output::{Json, Offsets};
use dateline::{EntityType, Extraction, Status};
use serde::Deserialize;

/// What was found in one document.
#[derive(Debug, Deserialize)]
pub(crate) struct Record {
    #[serde(default)]
    pub(crate) doc: String,
    /// Its day; unknown of a record that was read from a file, but for its dateline.
    #[serde(skip)]
    day: Option<String>,
    dateline: Option<Dateline>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) quotes: Vec<Quote>,
}

#[derive(Debug, Deserialize)]
struct Dateline {
    date: Option<usize>,
}

/// One thing with its mentions.
#[derive(Debug, Deserialize)]
pub(crate) struct Entity {
    #[serde(rename = "type")]
    pub(crate) kind: EntityType,
    pub(crate) name: String,
    pub(crate) named: bool,
    pub(crate) key: Option<String>,
    pub(crate) wikidata: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) mentions: Vec<Place>,
}

/// A place of the text and its words.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

/// A fact.
#[derive(Debug, Deserialize)]
pub(crate) struct Relation {
    #[serde(rename = "type")]
    pub(crate) name: String,
    pub(crate) source: usize,
    pub(crate) target: usize,
    pub(crate) status: Status,
    pub(crate) confidence: Option<Confidence>,
    #[serde(default)]
    pub(crate) qualifiers: Vec<Qualifier>,
    pub(crate) evidence: Vec<Evidence>,
}

/// How often its rule was right.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Confidence {
    pub(crate) precision: f64,
}

/// What is said of a fact besides.
#[derive(Debug, Deserialize)]
pub(crate) struct Qualifier {
    #[serde(rename = "type")]
    pub(crate) name: String,
    pub(crate) entity: usize,
}

/// A proof of a fact.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Evidence {
    pub(crate) rule: String,
    pub(crate) trigger: Place,
    pub(crate) sentence: Place,
    pub(crate) source: Option<Place>,
    pub(crate) target: Option<Place>,
    pub(crate) status: Status,
}

/// A direct quote.
#[derive(Debug, Deserialize)]
pub(crate) struct Quote {
    #[serde(flatten)]
    pub(crate) place: Place,
    pub(crate) speaker: Option<usize>,
}

impl Record {
    /// The record of a result.
    pub(crate) fn of(found: &Extraction, text: &str, doc: &str, offsets: Offsets) -> Record {
        let json = serde_json::to_value(Json::new(found, text, offsets).with_doc(doc));
        let record = json.and_then(Record::deserialize).unwrap_or_else(|e| unreachable!("a result reads back: {e}"));
        Record { day: found.day.map(|day| day.to_string()), ..record }
    }

    /// The day of the document in the form of EDTF, as far as it is known.
    pub(crate) fn day(&self) -> Option<&str> {
        if self.day.is_some() {
            return self.day.as_deref();
        }
        let date = self.dateline.as_ref()?.date?;
        self.entities.get(date)?.value.as_deref()
    }

    /// What is wrong with a record that was read from a file: a number of no entity.
    pub(crate) fn fault(&self) -> Option<String> {
        let ends = self
            .relations
            .iter()
            .flat_map(|r| [r.source, r.target].into_iter().chain(r.qualifiers.iter().map(|q| q.entity)));
        let used = ends.chain(self.quotes.iter().filter_map(|q| q.speaker));
        let missing = used.max().filter(|&most| most >= self.entities.len());
        let unproven = || {
            self.relations.iter().position(|r| r.evidence.is_empty()).map(|n| format!("relation {n} has no evidence"))
        };
        missing.map(|id| format!("no entity has the number {id}")).or_else(unproven)
    }
}
