//! What a noun phrase stands for: an entity of its own, a thing named before, the holder of a post, the owner of a group.

use super::discourse::Discourse;
use crate::entity::{Entities, EntityIndex};
use crate::few::{Few, one};
use crate::mention::{Found, Mention};
use crate::schema::EntityType;
use crate::syntax::{ItemKind, Parse, PhraseHead};
use crate::text::document::Document;
use crate::text::lexicon::{Classes, Lexicon, WordId};
use crate::work;

/// Everything that is needed to ask what a phrase stands for.
pub(crate) struct Reader<'r, 't> {
    pub(crate) doc: &'r Document<'t>,
    pub(crate) lexicon: &'r Lexicon,
    pub(crate) entities: &'r mut Entities,
    pub(crate) discourse: &'r mut Discourse,
    /// Tokens in which no pronoun finds what it stands for: somebody else's words.
    pub(crate) aside: std::ops::Range<usize>,
}

impl Reader<'_, '_> {
    /// The entity itself, or the holder where it is a post that somebody holds.
    pub(crate) fn holder(&self, entity: EntityIndex) -> EntityIndex {
        self.discourse.holders.get(&entity).copied().unwrap_or(entity)
    }

    /// What a phrase stands for; more than one where it is a group (`both countries`).
    pub(crate) fn referents(&mut self, parse: &Parse<'_>, phrase: usize) -> Few<EntityIndex> {
        work::steps(12);
        let this = &parse.phrases[phrase];
        match this.head {
            PhraseHead::Mention(m) => {
                let entity = self.entities.of[m];
                // `Indonesia's` as a determiner of nothing: take it as it is
                one(self.holder(entity))
            }
            // `it` as an object may be anything
            PhraseHead::Pronoun(t)
                if self.doc.is(t, "it")
                    && this.item > 0
                    && matches!(parse.items[this.item - 1].kind, ItemKind::Verb(_) | ItemKind::Preposition)
                    // `announced it was working`
                    && !matches!(parse.kind(this.item + 1), Some(ItemKind::Verb(v)) if parse.verbs[v].finite) =>
            {
                Few::new()
            }
            PhraseHead::Pronoun(t) => self.pronoun(parse, phrase, t),
            PhraseHead::Noun(t) => self.noun(parse, phrase, t),
        }
    }

    /// What a noun that is nothing by itself is about: `Indonesia's chairmanship`, `the contributions of Japan`.
    pub(crate) fn behind(&mut self, parse: &Parse<'_>, phrase: usize) -> Few<EntityIndex> {
        let this = &parse.phrases[phrase];
        let PhraseHead::Noun(head) = this.head else { return Few::new() };
        let owners = self.possessors(parse, phrase, head);
        // `today's launch`
        let timed = owners.iter().any(|&e| self.entities.list[e].kind == EntityType::Date);
        if !owners.is_empty() && !timed {
            return owners;
        }
        let mut item = this.item;
        for _ in 0..4 {
            // over `and` to the noun that the `of` follows: `the contributions and support of X`
            while parse.kind(item + 1) == Some(ItemKind::And) && parse.phrase_at_item(item + 2).is_some() {
                item += 2;
            }
            if parse.kind(item + 1) != Some(ItemKind::Preposition)
                || !matches!(self.doc.word(parse.items[item + 1].tokens.start), "of" | "for" | "by" | "in")
            {
                break;
            }
            let Some(next) = parse.phrase_at_item(item + 2) else { break };
            let found = self.referents(parse, next);
            if !found.is_empty() {
                return found;
            }
            if let PhraseHead::Noun(head) = parse.phrases[next].head {
                let owners = self.possessors(parse, next, head);
                if !owners.is_empty() {
                    return owners;
                }
            }
            item += 2;
        }
        Few::new()
    }

