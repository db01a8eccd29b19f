//! Relations that are told by verbs, nouns and phrases: a trigger, and arguments in the slots around it.

use super::referents::Reader;
use super::rule::{Rule, RuleSet, Slot};
use super::speech::is_first_person;
use super::trace::{Obstacle, Trace};
use super::{Argument, Found};
use crate::entity::EntityIndex;
use crate::few::Few;
use crate::mention;
use crate::schema::{EntityType, Status};
use crate::syntax::{ItemKind, Modality, Parse, Voice};
use crate::text::lexicon::{Classes, Form};
use std::ops::Range;

/// Applies the rules to one sentence.
pub(super) struct Engine<'e, 'r, 't> {
    pub(super) reader: Reader<'r, 't>,
    pub(super) rules: &'e RuleSet,
    pub(super) parse: &'e Parse<'e>,
    pub(super) sentence: usize,
    pub(super) found: &'e mut Vec<Found>,
    pub(super) trace: &'e mut Trace,
    /// Look through nouns that are nothing by themselves.
    pub(super) loose: bool,
    /// Triggers that need what the others found.
    pub(super) waiting: Vec<(Trigger, Modality)>,
}

/// A trigger in its sentence.
#[derive(Clone, Debug)]
pub(super) struct Trigger {
    pub(super) rule: usize,
    pub(super) tokens: Range<usize>,
    /// The verb that it is, or that governs it.
    pub(super) verb: Option<usize>,
    /// The noun phrase that it heads.
    pub(super) phrase: Option<usize>,
}

