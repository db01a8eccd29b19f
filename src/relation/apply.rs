//! Applies the rules to a document, sentence by sentence.

use super::pattern::{Unit, units};
use super::referents::{Discourse, Reader};
use super::rule::{Rule, RuleSet, Slot, Types};
use crate::entity::{Entities, EntityIndex};
use crate::gazetteer::Gazetteer;
use crate::schema::{EntityType, Status};
use crate::syntax::{ItemKind, Parse, Voice, parse};
use crate::text::document::Document;
use crate::text::layout::Zone;
use crate::text::lexicon::{Classes, Form, Lexicon};
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

/// The relation that tells who holds a post; the others stand on it.
const HOLDS_ROLE: &str = "holds_role";

/// All relations of a document, and the parses of its sentences.
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
            patterns(
                doc,
                rules,
                entities,
                n,
                &mut found,
                |rule| rule.relation == HOLDS_ROLE,
                |_, _| true,
                |_, status| status,
            );
        }
    }
    found = one_holder(doc, entities, found);
    for relation in &found {
        if rules.rules[relation.rule].relation == HOLDS_ROLE && relation.status == Status::Asserted {
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
        let tree = parse(doc, lexicon, entities, sentence);
        patterns(
            doc,
            rules,
            entities,
            n,
            &mut found,
            |rule| rule.relation != HOLDS_ROLE,
            |a, b| is_larger(gazetteer, entities, a, b),
            |at, status| {
                let verb = tree.verb_before(at).or_else(|| tree.verb_after(at));
                match (status, verb) {
                    (Status::Asserted, Some(v)) => verb_status(&tree, lexicon, v),
                    _ => status,
                }
            },
        );
        let mut engine = Engine {
            reader: Reader { doc, lexicon, entities, discourse: &mut discourse, aside: 0..0 },
            rules,
            parse: &tree,
            sentence: n,
            found: &mut found,
            loose: false,
        };
        engine.verbs();
        engine.phrases();
        engine.nouns();
        let subjects = engine.subjects();
        let introduces = sentence.end > sentence.start && doc.is(sentence.end - 1, ":");
        if introduces {
            let first = if subjects.is_empty() { engine.first_phrase() } else { subjects.clone() };
            engine.reader.discourse.lead = first;
        } else if !sentence.listed {
            engine.reader.discourse.lead.clear();
        }
        if !subjects.is_empty() {
            discourse.subjects = subjects;
        }
        parses.push(tree);
    }
    (dedup(rules, found), parses, discourse)
}

/// Chooses among readings of `A, post, B, post`: what stands side by side belongs together; else the list is read from its
/// beginning, each post and each person once.
fn one_holder(doc: &Document<'_>, entities: &Entities, found: Vec<Found>) -> Vec<Found> {
    let mut taken: FxHashMap<usize, usize> = FxHashMap::default();
    let mut led: FxHashMap<usize, ()> = FxHashMap::default();
    let mut keep = vec![false; found.len()];
    // by closeness: nothing between; something, but no comma; a comma
    let closeness = |f: &Found| {
        let (a, b) = (&entities.mentions[f.mentions.0].tokens, &entities.mentions[f.mentions.1].tokens);
        let gap = a.end.min(b.end)..a.start.max(b.start);
        usize::from(gap.clone().any(|i| doc.is(i, ",")))
    };
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| (closeness(&found[i]), found[i].trigger.start, found[i].trigger.end));
    for i in order {
        let relation = &found[i];
        let (person, role) = relation.mentions;
        let comma = closeness(relation) == 1;
        let before = entities.mentions[role].tokens.start < entities.mentions[person].tokens.start;
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

/// Rules that are patterns of mentions and words.
fn patterns(
    doc: &Document<'_>,
    rules: &RuleSet,
    entities: &Entities,
    n: usize,
    found: &mut Vec<Found>,
    wanted: impl Fn(&Rule) -> bool,
    larger: impl Fn(usize, usize) -> bool,
    status_at: impl Fn(usize, Status) -> Status,
) {
    let sentence = &doc.sentences[n];
    let units = units(doc, entities, sentence.start..sentence.end);
    for start in 0..units.len() {
        for &number in &rules.patterns {
            let rule = &rules.rules[number];
            if !wanted(rule) {
                continue;
            }
            // the first pattern of a rule that matches here speaks for it
            let Some(hit) = rule.patterns.iter().find_map(|p| p.match_at(doc, entities, &units, start)) else {
                continue;
            };
            let status = rule.status.unwrap_or_else(|| {
                status_at(hit.tokens.start, pattern_status(doc, entities, &units, start, &hit.targets))
            });
            for &source in &hit.sources {
                for &target in &hit.targets {
                    if rule.nested && !larger(source, target) {
                        continue;
                    }
                    found.push(Found {
                        rule: number,
                        source: entities.of[source],
                        target: entities.of[target],
                        status,
                        trigger: hit.tokens.clone(),
                        sentence: n,
                        mentions: (source, target),
                    });
                }
            }
        }
    }
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
            (Some(place), Some(state)) => {
                place.states.is_empty() || place.states.iter().any(|s| state.states.contains(s))
            }
            _ => true,
        };
    }
    match (entry(source), entry(target)) {
        (Some(a), Some(b)) => rank(&a.kind) < rank(&b.kind) && a.states.iter().any(|s| b.states.contains(s)),
        (None, Some(b)) => rank(&b.kind) >= 1,
        _ => false,
    }
}