    fn noun(&mut self, parse: &Parse<'_>, phrase: usize, head: usize) -> Few<EntityIndex> {
        let this = &parse.phrases[phrase];
        let doc = self.doc;
        let word = doc.folded(head);
        let first = this.tokens.start;
        let other = || {
            this.tokens.clone().any(|i| {
                matches!(
                    doc.word(i),
                    "next" | "previous" | "following" | "last" | "another" | "second" | "new" | "first"
                )
            })
        };
        let definite = doc.class(first).any(Classes::DEMONSTRATIVE) && !doc.is(first, "such") && !other();
        // `both sides`, `the two countries`
        let paired = || this.tokens.clone().any(|i| matches!(doc.lower(i), "both" | "two"));
        let pair = match word {
            "sides" | "countries" | "nations" | "governments" | "parties" | "states" | "neighbours" | "neighbors" => {
                Some(EntityType::State)
            }
            "leaders" | "ministers" | "officials" | "presidents" | "secretaries" => Some(EntityType::Person),
            "ministries" | "agencies" => Some(EntityType::Agency),
            "institutions" | "universities" | "organisations" | "organizations" => Some(EntityType::Organisation),
            _ => None,
        };
        if pair.is_some() && this.mentions.is_empty() && paired() {
            return match pair {
                Some(EntityType::Person) => self.colleagues(first, head, word),
                kind => self.group(first, kind, &[]),
            };
        }
        if definite && this.mentions.is_empty() && matches!(word, "ministers" | "leaders") && doc.is_capital(head) {
            let named = self.colleagues(first, head, word);
            if !named.is_empty() {
                return named;
            }
        }
        // `the prime minister`, `the premier`: who was last called so
        if definite && this.mentions.is_empty() && doc.class(head).any(Classes::ROLE_HEAD) && !doc.is_capital(head) {
            let described = first + 1..head + 1;
            if let Some(holder) = self.last_holder(first, described) {
                return one(holder);
            }
        }
        // `His Majesty`, `Her Excellency`
        if matches!(word, "majesty" | "excellency" | "highness") {
            return self.last_named(first, |kind| kind == EntityType::Person).into_iter().collect();
        }
        // `a number of ministries`
        if doc.class(head).any(Classes::QUANTITY)
            && let Some(counted) = parse.phrase_at_item(this.item + 2)
            && doc.is(parse.items[this.item + 1].tokens.start, "of")
        {
            return self.referents(parse, counted);
        }
        // a group and its owner: `the Australian Government`, `officials from the ministry`, `leaders of ASEAN`
        if doc.class(head).any(Classes::COLLECTIVE | Classes::PEOPLE) {
            let owned = doc.class(head).any(Classes::COLLECTIVE);
            if let Some(owner) = this.mentions.iter().rev().map(|&m| self.entities.of[m]).find(|&e| {
                let kind = self.entities.list[e].kind;
                owned && kind.is_agent() && kind != EntityType::Person
            }) {
                return one(owner);
            }
            let after = this.item + 1;
            if owned
                && parse.kind(after) == Some(ItemKind::Preposition)
                && matches!(doc.lower(parse.items[after].tokens.start), "of" | "from" | "at" | "in")
                && parse.phrase_at_item(after + 1).is_some()
            {
                let list = parse.list(doc, after + 1);
                let mut out = Few::new();
                for p in list {
                    for e in self.referents(parse, p) {
                        let kind = self.entities.list[e].kind;
                        if matches!(
                            kind,
                            EntityType::State | EntityType::Agency | EntityType::Body | EntityType::Organisation
                        ) && !out.contains(&e)
                        {
                            out.push(e);
                        }
                    }
                }
                if !out.is_empty() {
                    return out;
                }
            }
            if let Some(named) = self.named_behind(parse, this) {
                return one(named);
            }
            return self.people(this, head, word).into_iter().collect();
        }
        // `the LMC mechanism`, `the CTC project`: the noun only says what the name names
        if let Some(&m) = this.mentions.last()
            && self.entities.mentions[m].tokens.end == head
            && matches!(
                self.entities.mentions[m].kind,
                EntityType::Programme | EntityType::Body | EntityType::Event | EntityType::Instrument
            )
            && doc.class(head).any(Classes::APPOSITIVE)
        {
            return one(self.entities.of[m]);
        }
        // `AMCC is an annual meeting organised by …`: what the sentence says it is
        if let Some(subject) = self.predicated(parse, this.item) {
            return subject;
        }
        if let Some(named) = self.apposed(parse, this, head) {
            return one(named);
        }
        if let Some(known) = self.discourse.nominals.get(&head) {
            return known.iter().copied().collect();
        }
        let found = self.nominal(this, head, word, definite);
        self.discourse.nominals.insert(head, found);
        found.into_iter().collect()
    }

    /// Those named before whom a plural calls together; all of them, where it says what they are for: `the two Foreign Ministers`.
    fn colleagues(&self, first: usize, head: usize, word: &str) -> Few<EntityIndex> {
        let found = self.group(first, Some(EntityType::Person), posts_of(word));
        let told = Classes::DETERMINER | Classes::CARDINAL | Classes::POSSESSIVE;
        let plain = |at: &usize| self.doc.class(*at).any(told) || self.doc.is(*at, "both");
        let qualifier = head.checked_sub(1).filter(|at| *at > first && !plain(at));
        let called = |at: usize| found.iter().all(|&e| self.is_called(e, &[self.doc.folded(at)]));
        let fits = qualifier.is_none_or(called);
        if fits { found } else { Few::new() }
    }