impl Engine<'_, '_, '_> {
    /// Who the finite verbs of the sentence are about.
    pub(super) fn subjects(&mut self) -> Few<EntityIndex> {
        let mut out = Few::new();
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
    pub(super) fn first_phrase(&mut self) -> Few<EntityIndex> {
        let first = (0..self.parse.phrases.len()).find(|&p| !self.parse.phrases[p].is_date);
        first.map_or(Few::new(), |p| self.reader.referents(self.parse, p))
    }

    pub(super) fn verbs(&mut self) {
        let rules = self.rules;
        for verb in 0..self.parse.verbs.len() {
            let group = &self.parse.verbs[verb];
            let Some(numbers) = rules.verbs.get(&group.lemma) else { continue };
            for &number in numbers {
                let rule = &rules.rules[number];
                let trigger = Trigger { rule: number, tokens: group.tokens.clone(), verb: Some(verb), phrase: None };
                let stopped = if rule.passive.is_some_and(|p| p != (group.voice == Voice::Passive)) {
                    Some(Obstacle::Voice)
                } else if rule.direct && group.infinitive && self.parse.follows_noun(group.item) {
                    Some(Obstacle::Infinitive)
                } else {
                    self.unlike(rule, group.tokens.end)
                };
                if !self.has_required(rule, group.tokens.end) {
                    continue;
                }
                if let Some(obstacle) = stopped {
                    self.trace.note(&trigger, self.sentence, obstacle);
                    continue;
                }
                let mut modality = self.modality(rule, Some(verb));
                let over = group.finite
                    && (matches!(group.form, Form::Past | Form::PastOrParticiple) || group.perfect)
                    && modality.status == Status::Asserted;
                if let Some(status) = rule.past.filter(|_| over) {
                    modality = Modality { status, cue: group.tokens.clone() };
                }
                self.apply(&trigger, &modality);
            }
        }
    }

    /// `Malaysia-led initiative`, `Japan-funded project`: a participle that a hyphen ties to who does it.
    pub(super) fn compounds(&mut self) {
        let rules = self.rules;
        for phrase in 0..self.parse.phrases.len() {
            let this = &self.parse.phrases[phrase];
            for &m in &this.mentions {
                let name = self.reader.entities.mentions[m].tokens.clone();
                let at = name.end;
                if !self.reader.doc.is_hyphen(at) || !self.reader.doc.is_joined(at) || !this.tokens.contains(&(at + 1))
                {
                    continue;
                }
                let Some(verb) = self.reader.lexicon.verb(self.reader.doc.words[at + 1]) else { continue };
                if !matches!(verb.form, Form::PastOrParticiple | Form::Participle) {
                    continue;
                }
                for &number in rules.verbs.get(&verb.lemma).map(Vec::as_slice).unwrap_or_default() {
                    let rule = &rules.rules[number];
                    if rule.source.first() != Some(&Slot::Patient) || rule.passive == Some(false) {
                        continue;
                    }
                    let target = Argument { entity: self.reader.entities.of[m], tokens: name.clone() };
                    if !rule.target_types.has(self.reader.entities.list[target.entity].kind) {
                        continue;
                    }
                    let trigger = Trigger { rule: number, tokens: at + 1..at + 2, verb: None, phrase: Some(phrase) };
                    for source in self.typed(&[phrase], rule.source_types) {
                        self.record(&trigger, &Modality::default(), &source, &target);
                    }
                }
            }
        }
    }

    /// Whether a noun or phrase stands under a verb that its rule allows; `before` is the verb before it, `nearest` that or, where
    /// none is, the one behind it.
    fn is_governed(&self, rule: &Rule, before: Option<usize>, nearest: Option<usize>) -> bool {
        let lemma = |v: usize| self.parse.verbs[v].lemma;
        let wanted = rule.governors.is_empty() || before.is_some_and(|v| rule.governors.contains(&lemma(v)));
        wanted && !nearest.is_some_and(|v| rule.not_governors.contains(&lemma(v)))
    }

    /// Whether nothing but adverbs and marks stands before a token.
    fn opens_sentence(&self, at: usize) -> bool {
        let before = &self.parse.items[..self.parse.item_from(at)];
        before.iter().all(|i| matches!(i.kind, ItemKind::Adverb | ItemKind::QuoteMark | ItemKind::Comma))
    }

    fn follows(&self, words: &[String], end: usize) -> bool {
        words.iter().enumerate().all(|(i, w)| self.reader.doc.is(end + i, w))
    }

    /// Whether the words that make the trigger whole stand right behind it (`took` + `place`).
    fn has_required(&self, rule: &Rule, end: usize) -> bool {
        rule.requires.is_empty() || rule.requires.iter().any(|words| self.follows(words, end))
    }

    /// What right behind the trigger makes it something else.
    fn unlike(&self, rule: &Rule, end: usize) -> Option<Obstacle> {
        let words = rule.unless.iter().find(|words| self.follows(words, end))?;
        Some(Obstacle::Unless(words.join(" ")))
    }

    /// The rules of the longer triggers that the noun at a token stands within: `in close cooperation with`.
    fn phrases_around(&self, at: usize) -> Few<usize> {
        const LONGEST: usize = 5;
        let doc = self.reader.doc;
        let before = at.saturating_sub(LONGEST).max(self.parse.tokens.start)..at;
        doc.of_class(before, Classes::TRIGGER)
            .flat_map(|start| self.rules.phrases(&doc.words[start..]).map(move |(length, rule)| (start + length, rule)))
            .filter_map(|(end, rule)| (end > at + 1).then_some(rule))
            .collect()
    }

    pub(super) fn nouns(&mut self) {
        let (doc, parse) = (self.reader.doc, self.parse);
        let mut phrase = 0;
        for at in doc.of_class(parse.tokens.clone(), Classes::TRIGGER) {
            while parse.phrases.get(phrase).is_some_and(|p| p.tokens.end <= at) {
                phrase += 1;
            }
            if parse.phrases.get(phrase).is_some_and(|p| p.tokens.start <= at) {
                self.noun(at, phrase);
            }
        }
    }

    fn noun(&mut self, at: usize, phrase: usize) {
        let rules = self.rules;
        let entities = &self.reader.entities;
        let is_name = |m: usize| entities.mentions[m].found != mention::Found::Reference;
        if entities.mention_at(at).is_some_and(is_name) {
            return;
        }
        let Some(numbers) = rules.nouns.get(&self.reader.doc.words[at]) else { return };
        let before = self.parse.verb_before(at);
        let verb = before.or_else(|| self.parse.verb_after(at));
        let around = self.phrases_around(at);
        for &number in numbers {
            let rule = &rules.rules[number];
            if !self.has_required(rule, at + 1) {
                continue;
            }
            let trigger = Trigger { rule: number, tokens: at..at + 1, verb, phrase: Some(phrase) };
            let object = |v: usize| self.parse.object(self.reader.doc, v).contains(&phrase);
            let stopped = if around.iter().any(|&longer| rules.rules[longer].relation == rule.relation) {
                Some(Obstacle::LongerTrigger)
            } else if !self.is_governed(rule, before, verb) {
                Some(Obstacle::Governor)
            } else if rule.object && !before.is_some_and(object) {
                // `express support`, not `note the importance of support`
                Some(Obstacle::NotObject)
            } else {
                self.unlike(rule, at + 1)
            };
            if let Some(obstacle) = stopped {
                self.trace.note(&trigger, self.sentence, obstacle);
                continue;
            }
            let modality = self.without(phrase).unwrap_or_else(|| self.modality(rule, verb));
            self.apply(&trigger, &modality);
        }
    }

    /// `without the support of A`
    fn without(&self, phrase: usize) -> Option<Modality> {
        let before = &self.parse.items[self.parse.phrases[phrase].item.checked_sub(1)?];
        let cue = before.tokens.clone();
        self.reader.doc.is(cue.start, "without").then_some(Modality { status: Status::Negated, cue })
    }

    pub(super) fn phrases(&mut self) {
        let rules = self.rules;
        let tokens = self.parse.tokens.clone();
        let mut next = tokens.start;
        while let Some(at) = self.reader.doc.of_class(next..tokens.end, Classes::TRIGGER).next() {
            let words = &self.reader.doc.words;
            next = at + 1;
            let mut longest = 0;
            for (length, number) in rules.phrases(&words[at..tokens.end]) {
                if length < longest {
                    break;
                }
                let end = at + length;
                let entities = &self.reader.entities;
                if entities.mention_at(at).is_some() && entities.mention_at(end - 1).is_some() {
                    continue;
                }
                longest = length;
                next = end;
                let rule = &rules.rules[number];
                if !self.has_required(rule, next) || rule.opening && !self.opens_sentence(at) {
                    continue;
                }
                let before = self.parse.verb_before(at);
                let nearest = before.or_else(|| self.parse.verb_after(at));
                let verb = before.or_else(|| self.parse.verb_after(next));
                let trigger = Trigger { rule: number, tokens: at..next, verb, phrase: None };
                // what opens a sentence has its verb behind it: `Also present at the ceremony were`
                let governor = if rule.opening { verb } else { before };
                let stopped = if self.is_governed(rule, governor, governor.or(nearest)) {
                    self.unlike(rule, next)
                } else {
                    Some(Obstacle::Governor)
                };
                if let Some(obstacle) = stopped {
                    self.trace.note(&trigger, self.sentence, obstacle);
                    continue;
                }
                let modality = self.modality(rule, verb);
                self.apply(&trigger, &modality);
            }
        }
    }

    /// The status that the rule fixes, else that of the verb.
    fn modality(&self, rule: &Rule, verb: Option<usize>) -> Modality {
        match (rule.status, verb) {
            (Some(status), _) => Modality { status, cue: 0..0 },
            (None, Some(verb)) => self.parse.status(self.reader.lexicon, verb),
            (None, None) => Modality::default(),
        }
    }

    /// What builds on the relations of the sentence: `A visited B, accompanied by C`.
    pub(super) fn occasions(&mut self) {
        for (trigger, modality) in std::mem::take(&mut self.waiting) {
            self.relate(&trigger, &modality);
        }
    }

    fn apply(&mut self, trigger: &Trigger, modality: &Modality) {
        if self.rules.rules[trigger.rule].target.contains(&Slot::Occasion) {
            self.waiting.push((trigger.clone(), modality.clone()));
        } else {
            self.relate(trigger, modality);
        }
    }

    /// Finds the arguments of a trigger and records what they give.
    fn relate(&mut self, trigger: &Trigger, modality: &Modality) {
        let rules = self.rules;
        let rule = &rules.rules[trigger.rule];
        let mut sources = self.fill(&rule.source, rule.source_types, trigger);
        if sources.is_empty() {
            return self.trace.note(trigger, self.sentence, Obstacle::NoSource);
        }
        if rule.target.first() == Some(&Slot::EachOther) {
            const CROWD: usize = 12;
            // `A and B met the visitors`: others than each other
            let others = |v: usize| !self.parse.object(self.reader.doc, v).is_empty();
            if trigger.phrase.is_none() && rule.requires.is_empty() && trigger.verb.is_some_and(others) {
                return self.trace.note(trigger, self.sentence, Obstacle::NoTarget);
            }
            if sources.len() > CROWD {
                return self.trace.note(trigger, self.sentence, Obstacle::TooMany);
            }
            if sources.len() < 2 {
                return self.trace.note(trigger, self.sentence, Obstacle::NoTarget);
            }
            for (i, a) in sources.iter().enumerate() {
                for b in &sources[i + 1..] {
                    self.record(trigger, modality, a, b);
                }
            }
            return;
        }
        self.loose = rule.loose;
        let targets = self.fill(&rule.target, rule.target_types, trigger);
        self.loose = false;
        if targets.is_empty() {
            return self.trace.note(trigger, self.sentence, Obstacle::NoTarget);
        }
        // `his meetings with A and B`: these two are one side
        if trigger.phrase.is_some() {
            let same =
                |source: &Argument| targets.iter().any(|t| t.entity == source.entity && t.tokens == source.tokens);
            sources.retain(|source| !same(source));
        }
        // many with many is a list that was read wrong
        const MANY: usize = 24;
        if sources.len() * targets.len() > MANY {
            return self.trace.note(trigger, self.sentence, Obstacle::TooMany);
        }
        for source in &sources {
            for target in &targets {
                let nameless = |argument: &Argument| !self.reader.entities.list[argument.entity].named;
                if rule.named && nameless(target) || rule.named_source && nameless(source) {
                    self.trace.note(trigger, self.sentence, Obstacle::Nameless);
                } else {
                    self.record(trigger, modality, source, target);
                }
            }
        }
    }

    /// `welcomed A as the incoming Chief`: a post that is not yet held
    fn incoming(&self, target: &Argument) -> Option<Modality> {
        let before = target.tokens.start.checked_sub(1)?;
        let entities = &self.reader.entities;
        let post = entities.list[target.entity].kind == EntityType::Role;
        (post && self.reader.doc.class(before).any(Classes::INCOMING))
            .then_some(Modality { status: Status::Planned, cue: before..before + 1 })
    }

    fn record(&mut self, trigger: &Trigger, modality: &Modality, source: &Argument, target: &Argument) {
        // what a speaker says of himself and a thing without name is mostly talk
        let spoken = source.tokens.len() == 1 && is_first_person(self.reader.doc.folded(source.tokens.start));
        if spoken && !self.reader.entities.list[target.entity].named {
            return self.trace.note(trigger, self.sentence, Obstacle::Nameless);
        }
        if source.entity != target.entity {
            self.found.push(Found {
                rule: trigger.rule,
                source: source.clone(),
                target: target.clone(),
                modality: self.incoming(target).unwrap_or_else(|| modality.clone()),
                trigger: trigger.tokens.clone(),
                sentence: self.sentence,
                qualifiers: Vec::new(),
            });
        }
    }
}
