//! Whom `he`, `its`, `both countries` and `the prime minister` take up: who the text was last about, or who was last called so.

use super::referents::Reader;
use super::speech::is_first_person;
use crate::entity::{Entities, EntityIndex};
use crate::few::{Few, one};
use crate::schema::EntityType;
use crate::syntax::{ItemKind, Parse, PhraseHead};

/// So many clauses of a sentence are asked for what a pronoun stands for: more of them are a sentence without end.
const MOST_CLAUSES: usize = 6;

impl Reader<'_, '_> {
    pub(super) fn pronoun(&mut self, parse: &Parse<'_>, phrase: usize, token: usize) -> Few<EntityIndex> {
        let word = self.doc.lower(token);
        let person = match word {
            "he" | "she" | "her" | "his" => true,
            "it" | "its" => false,
            "they" | "their" => return self.group(token, None, &[]),
            word if is_first_person(word) => return self.discourse.voices.speaker_at(token).into_iter().collect(),
            _ => return Few::new(),
        };
        // the subject before it in the same sentence, then of the sentence before, then the last one named
        let fits = |e: EntityIndex, entities: &Entities| {
            let kind = entities.list[e].kind;
            if person {
                kind == EntityType::Person
            } else {
                !matches!(
                    kind,
                    EntityType::Person | EntityType::Role | EntityType::Date | EntityType::Place | EntityType::Theme
                )
            }
        };
        // what an earlier verb of the sentence is about, then whose thing opens it: `As part of its work, …`
        let before = |&verb: &usize| parse.verbs[verb].tokens.end <= token && parse.verbs[verb].finite;
        let earlier = (0..parse.verbs.len()).filter(before).take(MOST_CLAUSES);
        let subjects = earlier.flat_map(|verb| parse.subject(self.doc, verb));
        let mut named = subjects.filter_map(|p| match parse.phrases[p].head {
            PhraseHead::Mention(m) if p < phrase && !self.aside.contains(&parse.phrases[p].tokens.start) => {
                Some(self.holder(self.entities.of[m]))
            }
            _ => None,
        });
        if let Some(subject) = named.find(|&e| fits(e, self.entities)) {
            return one(subject);
        }
        let aside = self.aside.clone();
        let owner = parse.phrases.iter().take(phrase).filter(|p| !aside.contains(&p.tokens.start)).find_map(|p| {
            p.mentions
                .iter()
                .copied()
                .find(|&m| self.doc.is_clitic(self.entities.mentions[m].tokens.end))
                .map(|m| self.holder(self.entities.of[m]))
        });
        if let Some(owner) = owner.filter(|&e| fits(e, self.entities)) {
            return one(owner);
        }
        if let Some(subject) = self.announced(parse, phrase).filter(|&e| fits(e, self.entities)) {
            return one(subject);
        }
        if let Some(&subject) = self.discourse.subjects.iter().find(|&&e| fits(e, self.entities)) {
            return one(subject);
        }
        let last = self.last_named(token, |kind| {
            if person {
                kind == EntityType::Person
            } else {
                !matches!(
                    kind,
                    EntityType::Person
                        | EntityType::Role
                        | EntityType::Date
                        | EntityType::Place
                        | EntityType::State
                        | EntityType::Theme
                )
            }
        });
        last.into_iter().collect()
    }

    /// `During her visit to B, A met C`: before the first verb, behind a preposition that opens the sentence, a pronoun stands for
    /// the subject to come.
    fn announced(&self, parse: &Parse<'_>, phrase: usize) -> Option<EntityIndex> {
        let item = parse.phrases[phrase].item;
        let first = parse.verbs.iter().position(|v| v.finite)?;
        if parse.kind(0) != Some(ItemKind::Preposition) || parse.verbs[first].item < item {
            return None;
        }
        let subject = parse.subject(self.doc, first).into_iter().next()?;
        match parse.phrases[subject].head {
            PhraseHead::Mention(m) if parse.phrases[subject].item > item => Some(self.holder(self.entities.of[m])),
            _ => None,
        }
    }

    /// The last entity named before a token whose type fits, at most some sentences back.
    pub(super) fn last_named(&self, token: usize, fits: impl Fn(EntityType) -> bool) -> Option<EntityIndex> {
        let from = token.saturating_sub(120);
        self.entities.names_in(from..token).find_map(|m| {
            let entity = self.holder(self.entities.of[m]);
            fits(self.entities.list[entity].kind).then_some(entity)
        })
    }

    /// The last one before a token who was named with a post that ends in these words.
    pub(super) fn last_holder(&self, token: usize, words: std::ops::Range<usize>) -> Option<EntityIndex> {
        const FAR: usize = 400;
        let asked: Few<&str> = match self.doc.folded(words.end - 1) {
            "premier" => ["prime", "minister"].into_iter().collect(),
            _ => words.map(|t| self.doc.folded(t)).collect(),
        };
        self.entities.names_in(token.saturating_sub(FAR)..token).find_map(|m| {
            let role = &self.entities.mentions[m];
            if role.kind != EntityType::Role || role.tokens.end > token || role.tokens.len() < asked.len() {
                return None;
            }
            let last = role.tokens.clone().skip(role.tokens.len() - asked.len());
            let called = last.zip(&asked).all(|(t, word)| self.doc.folded(t) == *word);
            called.then(|| self.discourse.holders.get(&self.entities.of[m]).copied()).flatten()
        })
    }

    /// The last two or more of a kind: `both countries`, `the two ministers`, `they`.
    pub(super) fn group(&self, token: usize, kind: Option<EntityType>, posts: &[&str]) -> Few<EntityIndex> {
        // `they`: whom the sentence before was about, several or a group without name
        if kind.is_none() && !self.discourse.subjects.is_empty() {
            let group = |e: &EntityIndex| !self.entities.list[*e].named;
            let several = self.discourse.subjects.len() >= 2 || self.discourse.subjects.iter().all(group);
            return if several { self.discourse.subjects.clone() } else { Few::new() };
        }
        let from = token.saturating_sub(250);
        let mut out: Few<EntityIndex> = Few::new();
        for m in self.entities.names_in(from..token) {
            let entity = self.holder(self.entities.of[m]);
            let this = self.entities.list[entity].kind;
            if this == kind.unwrap_or(EntityType::Person) && !out.contains(&entity) && self.is_called(entity, posts) {
                out.push(entity);
            }
            if out.len() == 2 {
                break;
            }
        }
        out.reverse();
        if out.len() == 2 { out } else { Few::new() }
    }

    /// Whether a person holds one of the posts; true where none is asked for, or no post of his is known.
    pub(super) fn is_called(&self, person: EntityIndex, posts: &[&str]) -> bool {
        let called = self.discourse.called.get(&person);
        posts.is_empty() || called.is_none_or(|words| posts.iter().any(|post| words.contains(&self.lexicon.get(post))))
    }
}