    /// `Exercise X, a regional drill`: the name before the comma.
    fn apposed(&self, parse: &Parse<'_>, phrase: &crate::syntax::Phrase, head: usize) -> Option<EntityIndex> {
        let comma = phrase.item.checked_sub(1)?;
        if parse.kind(comma) != Some(ItemKind::Comma) || !matches!(self.doc.word(phrase.tokens.start), "a" | "an") {
            return None;
        }
        let kind = self.lexicon.head(self.doc.words[head]).and_then(|h| h.nominal)?;
        let PhraseHead::Mention(m) = parse.phrases[parse.phrase_at_item(comma.checked_sub(1)?)?].head else {
            return None;
        };
        let entity = self.entities.of[m];
        let thing = |k: EntityType| {
            !matches!(
                k,
                EntityType::Person | EntityType::Role | EntityType::State | EntityType::Place | EntityType::Date
            )
        };
        (thing(self.entities.list[entity].kind) && thing(kind)).then_some(entity)
    }

    /// The subject that a phrase behind `is a` speaks of.
    fn predicated(&mut self, parse: &Parse<'_>, item: usize) -> Option<Few<EntityIndex>> {
        let before = item.checked_sub(1)?;
        let ItemKind::Verb(v) = parse.items[before].kind else { return None };
        let verb = &parse.verbs[v];
        let article = matches!(self.doc.word(parse.items[item].tokens.start), "a" | "an" | "the");
        if verb.lemma != self.lexicon.get("be")
            || !verb.finite
            || !article
            || verb.modality.status == crate::schema::Status::Negated
        {
            return None;
        }
        let subjects = parse.subject(self.doc, v);
        let [subject] = subjects[..] else { return None };
        if subject >= parse.phrases.len() || parse.phrases[subject].item >= item {
            return None;
        }
        // what stands behind a verb itself is no subject: no chain of them is followed
        let behind_verb = parse.phrases[subject].item.checked_sub(1).and_then(|before| parse.kind(before));
        if matches!(behind_verb, Some(ItemKind::Verb(_))) {
            return None;
        }
        let found = self.referents(parse, subject);
        (found.len() == 1).then_some(found)
    }

    /// `his counterpart, Prime Minister A`: who is named behind the comma.
    fn named_behind(&self, parse: &Parse<'_>, phrase: &crate::syntax::Phrase) -> Option<EntityIndex> {
        let owned = self.doc.class(phrase.tokens.start).any(Classes::POSSESSIVE);
        let behind = parse.phrase_at_item(phrase.item + 2)?;
        let PhraseHead::Mention(m) = parse.phrases[behind].head else { return None };
        let entity = self.entities.of[m];
        let apposed = owned && parse.kind(phrase.item + 1) == Some(ItemKind::Comma);
        (apposed
            && self.entities.list[entity].kind == EntityType::Person
            && !self.doc.word(phrase.tokens.end - 1).ends_with('s'))
        .then_some(entity)
    }

    /// Persons without names: `other leaders`, `his counterparts`.
    fn people(&mut self, phrase: &crate::syntax::Phrase, head: usize, word: &str) -> Option<EntityIndex> {
        if !self.doc.class(head).any(Classes::PEOPLE) {
            return None;
        }
        if let Some(known) = self.discourse.nominals.get(&head) {
            return *known;
        }
        let first = phrase.tokens.start;
        let start = self.described_from(phrase, head);
        let definite = self.doc.is(first, "the") || self.doc.is(first, "these");
        let known = if definite { self.discourse.introduced_before(word, usize::MAX) } else { None };
        let mention = Mention::new(start..head + 1, EntityType::Person, Found::Reference).with_head(head);
        let entity = match known {
            Some(entity) => {
                self.entities.refer(entity, mention);
                self.discourse.note(self.doc, entity, head);
                entity
            }
            None => {
                let entity = self.entities.add(mention, false);
                self.discourse.introduce(self.doc, entity, head);
                entity
            }
        };
        self.discourse.nominals.insert(head, Some(entity));
        Some(entity)
    }

    /// A common noun: something named before, or a thing without name.
    fn nominal(
        &mut self,
        phrase: &crate::syntax::Phrase,
        head: usize,
        word: &str,
        definite: bool,
    ) -> Option<EntityIndex> {
        let doc = self.doc;
        let kind = match self.lexicon.head(doc.words[head]).and_then(|h| h.nominal) {
            Some(kind) => kind,
            None => self.singular(word).and_then(|w| self.lexicon.head(w)).and_then(|h| h.nominal)?,
        };
        if definite && let Some(entity) = self.antecedent(phrase.tokens.start, head, word, kind) {
            self.entities.refer(entity, Mention::new(head..head + 1, kind, Found::Reference).with_head(head));
            self.discourse.note(doc, entity, head);
            return Some(entity);
        }
        let start = self.described_from(phrase, head);
        let mention = Mention::new(start..head + 1, kind, Found::Reference).with_head(head);
        let entity = self.entities.add(mention, false);
        self.discourse.introduce(doc, entity, head);
        Some(entity)
    }

