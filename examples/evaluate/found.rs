//! What the extractor found, in the terms of an annotation.

use crate::text::{Place, Text};
use dateline::{EntityType, Extraction, Status};

/// What was found in one text.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) entities: Vec<Entity>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) quotes: Vec<Quote>,
}

#[derive(Debug)]
pub(crate) struct Entity {
    pub(crate) kind: EntityType,
    pub(crate) named: bool,
    pub(crate) name: String,
    pub(crate) mentions: Vec<Mention>,
}

#[derive(Debug)]
pub(crate) struct Mention {
    pub(crate) place: Place,
    /// A pronoun or `the ministry`.
    pub(crate) reference: bool,
}

/// A relation between entities by their indices.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) name: String,
    pub(crate) source: usize,
    pub(crate) target: usize,
    pub(crate) status: Status,
    /// Name and entity.
    pub(crate) qualifiers: Vec<(String, usize)>,
    /// The rules that found it, each once.
    pub(crate) rules: Vec<String>,
    /// The trigger of the first.
    pub(crate) trigger: Place,
}

#[derive(Debug)]
pub(crate) struct Quote {
    pub(crate) place: Place,
    pub(crate) speaker: Option<usize>,
}

impl Found {
    /// `extraction` must have been made from `text`.
    pub(crate) fn new(text: &Text, extraction: &Extraction) -> Found {
        let place = |span: dateline::Span| text.place(span.start, span.end);
        let entities = extraction.entities.iter().map(|entity| Entity {
            kind: entity.entity_type,
            named: entity.named,
            name: entity.name.clone(),
            mentions: entity
                .mentions
                .iter()
                .map(|m| Mention { place: place(m.span), reference: m.found == dateline::Found::Reference })
                .collect(),
        });
        let relations = extraction.relations.iter().map(|relation| {
            let mut rules: Vec<String> = relation.evidence.iter().map(|evidence| evidence.rule.clone()).collect();
            rules.sort();
            rules.dedup();
            Relation {
                name: relation.name.clone(),
                source: relation.source,
                target: relation.target,
                status: relation.status,
                qualifiers: relation.qualifiers.iter().map(|q| (q.name.clone(), q.entity)).collect(),
                rules,
                trigger: place(relation.first().trigger),
            }
        });
        let quotes = extraction.quotes.iter().map(|q| Quote { place: place(q.span), speaker: q.speaker });
        Found { entities: entities.collect(), relations: relations.collect(), quotes: quotes.collect() }
    }
}
