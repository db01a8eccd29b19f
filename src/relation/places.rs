//! Relations that are told by position: posts beside names, owners before agencies, places before their states.

use super::blocks::Block;
use super::pattern::{Opening, Pattern, Unit, Units};
use super::rule::RuleSet;
use super::{Argument, Found};
use crate::entity::Entities;
use crate::gazetteer::{Entry, Gazetteer};
use crate::schema::{EntityType, Status};
use crate::syntax::{Modality, Parse};
use crate::text::document::Document;
use crate::text::lexicon::{Classes, Lexicon, WordId};
use rustc_hash::FxHashMap;

/// The relation that tells who holds a post; the others stand on it.
pub(super) const HOLDS_ROLE: &str = "holds_role";

/// A pattern: the number of its rule, and its own among those of the rule.
type OfRule = (usize, usize);

/// Patterns by the unit that may stand at one place of them; in the order of their rules everywhere.
#[derive(Clone, Debug, Default)]
struct ByUnit {
    /// Those where whatever there is may stand.
    anything: Vec<OfRule>,
    /// Those where a word may stand, and those with anything.
    words: FxHashMap<WordId, Vec<OfRule>>,
    /// Those where a mention of each type may stand, and those with anything.
    types: [Vec<OfRule>; EntityType::ALL.len()],
}

impl ByUnit {
    fn add(&mut self, number: OfRule, opening: &Opening) {
        for kind in EntityType::ALL.into_iter().filter(|&kind| opening.fits(kind)) {
            self.types[kind as usize].push(number);
        }
        for &word in &opening.words {
            let of_word = self.words.entry(word).or_insert_with(|| self.anything.clone());
            // the same word may open it in two ways
            if of_word.last() != Some(&number) {
                of_word.push(number);
            }
        }
        if opening.is_open() {
            let others = self.words.iter_mut().filter(|(word, _)| !opening.words.contains(word));
            others.for_each(|(_, of_word)| of_word.push(number));
            self.anything.push(number);
        }
    }

    /// The patterns where a unit may stand. Only words of the class `known` are asked for.
    fn at(&self, unit: Option<Unit>, known: Classes, doc: &Document<'_>, entities: &Entities) -> &[OfRule] {
        match unit {
            Some(Unit::Mention(m)) => &self.types[entities.mentions[m].kind as usize],
            Some(Unit::Token(t)) if doc.class(t).any(known) => self.words.get(&doc.words[t]).unwrap_or(&self.anything),
            _ => &self.anything,
        }
    }
}

/// Patterns that are tried together, by what they may begin with.
#[derive(Clone, Debug, Default)]
struct Choice {
    first: ByUnit,
    /// Those that may begin with a mention of each type, by what may stand behind it: that leaves few.
    second: [ByUnit; EntityType::ALL.len()],
}

impl Choice {
    fn add(&mut self, number: OfRule, pattern: &Pattern, lexicon: &Lexicon) {
        let (first, second) = (pattern.opening(), pattern.behind_first(lexicon));
        for kind in EntityType::ALL.into_iter().filter(|&kind| first.fits(kind)) {
            self.second[kind as usize].add(number, &second);
        }
        self.first.add(number, &first);
    }

    /// The patterns that may match from a unit on, before another.
    fn at(&self, unit: Unit, next: Option<Unit>, doc: &Document<'_>, entities: &Entities) -> &[OfRule] {
        match unit {
            Unit::Mention(m) => {
                self.second[entities.mentions[m].kind as usize].at(next, Classes::FOLLOWER, doc, entities)
            }
            _ => self.first.at(Some(unit), Classes::OPENER, doc, entities),
        }
    }
}

/// The patterns that tell who holds which post, or all others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patterns {
    within_lines: Choice,
    across_lines: Choice,
}

impl Patterns {
    /// Of rules, the patterns of those in use that tell of posts, or all others.
    pub(super) fn of(rules: &RuleSet, of_posts: bool, lexicon: &Lexicon) -> Patterns {
        let mut patterns = Patterns::default();
        for &number in &rules.patterns {
            let rule = &rules.rules[number];
            for (n, pattern) in rule.patterns.iter().enumerate().filter(|_| (rule.relation == HOLDS_ROLE) == of_posts) {
                let lines =
                    if pattern.crosses_lines() { &mut patterns.across_lines } else { &mut patterns.within_lines };
                lines.add((number, n), pattern, lexicon);
            }
        }
        patterns
    }

    /// The words that some of them begin with.
    pub(super) fn words(&self) -> impl Iterator<Item = &WordId> {
        self.within_lines.first.words.keys().chain(self.across_lines.first.words.keys())
    }
}

