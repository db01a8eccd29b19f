//! Relations that are told by position: posts beside names, owners before agencies, places before their states.

use super::blocks::blocks;
use super::pattern::{Pattern, Unit, units};
use super::rule::{Rule, RuleSet};
use super::{Argument, Found};
use crate::entity::Entities;
use crate::gazetteer::{Entry, Gazetteer};
use crate::schema::{EntityType, Status};
use crate::syntax::{Modality, Parse};
use crate::text::document::Document;
use crate::text::lexicon::{Classes, Lexicon};
use rustc_hash::FxHashMap;

/// The relation that tells who holds a post; the others stand on it.
pub(super) const HOLDS_ROLE: &str = "holds_role";

/// A pattern with its rule and the number of that.
type OfRule<'r> = (usize, &'r Rule, &'r Pattern);

/// Patterns that are tried together, in the order of their rules.
struct Choice<'r> {
    all: Vec<OfRule<'r>>,
    /// Those that may begin with a word. Most of a sentence is words, from which few patterns match.
    of_words: Vec<OfRule<'r>>,
}

impl<'r> Choice<'r> {
    fn of(all: Vec<OfRule<'r>>) -> Self {
        let of_words = all.iter().filter(|(_, _, pattern)| !pattern.begins_with_mention()).copied().collect();
        Choice { all, of_words }
    }
}

/// The patterns that tell who holds which post, or all others.
pub(super) struct Patterns<'r> {
    of_posts: bool,
    within_lines: Choice<'r>,
    across_lines: Choice<'r>,
}

impl<'r> Patterns<'r> {
    pub(super) fn of(rules: &'r RuleSet, of_posts: bool) -> Self {
        let (across, within) = rules
            .patterns
            .iter()
            .map(|&number| (number, &rules.rules[number]))
            .filter(|(_, rule)| (rule.relation == HOLDS_ROLE) == of_posts)
            .flat_map(|(number, rule)| rule.patterns.iter().map(move |pattern| (number, rule, pattern)))
            .partition(|(_, _, pattern): &OfRule<'_>| pattern.crosses_lines());
        Patterns { of_posts, within_lines: Choice::of(within), across_lines: Choice::of(across) }
    }
}

/// A document with all that the patterns ask of it.
pub(super) struct Places<'p, 't> {
    pub(super) doc: &'p Document<'t>,
    pub(super) lexicon: &'p Lexicon,
    pub(super) gazetteer: &'p Gazetteer,
    pub(super) patterns: &'p Patterns<'p>,
    pub(super) entities: &'p Entities,
}

impl Places<'_, '_> {
    /// What position tells in a sentence; what `parse` has as verb of the clause gives it its status.
    pub(super) fn sentence(&self, n: usize, parse: Option<&Parse>, found: &mut Vec<Found>) {
        let sentence = &self.doc.sentences[n];
        let units = units(self.doc, self.entities, sentence.start..sentence.end);
        self.match_all(n, &units, parse, &self.patterns.within_lines, found);
    }

    /// What lines below each other tell.
    pub(super) fn rows(&self, found: &mut Vec<Found>) {
        for block in blocks(self.doc, self.entities) {
            let before = found.len();
            self.match_all(block.sentence, &block.units, None, &self.patterns.across_lines, found);
            // in one block the posts stand all above the names, or all below them
            if self.patterns.of_posts {
                let above = block.begins_with_post(self.entities);
                let fits = |f: &Found| (f.target.tokens.start < f.source.tokens.start) == above;
                let kept: Vec<Found> = found.drain(before..).filter(fits).collect();
                found.extend(kept);
            }
        }
    }

    fn match_all(
        &self,
        n: usize,
        units: &[Unit],
        parse: Option<&Parse>,
        patterns: &Choice<'_>,
        found: &mut Vec<Found>,
    ) {
        let (doc, entities) = (self.doc, self.entities);
        for start in 0..units.len() {
            let here = if matches!(units[start], Unit::Mention(_)) { &patterns.all } else { &patterns.of_words };
            let mut spoken = None;
            for &(number, rule, pattern) in here {
                // the first pattern of a rule that matches here speaks for it
                if spoken == Some(number) {
                    continue;
                }
                let Some(hit) = pattern.match_at(doc, entities, units, start) else { continue };
                spoken = Some(number);
                let modality = match rule.status {
                    Some(status) => Modality { status, cue: 0..0 },
                    None => self.modality(units, start, &hit.targets, parse),
                };
                for &source in &hit.sources {
                    for &target in &hit.targets {
                        if rule.nested && !is_larger(self.gazetteer, entities, source, target) {
                            continue;
                        }
                        found.push(Found {
                            rule: number,
                            source: self.argument(source),
                            target: self.argument(target),
                            modality: modality.clone(),
                            trigger: hit.tokens.clone(),
                            sentence: doc.sentence_of(hit.tokens.start).unwrap_or(n),
                            qualifiers: Vec::new(),
                        });
                    }
                }
            }
        }
    }

