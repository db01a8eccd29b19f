//! Who does what with whom, read from press statements of South-East Asian diplomacy.
//!
//! `dateline` finds the states, agencies, persons, meetings and documents that a statement names, the relations that its
//! sentences state between them, and its direct quotes with their speakers. Each finding points to the words that prove it.
//! It works with tables of names and rules that are data; there is no trained model, and nothing is random.
//!
//! # Overview
//!
//! - [`Extractor`] reads texts. [`Extractor::bundled`] is ready to use; [`Extractor::builder`] makes one with names and rules
//!   of your own. Building can fail with an [`Error`] that lists every [`Fault`] by file, line and column; extracting cannot.
//! - [`Extraction`] is the result: [`Entity`]s with their [`Mention`]s, [`Relation`]s, [`Quote`]s, the [`Dateline`]; and the
//!   [`Finding`]s, which are what cannot be right in the text.
//! - [`Span`] is a place of the text, in bytes.
//! - [`EntityType`] and [`Status`] are the vocabulary; the names of relations are those of the [`Rule`]s.
//! - [`output::Json`] serialises a result, with positions in the unit of your choice.
//! - [`Tenure`] is a spell of office of the tables, [`Date`] a day of the calendar.
//!
//! # Example: who hosts what
//!
//! ```
//! use dateline::{Extractor, Status};
//!
//! let text = "Viet Nam will host the ASEAN Future Forum. The Forum was launched in 2024.";
//! let found = Extractor::bundled().extract(text);
//!
//! let hosts = &found.relations[0];
//! assert_eq!(hosts.name, "hosted_by");
//! assert_eq!(found.entity(hosts.source).name, "ASEAN Future Forum");
//! assert_eq!(found.entity(hosts.target).name, "Viet Nam");
//! assert_eq!(hosts.status, Status::Planned);
//! assert_eq!(hosts.first().trigger.of(text), "will host");
//! assert_eq!(hosts.first().rule, "hosted_by/verb");
//! ```
//!
//! # Example: names of your own
//!
//! A table has columns of those that [`Table::columns`] lists, in any order, separated by tabs; a cell may hold a list with `|`
//! between its items. [`ExtractorBuilder::json_lines`] takes the same as JSON, and [`ExtractorBuilder::rules`] takes rules.
//!
//! ```
//! use dateline::{Extractor, Table};
//!
//! let table = "id\tname\taliases\nmekong-watchers\tMekong Watchers\tWatchers of the Mekong\n";
//! let more = r#"{"table": "agencies", "id": "th-river", "name": "Example River Office", "acronyms": ["EXRO"]}"#;
//! let extractor = Extractor::builder()
//!     .table(Table::Organisations, "mine.tsv", table)
//!     .json_lines("mine.jsonl", more)
//!     .build()?;
//! let found = extractor.extract("The survey was organised by the Watchers of the Mekong.");
//! let watchers = found.entities.iter().find(|e| e.key.as_deref() == Some("organisation:mekong-watchers"));
//! assert_eq!(watchers.expect("it is found").name, "Watchers of the Mekong");
//! assert_eq!(extractor.extract("EXRO was ready.").entities[0].key.as_deref(), Some("agency:th-river"));
//!
//! // what is wrong is told exactly
//! let fault = Extractor::builder().table(Table::Organisations, "mine.tsv", "id\tnam\n").build().unwrap_err();
//! assert_eq!((fault.faults()[0].file.as_str(), fault.faults()[0].line), ("mine.tsv", 1));
//! # Ok::<(), dateline::Error>(())
//! ```
//!
//! # Example: a result for other programs
//!
//! ```
//! use dateline::Extractor;
//! use dateline::output::{Json, Offsets};
//!
//! let text = "“We are ready,” said Thailand’s Prime Minister.";
//! let found = Extractor::bundled().extract(text);
//! assert_eq!(found.quotes[0].span.of(text), "We are ready,");
//!
//! // Python counts code points, JavaScript counts UTF-16 units, Rust counts bytes
//! let json = serde_json::to_value(Json::new(&found, text, Offsets::Chars)).unwrap();
//! assert_eq!(json["quotes"][0]["start"], 1);
//! assert_eq!(found.quotes[0].span.start, "“".len());
//! ```
//!
//! # Example: days, and who was in office
//!
//! A date has a value as far as it can be known. Relative ones are read against the day of the text: the one that
//! [`Extractor::extract_on`] is given, else that of the dateline, else the first full date of the opening. The same day tells
//! who is meant by a post and a name, and [`Tenure::covers`] who held a post at all.
//!
//! ```
//! use dateline::{Date, Extractor};
//!
//! let extractor = Extractor::bundled();
//! let found = extractor.extract_on("Singapore's Prime Minister Wong spoke yesterday.", Date::new(2024, 6, 1)?);
//! assert_eq!(found.day, Some(Date::new(2024, 6, 1)?));
//! assert!(found.entities.iter().any(|e| e.value.as_deref() == Some("2024-05-31")));
//! assert!(found.entities.iter().any(|e| e.key.as_deref() == Some("person:lawrence-wong")));
//!
//! let found = extractor.extract("They met on 31 February 2024.");
//! assert_eq!(found.findings[0].message, "the calendar has no such day: `31 February 2024`");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How names are matched
//!
//! The names of all tables are found in one pass over the *words* of a text. A name therefore begins and ends at a word, may
//! run over the end of a line, and is the same with or without accents, hyphens or a possessive `’s`. Of names that
//! overlap, the longest wins. Some consequences surprise at first:
//!
//! ```
//! use dateline::Extractor;
//! let names = |text: &str| -> Vec<String> {
//!     Extractor::bundled().extract(text).entities.into_iter().map(|e| e.name).collect()
//! };
//!
//! // no name within a word, but across a line break
//! assert_eq!(names("Brunei\nDarussalam is ready."), ["Brunei Darussalam"]);
//! // a short form must be written as one: `who` is not the World Health Organization
//! assert_eq!(names("Those who met were ready."), [""; 0]);
//! assert_eq!(names("WHO was ready."), ["WHO"]);
//! // a state within a longer name is no mention of its own …
//! assert_eq!(names("The Royal Thai Police was ready."), ["Royal Thai Police"]);
//! // … but before a post it is
//! assert_eq!(names("Thailand’s Foreign Minister was ready."), ["Thailand", "Foreign Minister"]);
//! // two names of one thing are one entity, called by the longer
//! assert_eq!(names("ASEAN, the Association of Southeast Asian Nations, was ready."), ["Association of Southeast Asian Nations"]);
//! ```
//!
//! Names that no table has are found by their shape: a capitalised phrase around a word such as `Ministry`, `Forum` or
//! `Agreement`, a name behind a title or beside a post, a long form before its abbreviation in parentheses.
//! [`Mention::found`] tells which of these it was.
//!
//! # How relations are found
//!
//! Each rule has a trigger (a verb in any form, a noun, a phrase, or a pattern of mentions and words), places around it where the two
//! sides stand, and the types that they may have. A passive and its active form give the same relation; a list gives one relation
//! for each of its members; pronouns and `the ministry` stand for what they refer to. [`Evidence::rule`] names the rule, and
//! [`ExtractorBuilder::without_rule`] does without it. The verb also gives the [`Status`]:
//!
//! ```
//! use dateline::{Extractor, Status};
//! let status = |text: &str| Extractor::bundled().extract(text).relations[0].status;
//!
//! assert_eq!(status("Malaysia hosted the workshop."), Status::Asserted);
//! assert_eq!(status("Malaysia will host the workshop."), Status::Planned);
//! assert_eq!(status("Malaysia did not host the workshop."), Status::Negated);
//! ```
//!
//! What else the sentence says is in [`Relation::qualifiers`]: when, where, at which meeting, through whom, as what, for whom. A
//! fact that the text states more than once is one [`Relation`] with several pieces of [`Evidence`]. [`Extractor::explain`] tells the
//! rules that came near but found nothing, each with the [`Obstacle`] that stopped it.
//!
//! ```
//! use dateline::Extractor;
//! let text = "Malaysia and Japan signed the Penang Agreement in Kuala Lumpur on 4 March 2021.";
//! let found = Extractor::bundled().extract(text);
//! let told = |name: &str| found.relations[0].qualifiers.iter().find(|q| q.name == name).map(|q| q.span.of(text));
//!
//! assert_eq!(found.relations[0].name, "signed");
//! assert_eq!(told("on"), Some("4 March 2021"));
//! assert_eq!(told("at"), Some("Kuala Lumpur"));
//! ```
//!
//! # Limits
//!
//! - English texts only. Names from the languages of the region are known as English texts write them.
//! - Only what a sentence states: two names near each other prove nothing, and the tables add no facts of their own.
//! - An entity is one thing *within one text*. Across texts, only [`Entity::key`] connects what the tables know.
//! - A key is the likeliest of all lines with that name; [`Entity::candidates`] lists the others. Check them where it matters.
//! - The tables of office holders end somewhere; [`Extraction::warnings`] says so of a text that is later.
//! - Names without any sign of what they are may be missed or given a wrong type.
//! - The text is taken as it is, never normalised, and may be of any length; time and memory grow in proportion to it.
//!
//! # Cost
//!
//! The bundled tables are read when the crate is compiled; at the first use they are loaded, once for each process, which takes
//! some milliseconds. Tables of one's own are read together with the bundled ones when an extractor is built. Extracting
//! borrows the [`Extractor`], which is `Send` and `Sync`, so one of them serves any number of threads.
//!
//! # Crate features
//!
//! - `arrow` (off by default) adds the module `arrow`: record batches of texts in, record batches of results out.
//! - `rayon` (off by default) adds `Extractor::par_extract`, a parallel iterator over texts.

#[cfg(feature = "arrow")]
pub mod arrow;
mod bundled;
mod calendar;
mod entity;
mod error;
mod extraction;
mod extractor;
mod few;
mod gazetteer;
mod link;
mod mention;
pub mod output;
mod quote;
mod relation;
mod schema;
mod span;
mod syntax;
mod text;
mod work;

pub use error::{Error, Fault};
pub use extraction::{
    Dateline, Entity, EntityId, Evidence, Extraction, Finding, Mention, NearMiss, Qualifier, Quote, Relation,
};
#[doc(hidden)]
pub use extractor::Stage;
pub use extractor::{Extractor, ExtractorBuilder};
pub use gazetteer::{Table, Tenure};
pub use jiff::civil::Date;
pub use mention::Found;
pub use relation::{Confidence, Example, Obstacle, Qualification, Rule};
pub use schema::{EntityType, Status};
pub use span::Span;

/// Compiles and runs the examples of the README with the other tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct ReadmeDoctests;