/// A document with all that the patterns ask of it.
pub(super) struct Places<'p, 't> {
    pub(super) doc: &'p Document<'t>,
    pub(super) lexicon: &'p Lexicon,
    pub(super) gazetteer: &'p Gazetteer,
    pub(super) rules: &'p RuleSet,
    pub(super) units: &'p Units,
    /// The patterns of posts, and no others.
    pub(super) of_posts: bool,
    pub(super) entities: &'p Entities,
}

impl Places<'_, '_> {
    fn patterns(&self) -> &Patterns {
        if self.of_posts { &self.rules.posts } else { &self.rules.others }
    }

    /// What position tells in a sentence; what `parse` has as verb of the clause gives it its status.
    pub(super) fn sentence(&self, n: usize, parse: Option<&Parse<'_>>, found: &mut Vec<Found>) {
        self.match_all(n, self.units.of(n), parse, &self.patterns().within_lines, found);
    }

    /// What lines below each other tell.
    pub(super) fn rows(&self, blocks: &[Block], found: &mut Vec<Found>) {
        for block in blocks {
            let before = found.len();
            self.match_all(block.sentence, &block.units, None, &self.patterns().across_lines, found);
            // in one block the posts stand all above the names, or all below them
            if self.of_posts {
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
        parse: Option<&Parse<'_>>,
        patterns: &Choice,
        found: &mut Vec<Found>,
    ) {
        let (doc, entities) = (self.doc, self.entities);
        // from most words no pattern matches
        let opens = |unit: &Unit| !matches!(unit, Unit::Token(t) if !doc.class(*t).any(Classes::OPENER));
        let all = !patterns.first.anything.is_empty();
        // the units before which patterns that begin with a list need not be tried again
        let mut passed: FxHashMap<OfRule, usize> = FxHashMap::default();
        for (start, &unit) in units.iter().enumerate().filter(|(_, unit)| all || opens(unit)) {
            let next = units.get(start + 1).copied();
            let mut spoken = None;
            for of_rule in patterns.at(unit, next, doc, entities) {
                let &(number, pattern) = of_rule;
                // the first pattern of a rule that matches here speaks for it
                if spoken == Some(number) {
                    continue;
                }
                let rule = &self.rules.rules[number];
                let pattern = &rule.patterns[pattern];
                if !pattern.goes_on(doc, next) {
                    continue;
                }
                if passed.get(of_rule).is_some_and(|&end| start < end) {
                    continue;
                }
                let hit = match pattern.match_at(doc, entities, units, start) {
                    Ok(hit) => {
                        // what is told of all members need not be told of the later ones again
                        if !self.of_posts && hit.list > 1 {
                            passed.insert(*of_rule, start + hit.list);
                        }
                        hit
                    }
                    Err(end) => {
                        if end > start + 1 {
                            passed.insert(*of_rule, end);
                        }
                        continue;
                    }
                };
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
    fn modality(&self, units: &[Unit], start: usize, targets: &[usize], parse: Option<&Parse<'_>>) -> Modality {
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
            // `in the South China Sea, Vietnam …`
            (Some(place), Some(state)) => {
                let water = matches!(place.kind(), "sea" | "strait" | "gulf" | "river");
                let states = place.states().count();
                (!water || states == 1) && (states == 0 || shares_state(place, state))
            }
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

/// `former`, `then`, `ex-` before a post; `candidate` behind it, `-elect` at its end.
fn pattern_modality(
    doc: &Document<'_>,
    entities: &Entities,
    units: &[Unit],
    start: usize,
    targets: &[usize],
) -> Modality {
    let posts = targets.iter().map(|&m| &entities.mentions[m]).filter(|m| m.kind == EntityType::Role);
    for at in std::iter::once(first_token(entities, units[start])).chain(posts.map(|post| post.tokens.start)) {
        for back in 1..=2 {
            if let Some(b) = at.checked_sub(back)
                && b >= first_token(entities, units[0])
                && entities.mention_at(b).is_none()
            {
                let class = doc.class(b);
                let status = if class.any(Classes::FORMER) {
                    Status::Former
                } else if class.any(Classes::INCOMING) {
                    Status::Planned
                } else {
                    continue;
                };
                return Modality { status, cue: b..b + 1 };
            }
        }
    }
    for &m in targets {
        let first = entities.mentions[m].tokens.start;
        if doc.class(first).any(Classes::INCOMING) {
            return Modality { status: Status::Planned, cue: first..first + 1 };
        }
        let end = entities.mentions[m].tokens.end;
        let behind = if doc.is_hyphen(end) { end + 1 } else { end };
        if let Some(at) = [end - 1, behind].into_iter().find(|&at| doc.class(at).any(Classes::NOMINEE)) {
            return Modality { status: Status::Planned, cue: at..at + 1 };
        }
    }
    Modality::default()
}