/// `former`, `then`, `ex-` before a post; `candidate`, `-elect` behind it.
fn pattern_status(doc: &Document<'_>, entities: &Entities, units: &[Unit], start: usize, targets: &[usize]) -> Status {
    let first = match units[start] {
        Unit::Mention(m) => entities.mentions[m].tokens.start,
        Unit::Token(t) => t,
    };
    let mut places = vec![first];
    places.extend(
        targets
            .iter()
            .filter(|&&m| entities.mentions[m].kind == EntityType::Role)
            .map(|&m| entities.mentions[m].tokens.start),
    );
    for at in places {
        for back in 1..=2 {
            if let Some(b) = at.checked_sub(back)
                && entities.mention_at(b).is_none()
                && doc.class(b).any(Classes::FORMER)
            {
                return Status::Former;
            }
        }
    }
    for &m in targets {
        let end = entities.mentions[m].tokens.end;
        if doc.class(end).any(Classes::NOMINEE) || (doc.is_hyphen(end) && doc.class(end + 1).any(Classes::NOMINEE)) {
            return Status::Planned;
        }
    }
    Status::Asserted
}

struct Engine<'e, 'r, 't> {
    reader: Reader<'r, 't>,
    rules: &'e RuleSet,
    parse: &'e Parse,
    sentence: usize,
    found: &'e mut Vec<Found>,
    /// Look through nouns that are nothing by themselves.
    loose: bool,
}