    fn argument(&self, mention: usize) -> Argument {
        Argument { entity: self.entities.of[mention], tokens: self.entities.mentions[mention].tokens.clone() }
    }

    /// What a post's company says, else what the verb of the clause does.
    fn modality(&self, units: &[Unit], start: usize, targets: &[usize], parse: Option<&Parse>) -> Modality {
        let told = pattern_modality(self.doc, self.entities, units, start, targets);
        let at = first_token(self.entities, units[start]);
        match parse {
            Some(parse) if told.status == Status::Asserted => parse
                .verb_before(at)
                .or_else(|| parse.verb_after(at))
                .map_or(told, |verb| parse.status(self.lexicon, verb)),
            _ => told,
        }
    }
}

/// Chooses among readings of `A, post, B, post`: what stands side by side belongs together; else the list is read from its
/// beginning, each post and each person once.
pub(super) fn one_holder(doc: &Document<'_>, found: Vec<Found>) -> Vec<Found> {
    let mut taken: FxHashMap<usize, usize> = FxHashMap::default();
    let mut led: FxHashMap<usize, ()> = FxHashMap::default();
    let mut keep = vec![false; found.len()];
    // by closeness: nothing between; something, but no comma; a comma
    let closeness = |f: &Found| {
        let (a, b) = (&f.source.tokens, &f.target.tokens);
        let gap = a.end.min(b.end)..a.start.max(b.start);
        usize::from(gap.clone().any(|i| doc.is(i, ",")))
    };
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| (closeness(&found[i]), found[i].trigger.start, found[i].trigger.end));
    for i in order {
        let relation = &found[i];
        // told apart by where they stand
        let (person, role) = (relation.source.tokens.start, relation.target.tokens.start);
        let comma = closeness(relation) == 1;
        let before = role < person;
        if taken.get(&role).is_some_and(|&p| p != person && comma) || comma && !before && led.contains_key(&person) {
            continue;
        }
        keep[i] = true;
        taken.entry(role).or_insert(person);
        if before && comma {
            led.insert(person, ());
        }
    }
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(f, _)| f).collect()
}

/// Whether the second place is the larger one: a state, or a region of the same state as a town. What no table knows may be.
fn is_larger(gazetteer: &Gazetteer, entities: &Entities, source: usize, target: usize) -> bool {
    let (source, target) = (&entities.mentions[source], &entities.mentions[target]);
    let entry = |m: &crate::mention::Mention| m.entries.first().map(|&e| gazetteer.entry(e));
    let rank = |kind: &str| match kind {
        "venue" | "area" => 0,
        "district" | "city" | "capital" => 1,
        "province" | "state" | "territory" | "island" => 2,
        _ => 3,
    };
    if target.kind == EntityType::State {
        return match (entry(source), entry(target)) {
            (Some(place), Some(state)) => place.states().next().is_none() || shares_state(place, state),
            _ => true,
        };
    }
    match (entry(source), entry(target)) {
        (Some(a), Some(b)) => rank(a.kind()) < rank(b.kind()) && shares_state(a, b),
        (None, Some(b)) => rank(b.kind()) >= 1,
        // a room and its house, as the pattern asks
        (None, None) => true,
        _ => false,
    }
}

fn first_token(entities: &Entities, unit: Unit) -> usize {
    match unit {
        Unit::Mention(m) => entities.mentions[m].tokens.start,
        Unit::Token(t) => t,
        Unit::Break => 0,
    }
}

fn shares_state(a: Entry<'_>, b: Entry<'_>) -> bool {
    a.states().any(|state| b.states().any(|other| other == state))
}

/// `former`, `then`, `ex-` before a post; `candidate`, `-elect` behind it.
fn pattern_modality(
    doc: &Document<'_>,
    entities: &Entities,
    units: &[Unit],
    start: usize,
    targets: &[usize],
) -> Modality {
    let mut places = vec![first_token(entities, units[start])];
    places.extend(
        targets
            .iter()
            .filter(|&&m| entities.mentions[m].kind == EntityType::Role)
            .map(|&m| entities.mentions[m].tokens.start),
    );
    for at in places {
        for back in 1..=2 {
            if let Some(b) = at.checked_sub(back)
                && b >= first_token(entities, units[0])
                && entities.mention_at(b).is_none()
                && doc.class(b).any(Classes::FORMER)
            {
                return Modality { status: Status::Former, cue: b..b + 1 };
            }
        }
    }
    for &m in targets {
        let end = entities.mentions[m].tokens.end;
        let at = if doc.is_hyphen(end) { end + 1 } else { end };
        if doc.class(at).any(Classes::NOMINEE) {
            return Modality { status: Status::Planned, cue: at..at + 1 };
        }
    }
    Modality::default()
}
