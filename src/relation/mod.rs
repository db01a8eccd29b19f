//! Entities → relations, by rules that are data (`gazetteers/rules/*.toml`).

mod frames;
mod pattern;
mod places;
mod referents;
mod rule;

pub(crate) use referents::{Discourse, Reader};
pub(crate) use rule::RuleSet;
pub use rule::{Example, Rule};

use crate::entity::{Entities, EntityIndex};
use crate::gazetteer::Gazetteer;
use crate::schema::Status;
use crate::syntax::{Parse, parse};
use crate::text::document::Document;
use crate::text::layout::Zone;
use crate::text::lexicon::Lexicon;
use frames::Engine;
use places::{HOLDS_ROLE, Places, one_holder};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A relation that a rule found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) rule: usize,
    pub(crate) source: EntityIndex,
    pub(crate) target: EntityIndex,
    pub(crate) status: Status,
    pub(crate) trigger: Range<usize>,
    pub(crate) sentence: usize,
    /// Where a pattern found it, the mentions of source and target.
    mentions: (usize, usize),
}

/// All relations of a document, the parses of its sentences, and what was known at each of them.
pub(crate) fn find(
    doc: &Document<'_>,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    rules: &RuleSet,
    entities: &mut Entities,
) -> (Vec<Found>, Vec<Parse>, Discourse) {
    let mut discourse = Discourse::default();
    let mut found: Vec<Found> = Vec::new();
    for (n, sentence) in doc.sentences.iter().enumerate() {
        if sentence.zone != Zone::Furniture {
            Places { doc, lexicon, gazetteer, rules, entities }.posts(n, &mut found);
        }
    }
    found = one_holder(doc, entities, found);
    for relation in found.iter().filter(|r| r.status == Status::Asserted) {
        if rules.rules[relation.rule].relation == HOLDS_ROLE {
            discourse.holders.entry(relation.target).or_insert(relation.source);
        }
    }
    let mut parses = Vec::with_capacity(doc.sentences.len());
    for (n, sentence) in doc.sentences.iter().enumerate() {
        discourse.history.push(discourse.subjects.clone());
        if sentence.zone == Zone::Furniture {
            parses.push(Parse::default());
            continue;
        }
        let parse = parse(doc, lexicon, entities, sentence);
        Places { doc, lexicon, gazetteer, rules, entities }.others(n, &parse, &mut found);
        let mut engine = Engine {
            reader: Reader { doc, lexicon, entities, discourse: &mut discourse, aside: 0..0 },
            rules,
            parse: &parse,
            sentence: n,
            found: &mut found,
            loose: false,
        };
        engine.verbs();
        engine.compounds();
        engine.phrases();
        engine.nouns();
        let subjects = engine.subjects();
        if doc.is(sentence.end - 1, ":") {
            let first = if subjects.is_empty() { engine.first_phrase() } else { subjects.clone() };
            engine.reader.discourse.lead = first;
        } else if !sentence.listed {
            engine.reader.discourse.lead.clear();
        }
        if !subjects.is_empty() {
            discourse.subjects = subjects;
        }
        parses.push(parse);
    }
    (dedup(rules, found), parses, discourse)
}

/// One relation per pair and name; of several, the first keeps.
fn dedup(rules: &RuleSet, found: Vec<Found>) -> Vec<Found> {
    let mut seen: FxHashMap<(&str, EntityIndex, EntityIndex), usize> = FxHashMap::default();
    let mut out: Vec<Found> = Vec::new();
    for relation in found {
        if relation.source == relation.target {
            continue;
        }
        let rule = &rules.rules[relation.rule];
        let (a, b) = if rule.symmetric {
            (relation.source.min(relation.target), relation.source.max(relation.target))
        } else {
            (relation.source, relation.target)
        };
        match seen.entry((rule.relation.as_str(), a, b)) {
            std::collections::hash_map::Entry::Occupied(at) => {
                // a fact that is said to be so outweighs the same one planned
                let kept = &mut out[*at.get()];
                if kept.status == Status::Planned && relation.status == Status::Asserted {
                    kept.status = Status::Asserted;
                }
            }
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(out.len());
                out.push(relation);
            }
        }
    }
    out
}
