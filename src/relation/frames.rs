//! Relations that are told by verbs, nouns and phrases: a trigger, and arguments in the slots around it.

use super::Found;
use super::referents::Reader;
use super::rule::{Rule, RuleSet, Slot, Types};
use crate::entity::EntityIndex;
use crate::schema::{EntityType, Status};
use crate::syntax::{ItemKind, Parse, Voice};
use crate::text::lexicon::Form;
use std::ops::Range;

/// Applies the rules to one sentence.
pub(super) struct Engine<'e, 'r, 't> {
    pub(super) reader: Reader<'r, 't>,
    pub(super) rules: &'e RuleSet,
    pub(super) parse: &'e Parse,
    pub(super) sentence: usize,
    pub(super) found: &'e mut Vec<Found>,
    /// Look through nouns that are nothing by themselves.
    pub(super) loose: bool,
}

impl Engine<'_, '_, '_> {
    /// Who the finite verbs of the sentence are about.
    pub(super) fn subjects(&mut self) -> Vec<EntityIndex> {
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
    pub(super) fn first_phrase(&mut self) -> Vec<EntityIndex> {
        let first = (0..self.parse.phrases.len()).find(|&p| !self.parse.phrases[p].is_date);
        first.map_or(Vec::new(), |p| self.reader.referents(self.parse, p))
    }

    pub(super) fn verbs(&mut self) {
        for verb in 0..self.parse.verbs.len() {
            let group = self.parse.verbs[verb].clone();
            let Some(numbers) = self.rules.verbs.get(&group.lemma) else { continue };
            for &number in numbers {
                let rule = &self.rules.rules[number];
                if rule.passive.is_some_and(|p| p != (group.voice == Voice::Passive))
                    || self.is_unlike(rule, group.tokens.end)
                    || rule.direct && group.infinitive && self.parse.follows_noun(group.item)
                {
                    continue;
                }
                let status = rule.status.unwrap_or_else(|| self.parse.status(self.reader.lexicon, verb));
                let over = group.finite
                    && (matches!(group.form, Form::Past | Form::PastOrParticiple) || group.perfect)
                    && status == Status::Asserted;
                let status = rule.past.filter(|_| over).unwrap_or(status);
                self.apply(number, Some(verb), group.tokens.clone(), status, None);
            }
        }
    }

    /// `Malaysia-led initiative`, `Japan-funded project`: a participle that a hyphen ties to who does it.
    pub(super) fn compounds(&mut self) {
        for phrase in 0..self.parse.phrases.len() {
            let this = self.parse.phrases[phrase].clone();
            for &m in &this.mentions {
                let at = self.reader.entities.mentions[m].tokens.end;
                if !self.reader.doc.is_hyphen(at) || !self.reader.doc.is_joined(at) || !this.tokens.contains(&(at + 1))
                {
                    continue;
                }
                let Some(verb) = self.reader.lexicon.verb(self.reader.doc.words[at + 1]) else { continue };
                let numbers = self.rules.verbs.get(&verb.lemma).cloned().unwrap_or_default();
                for number in
                    numbers.into_iter().filter(|_| matches!(verb.form, Form::PastOrParticiple | Form::Participle))
                {
                    let rule = &self.rules.rules[number];
                    if rule.source.first() != Some(&Slot::Patient) || rule.passive == Some(false) {
                        continue;
                    }
                    let agent = self.of_types(vec![self.reader.entities.of[m]], rule.target_types);
                    for source in self.typed(&[phrase], rule.source_types) {
                        for &target in &agent {
                            if source != target {
                                self.found.push(Found {
                                    rule: number,
                                    source,
                                    target,
                                    status: Status::Asserted,
                                    trigger: at + 1..at + 2,
                                    sentence: self.sentence,
                                    mentions: (0, 0),
                                });
                            }
                        }
                    }
                }
            }
        }
    }

    /// Whether a noun or phrase stands under a verb that its rule allows; `before` is the verb before it.
    fn is_governed(&self, rule: &Rule, before: Option<usize>, at: usize) -> bool {
        let lemma = |v: usize| self.parse.verbs[v].lemma;
        let wanted = rule.governors.is_empty() || before.is_some_and(|v| rule.governors.contains(&lemma(v)));
        let nearest = before.or_else(|| self.parse.verb_after(at));
        wanted && !nearest.is_some_and(|v| rule.not_governors.contains(&lemma(v)))
    }

    /// What makes the trigger something else stands right behind it.
    fn is_unlike(&self, rule: &Rule, end: usize) -> bool {
        let follows = |words: &Vec<String>| words.iter().enumerate().all(|(i, w)| self.reader.doc.is(end + i, w));
        rule.unless.iter().any(follows) || !rule.requires.is_empty() && !rule.requires.iter().any(follows)
    }

    /// Whether the noun at a token stands within a longer trigger of the same relation: `in close cooperation with`.
    fn is_inside_phrase(&self, at: usize, relation: &str) -> bool {
        const LONGEST: usize = 5;
        let words = &self.reader.doc.words;
        (at.saturating_sub(LONGEST).max(self.parse.tokens.start)..at).any(|start| {
            self.rules.phrases.get(&words[start]).is_some_and(|candidates| {
                candidates.iter().any(|(phrase, rule)| {
                    start + phrase.len() > at + 1
                        && words[start..].starts_with(phrase)
                        && self.rules.rules[*rule].relation == relation
                })
            })
        })
    }

    pub(super) fn nouns(&mut self) {
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
                    if self.is_unlike(rule, at + 1) || self.is_inside_phrase(at, &rule.relation) {
                        continue;
                    }
                    let before = self.parse.verb_before(at);
                    if !self.is_governed(rule, before, at) {
                        continue;
                    }
                    // `express support`, not `note the importance of support`
                    let object = |v: usize| self.parse.object(self.reader.doc, v).contains(&phrase);
                    if rule.object && !before.is_some_and(object) {
                        continue;
                    }
                    let verb = before.or_else(|| self.parse.verb_after(at));
                    let status = rule.status.unwrap_or_else(|| {
                        verb.map_or(Status::Asserted, |v| self.parse.status(self.reader.lexicon, v))
                    });
                    self.apply(number, verb, at..at + 1, status, Some(phrase));
                }
            }
        }
    }

    pub(super) fn phrases(&mut self) {
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
                    if !self.is_governed(rule, before, at) {
                        continue;
                    }
                    let verb = before.or_else(|| self.parse.verb_after(next));
                    let status = rule.status.unwrap_or_else(|| {
                        verb.map_or(Status::Asserted, |v| self.parse.status(self.reader.lexicon, v))
                    });
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
        // what hangs on a noun right behind it: `appreciation for A's support to B`
        let near = phrase.and_then(|p| self.parse.items.get(self.parse.phrases[p].item + 1)).map(|i| i.tokens.start);
        let is_near = |slot: &Slot| {
            near.is_some_and(|at| matches!(slot, Slot::With(preposition) if self.reader.doc.is(at, preposition)))
        };
        let far = slots.iter().filter(|slot| !is_near(slot));
        for slot in slots.iter().filter(|slot| is_near(slot)).chain(far) {
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
        // the item behind the trigger, or the one that it reaches into (`through its` + `Ministry`)
        let next = parse.item_from(trigger.end);
        let reached = next > 0 && parse.items[next - 1].tokens.end > trigger.end && phrase.is_none();
        let after_item = next - usize::from(reached);
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
            Slot::Before => self.before(trigger.start, types, false),
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
                self.before(trigger.start, types, true)
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
                self.before(trigger.start, types, false)
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

    /// The nearest phrase of the types before a token in its clause; a mere place is no actor.
    fn before(&mut self, token: usize, types: Types, actor: bool) -> Vec<EntityIndex> {
        let item = self.parse.item_from(token);
        let mut i = item;
        let mut steps = 0;
        while i > 0 && steps < 12 {
            steps += 1;
            i -= 1;
            match self.parse.items[i].kind {
                ItemKind::Phrase(p) => {
                    let skipped = actor && self.parse.is_location(self.reader.doc, i);
                    let found = if skipped { Vec::new() } else { self.typed(&[p], types) };
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
