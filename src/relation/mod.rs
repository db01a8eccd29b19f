//! Entities → relations, by rules that are data (`gazetteers/rules/*.toml`).

mod arguments;
mod blocks;
mod discourse;
mod frames;
mod measured;
mod pattern;
mod places;
mod pronouns;
mod qualifier;
mod referents;
mod rule;
mod speech;
mod trace;

pub(crate) use discourse::Discourse;
pub use measured::Confidence;
pub use qualifier::Qualification;
pub(crate) use referents::Reader;
pub(crate) use rule::RuleSet;
pub use rule::{Example, Rule};
pub(crate) use speech::{announced, is_speaker, speaker_in};
pub use trace::Obstacle;
pub(crate) use trace::{Near, Trace};

use crate::entity::{Entities, EntityIndex};
use crate::gazetteer::Gazetteer;
use crate::schema::Status;
use crate::syntax::{Modality, Parses, parse};
use crate::text::document::Document;
use crate::text::layout::Zone;
use crate::text::lexicon::Lexicon;
use blocks::blocks;
use frames::Engine;
use pattern::Units;
use places::{HOLDS_ROLE, Places, one_holder};
use qualifier::Qualifier;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use speech::listen;
use std::ops::Range;

/// One side of a relation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Argument {
    pub(crate) entity: EntityIndex,
    /// The words of the sentence that name it or refer to it; empty where only another sentence has them.
    pub(crate) tokens: Range<usize>,
}

/// A place where a rule found a relation.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) rule: usize,
    pub(crate) source: Argument,
    pub(crate) target: Argument,
    pub(crate) modality: Modality,
    pub(crate) trigger: Range<usize>,
    pub(crate) sentence: usize,
    pub(crate) qualifiers: Vec<Qualifier>,
}

/// A relation with all places that say it, of which there is one at least.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) source: EntityIndex,
    pub(crate) target: EntityIndex,
    pub(crate) status: Status,
    pub(crate) evidence: Vec<Found>,
}

impl Fact {
    /// The name of the relation.
    pub(crate) fn relation<'r>(&self, rules: &'r RuleSet) -> &'r str {
        &rules.rules[self.evidence[0].rule].relation
    }
}

/// What was read from the sentences of a document.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) facts: Vec<Fact>,
    pub(crate) parses: Parses,
    pub(crate) discourse: Discourse,
}

/// All relations of a document, the parses of its sentences, and what was known at each of them.
pub(crate) fn find(
    doc: &Document<'_>,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    rules: &RuleSet,
    entities: &mut Entities,
    trace: &mut Trace,
) -> Reading {
    let mut discourse = Discourse::new(doc, entities);
    let mut found: Vec<Found> = Vec::with_capacity(doc.sentences.len());
    let units = &Units::new(doc, entities);
    let blocks = blocks(doc, units);
    let posts = Places { doc, lexicon, gazetteer, rules, units, of_posts: true, entities };
    for n in 0..doc.sentences.len() {
        posts.sentence(n, None, &mut found);
    }
    posts.rows(&blocks, &mut found);
    found = one_holder(doc, found);
    for relation in found.iter().filter(|r| r.modality.status == Status::Asserted) {
        if rules.rules[relation.rule].relation == HOLDS_ROLE {
            discourse.appoint(doc, entities, relation.target.entity, relation.source.entity);
        }
    }
    Places { doc, lexicon, gazetteer, rules, units, of_posts: false, entities }.rows(&blocks, &mut found);
    let parses = parse(doc, lexicon, entities);
    discourse.history.reserve(doc.sentences.len());
    for (n, sentence) in doc.sentences.iter().enumerate() {
        discourse.history.push(discourse.subjects.clone());
        if sentence.zone == Zone::Furniture {
            continue;
        }
        let parse = parses.of(n);
        let others = Places { doc, lexicon, gazetteer, rules, units, of_posts: false, entities };
        others.sentence(n, Some(&parse), &mut found);
        let before = found.len();
        let mut engine = Engine {
            reader: Reader { doc, lexicon, entities, discourse: &mut discourse, aside: 0..0 },
            rules,
            parse: &parse,
            sentence: n,
            found: &mut found,
            trace,
            loose: false,
            waiting: Vec::new(),
        };
        listen(&mut engine.reader, &parse, n);
        engine.verbs();
        engine.compounds();
        engine.phrases();
        engine.nouns();
        engine.occasions();
        let subjects = engine.subjects();
        if doc.is(sentence.end - 1, ":") {
            let first = if subjects.is_empty() { engine.first_phrase() } else { subjects.clone() };
            engine.reader.discourse.lead = first;
        } else if !sentence.listed {
            engine.reader.discourse.lead.clear();
        }
        for relation in &mut engine.found[before..] {
            relation.qualifiers = qualifier::find(&engine.reader, rules, &parse, relation);
        }
        if !subjects.is_empty() {
            discourse.subjects = subjects;
        }
    }
    drop_untold(rules, entities, &mut found, trace);
    Reading { facts: facts(rules, found), parses, discourse }
}

/// Drops what some rules tell of a thing without name, where no other rule tells anything of it: `meetings in Beijing`.
fn drop_untold(rules: &RuleSet, entities: &Entities, found: &mut Vec<Found>, trace: &mut Trace) {
    if !found.iter().any(|f| rules.rules[f.rule].told) {
        return;
    }
    let others = found.iter().filter(|f| !rules.rules[f.rule].told);
    let told: FxHashSet<EntityIndex> = others.flat_map(|f| [f.source.entity, f.target.entity]).collect();
    found.retain(|f| {
        let source = f.source.entity;
        let kept = !rules.rules[f.rule].told || !entities.list[source].named && told.contains(&source);
        if !kept {
            trace.dropped(f, Obstacle::Untold);
        }
        kept
    });
}

/// One fact per pair and name with all that says it; a symmetric one whichever side comes first.
fn facts(rules: &RuleSet, found: Vec<Found>) -> Vec<Fact> {
    let mut seen: FxHashMap<(&str, EntityIndex, EntityIndex), usize> =
        FxHashMap::with_capacity_and_hasher(found.len(), FxBuildHasher);
    // two rules that read the same words are one proof
    let mut proofs: FxHashSet<(usize, usize, Range<usize>)> =
        FxHashSet::with_capacity_and_hasher(found.len(), FxBuildHasher);
    let mut out: Vec<Fact> = Vec::with_capacity(found.len());
    for mut relation in found {
        let (source, target) = (relation.source.entity, relation.target.entity);
        if source == target {
            continue;
        }
        let rule = &rules.rules[relation.rule];
        let (a, b) = if rule.symmetric { (source.min(target), source.max(target)) } else { (source, target) };
        match seen.entry((rule.relation.as_str(), a, b)) {
            std::collections::hash_map::Entry::Occupied(at) => {
                let fact = &mut out[*at.get()];
                // a fact that is said to be so outweighs the same one planned
                if fact.status == Status::Planned && relation.modality.status == Status::Asserted {
                    fact.status = Status::Asserted;
                }
                if source != fact.source {
                    std::mem::swap(&mut relation.source, &mut relation.target);
                }
                if proofs.insert((*at.get(), relation.sentence, relation.trigger.clone())) {
                    fact.evidence.push(relation);
                }
            }
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(out.len());
                proofs.insert((out.len(), relation.sentence, relation.trigger.clone()));
                out.push(Fact { source, target, status: relation.modality.status, evidence: vec![relation] });
            }
        }
    }
    out
}