impl Engine<'_, '_, '_> {
    /// Who the finite verbs of the sentence are about.
    fn subjects(&mut self) -> Vec<EntityIndex> {
        let mut out = Vec::new();
        for verb in 0..self.parse.verbs.len() {
            if !self.parse.verbs[verb].finite {
                continue;
            }
            for phrase in self.parse.subject(self.reader.doc, verb) {
                for entity in self.reader.referents(self.parse, phrase) {
                    if !out.contains(&entity) {
                        out.push(entity);
                    }
                }
            }
            if !out.is_empty() {
                break;
            }
        }
        out
    }

    /// What the first noun phrase of the sentence stands for.
    fn first_phrase(&mut self) -> Vec<EntityIndex> {
        let first = (0..self.parse.phrases.len()).find(|&p| !self.parse.phrases[p].is_date);
        first.map_or(Vec::new(), |p| self.reader.referents(self.parse, p))
    }

    fn verbs(&mut self) {
        for verb in 0..self.parse.verbs.len() {
            let group = self.parse.verbs[verb].clone();
            let Some(numbers) = self.rules.verbs.get(&group.lemma) else { continue };
            for &number in numbers {
                let rule = &self.rules.rules[number];
                if rule.passive.is_some_and(|p| p != (group.voice == Voice::Passive))
                    || self.is_unlike(rule, group.tokens.end)
                {
                    continue;
                }
                let status = rule.status.unwrap_or_else(|| self.verb_status(verb));
                let over = group.finite
                    && (matches!(group.form, Form::Past | Form::PastOrParticiple) || group.perfect)
                    && status == Status::Asserted;
                let status = rule.past.filter(|_| over).unwrap_or(status);
                self.apply(number, Some(verb), group.tokens.clone(), status, None);
            }
        }
    }

    /// What makes the trigger something else stands right behind it.
    fn is_unlike(&self, rule: &Rule, end: usize) -> bool {
        let follows = |words: &Vec<String>| words.iter().enumerate().all(|(i, w)| self.reader.doc.is(end + i, w));
        rule.unless.iter().any(follows) || !rule.requires.is_empty() && !rule.requires.iter().any(follows)
    }

    fn verb_status(&self, verb: usize) -> Status {
        verb_status(self.parse, self.reader.lexicon, verb)
    }

    fn nouns(&mut self) {
        for phrase in 0..self.parse.phrases.len() {
            let this = self.parse.phrases[phrase].clone();
            for at in this.tokens.clone() {
                if self
                    .reader
                    .entities
                    .mention_at(at)
                    .is_some_and(|m| self.reader.entities.mentions[m].found != crate::mention::Found::Reference)
                {
                    continue;
                }
                let Some(numbers) = self.rules.nouns.get(&self.reader.doc.words[at]) else { continue };
                for &number in numbers {
                    let rule = &self.rules.rules[number];
                    if self.is_unlike(rule, at + 1) {
                        continue;
                    }
                    let before = self.parse.verb_before(at);
                    if !rule.governors.is_empty()
                        && before.is_none_or(|v| !rule.governors.contains(&self.parse.verbs[v].lemma))
                    {
                        continue;
                    }
                    // `express support`, not `note the importance of support`
                    let object = |v: usize| self.parse.object(self.reader.doc, v).contains(&phrase);
                    if rule.object && !before.is_some_and(object) {
                        continue;
                    }
                    let verb = before.or_else(|| self.parse.verb_after(at));
                    let status = rule.status.unwrap_or_else(|| verb.map_or(Status::Asserted, |v| self.verb_status(v)));
                    self.apply(number, verb, at..at + 1, status, Some(phrase));
                }
            }
        }
    }

    fn phrases(&mut self) {
        let tokens = self.parse.tokens.clone();
        let mut at = tokens.start;
        while at < tokens.end {
            let mut next = at + 1;
            if let Some(candidates) = self.rules.phrases.get(&self.reader.doc.words[at]) {
                let mut longest = 0;
                for (words, number) in candidates {
                    if words.len() < longest
                        || at + words.len() > tokens.end
                        || !words.iter().enumerate().all(|(i, w)| self.reader.doc.words[at + i] == *w)
                    {
                        continue;
                    }
                    if self.reader.entities.mention_at(at).is_some()
                        && self.reader.entities.mention_at(at + words.len() - 1).is_some()
                    {
                        continue;
                    }
                    longest = words.len();
                    next = at + longest;
                    let rule = &self.rules.rules[*number];
                    if self.is_unlike(rule, next) {
                        continue;
                    }
                    let before = self.parse.verb_before(at);
                    if !rule.governors.is_empty()
                        && before.is_none_or(|v| !rule.governors.contains(&self.parse.verbs[v].lemma))
                    {
                        continue;
                    }
                    let verb = before.or_else(|| self.parse.verb_after(next));
                    let status = rule.status.unwrap_or_else(|| verb.map_or(Status::Asserted, |v| self.verb_status(v)));
                    self.apply(*number, verb, at..next, status, None);
                }
            }
            at = next;
        }
    }

    /// Finds the arguments of a trigger and records what they give.
    fn apply(
        &mut self,
        number: usize,
        verb: Option<usize>,
        trigger: Range<usize>,
        status: Status,
        phrase: Option<usize>,
    ) {
        let rules = self.rules;
        let rule = &rules.rules[number];
        let sources = self.fill(&rule.source, rule.source_types, verb, &trigger, phrase);
        if sources.is_empty() {
            return;
        }
        let push = |source: EntityIndex, target: EntityIndex, found: &mut Vec<Found>| {
            if source != target {
                found.push(Found {
                    rule: number,
                    source,
                    target,
                    status,
                    trigger: trigger.clone(),
                    sentence: self.sentence,
                    mentions: (0, 0),
                });
            }
        };
        if rule.target.first() == Some(&Slot::EachOther) {
            for (i, &a) in sources.iter().enumerate() {
                for &b in &sources[i + 1..] {
                    if sources.len() <= 12 {
                        push(a, b, self.found);
                    }
                }
            }
            return;
        }
        let targets = {
            let types = rule.target_types;
            let mut engine = Engine {
                reader: Reader {
                    doc: self.reader.doc,
                    lexicon: self.reader.lexicon,
                    entities: self.reader.entities,
                    discourse: self.reader.discourse,
                    aside: 0..0,
                },
                rules,
                parse: self.parse,
                sentence: self.sentence,
                found: self.found,
                loose: rule.loose,
            };
            engine.fill(&rule.target, types, verb, &trigger, phrase)
        };
        // many with many is a list that was read wrong
        if sources.len() * targets.len() > 24 {
            return;
        }
        for &source in &sources {
            for &target in &targets {
                if !rule.named || self.reader.entities.list[target].named {
                    push(source, target, self.found);
                }
            }
        }
    }

    /// The entities in the first of the slots that has any of the right types.
    fn fill(
        &mut self,
        slots: &[Slot],
        types: Types,
        verb: Option<usize>,
        trigger: &Range<usize>,
        phrase: Option<usize>,
    ) -> Vec<EntityIndex> {
        for slot in slots {
            let found = self.slot(slot, types, verb, trigger, phrase);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn slot(
        &mut self,
        slot: &Slot,
        types: Types,
        verb: Option<usize>,
        trigger: &Range<usize>,
        phrase: Option<usize>,
    ) -> Vec<EntityIndex> {
        let doc = self.reader.doc;
        let parse = self.parse;
        let after_item = parse.item_from(trigger.end);
        match slot {
            Slot::Subject => verb.map_or(Vec::new(), |v| self.subject(v, types)),
            Slot::Object => verb.map_or(Vec::new(), |v| self.typed(&parse.object(doc, v), types)),
            Slot::Agent => verb.map_or(Vec::new(), |v| match parse.verbs[v].voice {
                Voice::Active => self.subject(v, types),
                Voice::Passive => self.typed(&parse.complement(doc, v, "by"), types),
            }),
            Slot::Patient => verb.map_or(Vec::new(), |v| match parse.verbs[v].voice {
                Voice::Active => self.typed(&parse.object(doc, v), types),
                Voice::Passive => self.subject(v, types),
            }),
            Slot::After => {
                let mut item = after_item;
                while matches!(parse.kind(item), Some(ItemKind::QuoteMark | ItemKind::Adverb | ItemKind::Stop)) {
                    item += 1;
                }
                match parse.phrase_at_item(item) {
                    Some(_) => self.typed(&parse.list(doc, item), types),
                    None => Vec::new(),
                }
            }
            Slot::Before => self.before(trigger.start, types),
            Slot::Actor => {
                if let Some(v) = verb {
                    if parse.verbs[v].voice == Voice::Passive {
                        let by = parse.complement(doc, v, "by");
                        let found = self.typed(&by, types);
                        if !found.is_empty() {
                            return found;
                        }
                    }
                    let found = self.subject(v, types);
                    if !found.is_empty() {
                        return found;
                    }
                }
                self.before(trigger.start, types)
            }
            Slot::Thing => {
                if let Some(v) = verb {
                    let phrases = match parse.verbs[v].voice {
                        Voice::Active => parse.object(doc, v),
                        Voice::Passive => parse.subject(doc, v),
                    };
                    let found = self.typed(&phrases, types);
                    if !found.is_empty() {
                        return found;
                    }
                    let found = self.subject(v, types);
                    if !found.is_empty() {
                        return found;
                    }
                }
                self.before(trigger.start, types)
            }
            Slot::Possessor => match phrase.or_else(|| self.phrase_of(trigger.start)) {
                Some(p) => {
                    let owners = self.reader.possessors(parse, p, trigger.start);
                    self.of_types(owners, types)
                }
                None => Vec::new(),
            },
            Slot::EachOther => Vec::new(),
            Slot::Itself => match phrase.or_else(|| self.phrase_of(trigger.start)) {
                Some(p) => self.typed(&[p], types),
                None => Vec::new(),
            },
            Slot::Date => self.date(verb, after_item),
            Slot::With(preposition) => {
                let found = match (verb, phrase) {
                    (Some(v), None) if parse.verbs[v].tokens.end <= trigger.end => {
                        parse.complement(doc, v, preposition)
                    }
                    // `the leadership of A`: what hangs on the noun itself
                    (_, Some(_))
                        if preposition == "of" && parse.kind(after_item).is_none_or(|k| k != ItemKind::Preposition) =>
                    {
                        Vec::new()
                    }
                    (_, Some(_)) => parse.first_complement(doc, after_item, preposition),
                    _ => parse.complement_from(doc, after_item, preposition),
                };
                self.typed(&found, types)
            }
        }
    }

    /// The first date behind the trigger in its clause, else one that opens the sentence.
    fn date(&self, verb: Option<usize>, after: usize) -> Vec<EntityIndex> {
        let parse = self.parse;
        let date_in = |phrase: usize| {
            parse.phrases[phrase]
                .mentions
                .iter()
                .find(|&&m| self.reader.entities.mentions[m].kind == EntityType::Date && parse.phrases[phrase].is_date)
                .map(|&m| self.reader.entities.of[m])
        };
        for i in after..parse.items.len().min(after + 24) {
            match parse.items[i].kind {
                ItemKind::Phrase(p) => {
                    if let Some(date) = date_in(p) {
                        return vec![date];
                    }
                }
                ItemKind::Verb(_) | ItemKind::Relative | ItemKind::Subordinator | ItemKind::Stop => break,
                _ => {}
            }
        }
        // `On 9 October, A signed`, `A today launched`
        let first = verb.map_or(0, |v| parse.verbs[v].item);
        let opening = parse.items[..first].iter().position(|i| matches!(i.kind, ItemKind::Verb(_))).is_none();
        if opening && verb.is_some_and(|v| parse.verbs[v].finite) {
            for item in &parse.items[..first] {
                if let ItemKind::Phrase(p) = item.kind
                    && let Some(date) = date_in(p)
                {
                    return vec![date];
                }
            }
        }
        Vec::new()
    }

    fn phrase_of(&self, token: usize) -> Option<usize> {
        let item = self.parse.items.partition_point(|i| i.tokens.end <= token);
        self.parse.phrase_at_item(item)
    }

    /// The subject of a verb; where it has further readings (`the opening of a Workshop`), the first of the right type.
    fn subject(&mut self, verb: usize, types: Types) -> Vec<EntityIndex> {
        let phrases = self.parse.subject(self.reader.doc, verb);
        // an item of a list that begins with its verb: `The Meeting: • adopted …`
        if phrases.is_empty() && self.reader.doc.sentences[self.sentence].listed && self.parse.verbs[verb].finite {
            let lead = self.reader.discourse.lead.clone();
            return self.of_types(lead, types);
        }
        let group = &self.parse.verbs[verb];
        if !group.finite && group.voice == Voice::Passive && !self.coordinated(&phrases) {
            for &p in &phrases {
                let found = self.typed(&[p], types);
                if !found.is_empty() {
                    return found;
                }
            }
            return Vec::new();
        }
        self.typed(&phrases, types)
    }

    /// Whether the phrases are one list, and not readings of one another.
    fn coordinated(&self, phrases: &[usize]) -> bool {
        phrases.windows(2).any(|w| {
            let (a, b) = (self.parse.phrases[w[0]].item, self.parse.phrases[w[1]].item);
            let (a, b) = (a.min(b), a.max(b));
            self.parse.items[a..b].iter().any(|i| matches!(i.kind, ItemKind::And))
        })
    }

    fn before(&mut self, token: usize, types: Types) -> Vec<EntityIndex> {
        let item = self.parse.item_from(token);
        let mut i = item;
        let mut steps = 0;
        while i > 0 && steps < 12 {
            steps += 1;
            i -= 1;
            match self.parse.items[i].kind {
                ItemKind::Phrase(p) => {
                    let found = self.typed(&[p], types);
                    if !found.is_empty() {
                        return found;
                    }
                }
                ItemKind::Verb(v) if self.parse.verbs[v].finite => return Vec::new(),
                ItemKind::Stop => return Vec::new(),
                _ => {}
            }
        }
        Vec::new()
    }

    fn typed(&mut self, phrases: &[usize], types: Types) -> Vec<EntityIndex> {
        let mut out = Vec::new();
        for &p in phrases {
            let mut referents = self.reader.referents(self.parse, p);
            if self.loose && !referents.iter().any(|&e| types.has(self.reader.entities.list[e].kind)) {
                referents = self.reader.behind(self.parse, p);
            }
            for entity in self.of_types(referents, types) {
                if !out.contains(&entity) {
                    out.push(entity);
                }
            }
        }
        out
    }

    fn of_types(&self, found: Vec<EntityIndex>, types: Types) -> Vec<EntityIndex> {
        found.into_iter().filter(|&e| types.has(self.reader.entities.list[e].kind)).collect()
    }
}

/// Status of a verb, with what governs it.
fn verb_status(parse: &Parse, lexicon: &Lexicon, verb: usize) -> Status {
    let group = &parse.verbs[verb];
    if group.voice == Voice::Passive && !group.finite && !group.infinitive {
        // a participle that modifies a noun
        return group.status;
    }
    status_of_chain(parse, lexicon, verb, 5)
}

/// An infinitive or gerund takes its status from the verb that it hangs on.
fn status_of_chain(parse: &Parse, lexicon: &Lexicon, verb: usize, depth: usize) -> Status {
    let group = &parse.verbs[verb];
    if depth == 0 || group.finite || group.status != Status::Asserted {
        return group.status;
    }
    let Some(parent) = verb.checked_sub(1) else { return group.status };
    if group.infinitive && lexicon.classes(parse.verbs[parent].lemma).any(Classes::INTENDING) {
        return if parse.verbs[parent].status == Status::Negated { Status::Negated } else { Status::Planned };
    }
    status_of_chain(parse, lexicon, parent, depth - 1)
}
