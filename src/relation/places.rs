//! Relations that are told by position: posts beside names, owners before agencies, places before their states.

use super::blocks::blocks;
use super::pattern::{Pattern, Unit, units};
use super::rule::RuleSet;
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

/// A document with all that the patterns ask of it.
pub(super) struct Places<'p, 't> {
    pub(super) doc: &'p Document<'t>,
    pub(super) lexicon: &'p Lexicon,
    pub(super) gazetteer: &'p Gazetteer,
    pub(super) rules: &'p RuleSet,
    pub(super) entities: &'p Entities,
}

impl Places<'_, '_> {
    /// Who holds which post, in one sentence.
    pub(super) fn posts(&self, sentence: usize, found: &mut Vec<Found>) {
        self.find(sentence, None, found);
    }

    /// Everything else that position tells in a sentence.
    pub(super) fn others(&self, sentence: usize, parse: &Parse, found: &mut Vec<Found>) {
        self.find(sentence, Some(parse), found);
    }

    /// What lines below each other tell; `posts`: who holds which post, else everything else.
    pub(super) fn rows(&self, posts: bool, found: &mut Vec<Found>) {
        for block in blocks(self.doc, self.entities) {
            let before = found.len();
            self.match_all(block.sentence, &block.units, posts, None, Pattern::crosses_lines, found);
            // in one block the posts stand all above the names, or all below them
            if posts {
                let above = block.begins_with_post(self.entities);
                let fits = |f: &Found| (f.target.tokens.start < f.source.tokens.start) == above;
                let kept: Vec<Found> = found.drain(before..).filter(fits).collect();
                found.extend(kept);
            }
        }
    }

    fn find(&self, n: usize, parse: Option<&Parse>, found: &mut Vec<Found>) {
        let sentence = &self.doc.sentences[n];
        let units = units(self.doc, self.entities, sentence.start..sentence.end);
        self.match_all(n, &units, parse.is_none(), parse, |pattern| !pattern.crosses_lines(), found);
    }

    fn match_all(
        &self,
        n: usize,
        units: &[Unit],
        posts: bool,
        parse: Option<&Parse>,
        wanted: impl Fn(&Pattern) -> bool,
        found: &mut Vec<Found>,
    ) {
        let (doc, entities) = (self.doc, self.entities);
        let rules = self.rules.patterns.iter().map(|&number| (number, &self.rules.rules[number]));
        let rules: Vec<_> = rules.filter(|(_, rule)| (rule.relation == HOLDS_ROLE) == posts).collect();
        // most units are words, from which few rules match
        let mut of_words = rules.clone();
        of_words.retain(|(_, rule)| !rule.patterns.iter().all(Pattern::begins_with_mention));
        for start in 0..units.len() {
            let of_mention = matches!(units[start], Unit::Mention(_));
            let here = if of_mention { &rules } else { &of_words };
            for &(number, rule) in here {
                // the first pattern of a rule that matches here speaks for it
                let mut patterns =
                    rule.patterns.iter().filter(|p| wanted(p) && (of_mention || !p.begins_with_mention()));
                let Some(hit) = patterns.find_map(|p| p.match_at(doc, entities, units, start)) else {
                    continue;
                };
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
