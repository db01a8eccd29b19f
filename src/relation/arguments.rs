//! What stands in the slots of a rule around its trigger.

use super::Argument;
use super::frames::{Engine, Trigger};
use super::rule::{Slot, Types};
use crate::entity::EntityIndex;
use crate::few::{Few, one};
use crate::schema::EntityType;
use crate::syntax::{ItemKind, PhraseHead, Voice};
use crate::text::lexicon::{Classes, Form};
use std::ops::Range;

impl Engine<'_, '_, '_> {
    /// The entities in the first of the slots that has any of the right types.
    pub(super) fn fill(&mut self, slots: &[Slot], types: Types, trigger: &Trigger) -> Few<Argument> {
        // what hangs on a noun right behind it: `appreciation for A's support to B`
        let near =
            trigger.phrase.and_then(|p| self.parse.items.get(self.parse.phrases[p].item + 1)).map(|i| i.tokens.start);
        let is_near = |slot: &Slot| {
            near.is_some_and(|at| matches!(slot, Slot::With(preposition) if self.reader.doc.is(at, preposition)))
        };
        let far = slots.iter().filter(|slot| !is_near(slot));
        for slot in slots.iter().filter(|slot| is_near(slot)).chain(far) {
            let found = self.slot(slot, types, trigger);
            if !found.is_empty() {
                return found;
            }
        }
        slots
            .iter()
            .map(|slot| self.listed_below(slot, types, trigger))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// The members of a list behind a colon, where the slot would stand: `was signed by the following:`
    fn listed_below(&self, slot: &Slot, types: Types, trigger: &Trigger) -> Few<Argument> {
        let doc = self.reader.doc;
        let end = doc.sentences[self.sentence].end - 1;
        if !doc.is(end, ":") || trigger.tokens.end > end {
            return Few::new();
        }
        let passive = trigger.verb.is_some_and(|v| self.parse.verbs[v].voice == Voice::Passive);
        let preposition = match slot {
            Slot::With(preposition) => Some(preposition.as_str()),
            Slot::Agent if passive => Some("by"),
            Slot::After | Slot::Object => None,
            Slot::Patient if !passive => None,
            _ => return Few::new(),
        };
        let mut between = trigger.tokens.end..end;
        if preposition.is_some_and(|p| between.next().is_none_or(|t| !doc.is(t, p))) {
            return Few::new();
        }
        let group = |t: usize| doc.class(t).any(Classes::DETERMINER | Classes::COLLECTIVE | Classes::PEOPLE);
        if !between.clone().take(2).any(|t| doc.is(t, "following")) && !between.all(group) {
            return Few::new();
        }
        let entities = &self.reader.entities;
        // up to an item that begins a list of its own
        let items = doc.sentences[self.sentence + 1..].iter().take_while(|s| s.listed && !doc.is(s.end - 1, ":"));
        items
            .filter_map(|item| {
                let mentions = (item.start..item.end).filter_map(|t| entities.mention_at(t));
                let entity = mentions.map(|m| entities.of[m]).find(|&e| types.has(entities.list[e].kind))?;
                Some(Argument { entity: self.reader.holder(entity), tokens: 0..0 })
            })
            .collect()
    }

    fn slot(&mut self, slot: &Slot, types: Types, trigger: &Trigger) -> Few<Argument> {
        let Trigger { verb, phrase, rule, .. } = *trigger;
        let trigger = &trigger.tokens;
        let doc = self.reader.doc;
        let parse = self.parse;
        // the item behind the trigger, or the one that it reaches into (`through its` + `Ministry`)
        let next = parse.item_from(trigger.end);
        let reached = next > 0 && parse.items[next - 1].tokens.end > trigger.end && phrase.is_none();
        let after_item = next - usize::from(reached);
        match slot {
            Slot::Subject => verb.map_or(Few::new(), |v| self.subject(v, types)),
            Slot::Object => verb.map_or(Few::new(), |v| self.typed(&parse.object(doc, v), types)),
            Slot::Agent => verb.map_or(Few::new(), |v| match parse.verbs[v].voice {
                Voice::Active => self.subject(v, types),
                Voice::Passive => self.typed(&parse.complement(doc, v, "by"), types),
            }),
            Slot::Patient => verb.map_or(Few::new(), |v| match parse.verbs[v].voice {
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
                    None => Few::new(),
                }
            }
            Slot::Before => self.before(trigger.start, types, false),
            Slot::Actor => {
                if let Some(v) = verb {
                    if parse.verbs[v].voice == Voice::Passive {
                        let by = parse.complement(doc, v, "by");
                        if !by.is_empty() {
                            return self.typed(&by, types);
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
                    self.of_types(owners, types, |engine, owner| engine.owner_in(p, owner))
                }
                None => Few::new(),
            },
            Slot::EachOther => Few::new(),
            Slot::Itself => match phrase.or_else(|| self.phrase_of(trigger.start)) {
                Some(p) => self.typed(&[p], types),
                None => Few::new(),
            },
            Slot::Date => self.date(verb, after_item),
            Slot::Occasion => self.occasion(types, rule),
            Slot::With(preposition) => {
                let found = match (verb, phrase) {
                    (Some(v), None) if parse.verbs[v].tokens.end <= trigger.end => {
                        parse.complement(doc, v, preposition)
                    }
                    // `the leadership of A`: what hangs on the noun itself
                    (_, Some(_))
                        if preposition == "of" && parse.kind(after_item).is_none_or(|k| k != ItemKind::Preposition) =>
                    {
                        Few::new()
                    }
                    (_, Some(_)) => parse.first_complement(doc, after_item, preposition),
                    _ => parse.complement_from(doc, after_item, preposition),
                };
                self.typed(&found, types)
            }
        }
    }

    /// The first date behind the trigger in its clause, else one that opens the sentence.
    fn date(&self, verb: Option<usize>, after: usize) -> Few<Argument> {
        let parse = self.parse;
        let date_in = |phrase: usize| {
            parse.phrases[phrase]
                .mentions
                .iter()
                .find(|&&m| self.reader.entities.mentions[m].kind == EntityType::Date && parse.phrases[phrase].is_date)
                .map(|&m| self.named(m))
        };
        // `on Tuesday and Wednesday`, `between May and June`, `from 3 May to 5 June`
        let dates_from = |first: Argument, item: usize| {
            let mut dates = one(first);
            let mut i = item + 1;
            while let Some(next) = parse.phrase_at_item(i + 1).and_then(date_in)
                && self.joins_dates(i)
            {
                dates.push(next);
                i += 2;
            }
            dates
        };
        let mut depth = 0usize;
        for i in after..parse.items.len().min(after + 20) {
            match parse.items[i].kind {
                ItemKind::Open => depth += 1,
                ItemKind::Close => depth = depth.saturating_sub(1),
                // `Chair of the 44th session (2011–2012)`
                ItemKind::Phrase(_) if depth > 0 => {}
                ItemKind::Phrase(p) => {
                    // `the Class of 2017`
                    let named_for = i > after && self.reader.doc.is(parse.items[i - 1].tokens.start, "of");
                    if let Some(date) = date_in(p).filter(|_| !named_for) {
                        return dates_from(date, i);
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
            for (i, item) in parse.items[..first].iter().enumerate() {
                if let ItemKind::Phrase(p) = item.kind
                    && let Some(date) = date_in(p)
                {
                    return dates_from(date, i);
                }
            }
        }
        Few::new()
    }

    /// Whether an item joins the date before it to another.
    fn joins_dates(&self, item: usize) -> bool {
        let this = &self.parse.items[item];
        this.kind == ItemKind::And
            || this.kind == ItemKind::Preposition
                && matches!(self.reader.doc.word(this.tokens.start), "to" | "until" | "till")
    }

    /// What the last of the relations that the rule names told of, in this sentence or shortly before: whom A is accompanied by
    /// goes where A goes.
    fn occasion(&self, types: Types, rule: usize) -> Few<Argument> {
        const SENTENCES: usize = 2;
        let rules = &self.rules.rules;
        let near = self.found.iter().rev().take_while(|f| f.sentence + SENTENCES >= self.sentence);
        let mut told = near.filter(|f| rules[rule].builds_on.contains(&rules[f.rule].relation));
        let fits = |e: &EntityIndex| types.has(self.reader.entities.list[*e].kind);
        let last = told.find_map(|f| [f.target.entity, f.source.entity].into_iter().find(fits));
        last.map(|entity| one(Argument { entity, tokens: 0..0 })).unwrap_or_default()
    }

    fn phrase_of(&self, token: usize) -> Option<usize> {
        let item = self.parse.items.partition_point(|i| i.tokens.end <= token);
        self.parse.phrase_at_item(item)
    }

    /// The subject of a verb; where it has further readings (`the opening of a Workshop`), the first of the right type.
    fn subject(&mut self, verb: usize, types: Types) -> Few<Argument> {
        let phrases = self.parse.subject(self.reader.doc, verb);
        // an item of a list that begins with its verb: `The Meeting: • adopted …`
        if phrases.is_empty() && self.reader.doc.sentences[self.sentence].listed && self.parse.verbs[verb].finite {
            // `agreed to: a) Hold a meeting`: an order is for somebody, and not for activities
            let order = self.parse.verbs[verb].form == Form::Base && self.parse.verbs[verb].tokens.len() == 1;
            let acts = |e: &EntityIndex| !order || self.reader.entities.list[*e].kind.is_agent();
            let lead = self.reader.discourse.lead.iter().copied().filter(acts).collect();
            return self.of_types(lead, types, |_, _| 0..0);
        }
        let group = &self.parse.verbs[verb];
        if !group.finite && group.voice == Voice::Passive && !self.coordinated(&phrases) {
            for &p in &phrases {
                let found = self.typed(&[p], types);
                if !found.is_empty() {
                    return found;
                }
            }
            return Few::new();
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
    fn before(&mut self, token: usize, types: Types, actor: bool) -> Few<Argument> {
        let item = self.parse.item_from(token);
        let mut i = item;
        let mut steps = 0;
        while i > 0 && steps < 12 {
            steps += 1;
            i -= 1;
            match self.parse.items[i].kind {
                ItemKind::Phrase(p) => {
                    let skipped = actor && self.parse.is_location(self.reader.doc, i);
                    let found = if skipped { Few::new() } else { self.typed(&[p], types) };
                    if !found.is_empty() {
                        return found;
                    }
                }
                ItemKind::Verb(v) if self.parse.verbs[v].finite => return Few::new(),
                ItemKind::Stop => return Few::new(),
                _ => {}
            }
        }
        Few::new()
    }

    /// What phrases stand for, where it is of the types.
    pub(super) fn typed(&mut self, phrases: &[usize], types: Types) -> Few<Argument> {
        let mut out: Few<Argument> = Few::new();
        for &p in phrases {
            let mut referents = match self.parse.phrases[p].head {
                // `the launch of X`, where X itself will do
                PhraseHead::Noun(t) if self.loose && self.reader.doc.class(t).any(Classes::ACT_NOUN) => {
                    self.reader.behind(self.parse, p)
                }
                // a post, where the post is meant and not who holds it
                PhraseHead::Mention(m) if types.has(EntityType::Role) && !types.has(EntityType::Person) => {
                    one(self.reader.entities.of[m])
                }
                // `a Singaporean`, `Australians`: people, and not their state
                PhraseHead::Mention(m) if self.is_people(m) => continue,
                _ => Few::new(),
            };
            if !referents.iter().any(|&e| types.has(self.reader.entities.list[e].kind)) {
                referents = self.reader.referents(self.parse, p);
            }
            if self.loose && !referents.iter().any(|&e| types.has(self.reader.entities.list[e].kind)) {
                referents = self.reader.behind(self.parse, p);
            }
            for argument in self.of_types(referents, types, |engine, _| engine.words_of(p)) {
                if !out.iter().any(|a| a.entity == argument.entity) {
                    out.push(argument);
                }
            }
        }
        out
    }

    /// Whether an adjective of a state names somebody who belongs to it.
    fn is_people(&self, mention: usize) -> bool {
        let doc = self.reader.doc;
        let mention = &self.reader.entities.mentions[mention];
        let start = mention.tokens.start;
        mention.is_demonym()
            && (doc.folded(mention.tokens.end - 1).ends_with("ns")
                || start > 0 && matches!(doc.word(start - 1), "a" | "an" | "A" | "An"))
    }

    fn of_types(
        &self,
        found: Few<EntityIndex>,
        types: Types,
        tokens: impl Fn(&Self, EntityIndex) -> Range<usize>,
    ) -> Few<Argument> {
        let fits = |e: &EntityIndex| types.has(self.reader.entities.list[*e].kind);
        found.into_iter().filter(fits).map(|entity| Argument { entity, tokens: tokens(self, entity) }).collect()
    }

    fn named(&self, mention: usize) -> Argument {
        let entities = &self.reader.entities;
        Argument { entity: entities.of[mention], tokens: entities.mentions[mention].tokens.clone() }
    }

    /// The words of a phrase that name or refer: the mention at its head, or all of it.
    fn words_of(&self, phrase: usize) -> Range<usize> {
        let this = &self.parse.phrases[phrase];
        match this.head {
            PhraseHead::Mention(m) => self.reader.entities.mentions[m].tokens.clone(),
            // without its article
            PhraseHead::Noun(head) => {
                let start = this.tokens.start;
                let article = start < head && self.reader.doc.class(start).any(Classes::DETERMINER);
                start + usize::from(article)..this.tokens.end
            }
            PhraseHead::Pronoun(_) => this.tokens.clone(),
        }
    }

    /// Where a phrase names its owner: by name, by `its`, or else as a whole.
    fn owner_in(&self, phrase: usize, owner: EntityIndex) -> Range<usize> {
        let this = &self.parse.phrases[phrase];
        let entities = &self.reader.entities;
        let name = this.mentions.iter().find(|&&m| self.reader.holder(entities.of[m]) == owner);
        let pronoun = || this.tokens.clone().find(|&t| self.reader.doc.class(t).any(Classes::POSSESSIVE));
        match name {
            Some(&m) => entities.mentions[m].tokens.clone(),
            None => pronoun().map_or(this.tokens.clone(), |t| t..t + 1),
        }
    }
}