    /// Where the noun with its adjectives begins, behind article, owner and names.
    fn described_from(&self, phrase: &crate::syntax::Phrase, head: usize) -> usize {
        let doc = self.doc;
        let mut start = phrase.tokens.start;
        for i in phrase.tokens.clone() {
            if i >= head {
                break;
            }
            // `Malaysia-led initiative`
            if doc.is_hyphen(i) && start == i {
                start = (i + 2).min(head);
            }
            if doc.class(i).any(Classes::DETERMINER)
                || doc.is_clitic(i)
                || self.entities.mention_at(i).is_some()
                || matches!(doc.word(i), "’" | "'")
            {
                start = i + 1;
            }
        }
        start.min(head)
    }

    /// The thing named or spoken of before that `the meeting` means, as far as it is known; makes nothing new.
    pub(crate) fn known(&self, parse: &Parse<'_>, phrase: usize) -> Option<EntityIndex> {
        let this = &parse.phrases[phrase];
        let PhraseHead::Noun(head) = this.head else { return None };
        if let Some(known) = self.discourse.nominals.get(&head) {
            return *known;
        }
        let kind = self.lexicon.head(self.doc.words[head])?.nominal?;
        let definite = self.doc.class(this.tokens.start).any(Classes::DEMONSTRATIVE) && this.mentions.is_empty();
        let word = self.doc.folded(head);
        definite.then(|| self.antecedent(this.tokens.start, head, word, kind)).flatten()
    }

    fn singular(&self, word: &str) -> Option<WordId> {
        let stem =
            word.strip_suffix("ies").map(|s| format!("{s}y")).or_else(|| word.strip_suffix('s').map(str::to_owned))?;
        Some(self.lexicon.get(&stem))
    }

    /// The thing before `token` that `the WORD` means.
    fn antecedent(&self, token: usize, head: usize, word: &str, kind: EntityType) -> Option<EntityIndex> {
        let loose = token + 1 == head && self.doc.class(head).any(Classes::GENERIC) && !self.doc.is_capital(head);
        let from = token.saturating_sub(400);
        let number = self.doc.words[head];
        let is_word =
            |i: usize| self.doc.words[i] == number && (number != WordId::UNKNOWN || *self.doc.folded(i) == *word);
        let mut near = None;
        for m in self.entities.names_in(from..token) {
            let at = self.entities.mentions[m].tokens.end.min(token) - 1;
            let entity = self.entities.of[m];
            let this = &self.entities.list[entity];
            let fits = this.kind == kind
                || matches!(this.kind, EntityType::Agency | EntityType::Body | EntityType::Organisation);
            let called = || {
                self.entities.mentions[m].tokens.clone().any(is_word)
                    || self.discourse.heads.contains(&(entity, number))
                        && (number != WordId::UNKNOWN
                            || this.mentions.iter().any(|&n| self.entities.mentions[n].head.is_some_and(is_word)))
            };
            if fits && this.kind != EntityType::Date && called() {
                return Some(entity);
            }
            if near.is_none() && loose && this.kind == kind && this.named {
                near = Some((entity, at));
            }
        }
        // a thing without name, said with the same word
        let nominal = self.discourse.introduced_before(word, token);
        nominal.or_else(|| near.filter(|(_, at)| token - at < 160).map(|(entity, _)| entity))
    }

    /// The owner in a phrase: `A's hosting`, `its visit`.
    pub(crate) fn possessors(&mut self, parse: &Parse<'_>, phrase: usize, before: usize) -> Few<EntityIndex> {
        let this = &parse.phrases[phrase];
        for i in this.tokens.clone().rev() {
            if i >= before {
                continue;
            }
            let mark = self.doc.is_clitic(i) || matches!(self.doc.word(i), "’" | "'");
            if mark && let Some(m) = i.checked_sub(1).and_then(|b| self.entities.mention_at(b)) {
                return one(self.holder(self.entities.of[m]));
            }
            if self.doc.class(i).any(Classes::POSSESSIVE) {
                return self.pronoun(parse, phrase, i);
            }
            // an adjective or a name used like one: `the AMCC theme`; but in `Japan's AMCC theme` it only says which
            if let Some(m) = self.entities.mention_at(i) {
                let start = self.entities.mentions[m].tokens.start;
                let owned = start > this.tokens.start && self.doc.is_clitic(start - 1);
                let owner = owned.then(|| self.entities.mention_at(start.checked_sub(2)?)).flatten();
                return one(self.holder(self.entities.of[owner.unwrap_or(m)]));
            }
        }
        Few::new()
    }
}

/// The posts of those whom a plural calls together.
fn posts_of(plural: &str) -> &'static [&'static str] {
    match plural {
        "ministers" => &["minister", "secretary"],
        "presidents" => &["president"],
        "leaders" => &["president", "minister", "premier", "chancellor", "sultan", "king", "general"],
        _ => &[],
    }
}
