//! What the text has said so far: whom it was about, who holds which post, what has been spoken of without a name.

use super::speech::Voices;
use crate::entity::{Entities, EntityIndex};
use crate::few::{Few, one};
use crate::text::document::Document;
use crate::text::lexicon::WordId;
use crate::work;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;

/// What has been read so far: who was subject, who holds which post.
#[derive(Clone, Debug, Default)]
pub(crate) struct Discourse {
    /// Holder of a post.
    pub(super) holders: FxHashMap<EntityIndex, EntityIndex>,
    /// The words of the posts that persons hold.
    pub(super) called: FxHashMap<EntityIndex, FxHashSet<WordId>>,
    /// Subjects of the sentence before.
    pub(crate) subjects: Few<EntityIndex>,
    /// `subjects` as they were at the beginning of each sentence.
    pub(crate) history: Vec<Few<EntityIndex>>,
    /// Who says `I` and `we`.
    pub(super) voices: Voices,
    /// Whom the sentence before a list is about: `The Meeting:`
    pub(crate) lead: Few<EntityIndex>,
    /// Entity of a noun phrase without name, by its head token.
    pub(super) nominals: FxHashMap<usize, Option<EntityIndex>>,
    /// Entities without name by the word of their head, in the order of the text: entity and head token.
    introduced: FxHashMap<String, Few<(EntityIndex, usize)>>,
    /// Entities with the words that are the head of a mention.
    pub(super) heads: FxHashSet<(EntityIndex, WordId)>,
}

impl Discourse {
    /// What is known before the first sentence.
    pub(crate) fn new(doc: &Document<'_>, entities: &Entities) -> Discourse {
        let named = entities.mentions.iter().zip(&entities.of);
        let heads = named.filter_map(|(mention, &entity)| Some((entity, doc.words[mention.head?])));
        let mut all = FxHashSet::with_capacity_and_hasher(entities.mentions.len(), FxBuildHasher);
        all.extend(heads);
        Discourse { heads: all, voices: Voices::new(doc, entities), ..Discourse::default() }
    }

    /// Notes who holds a post; who is told first holds it.
    pub(super) fn appoint(&mut self, doc: &Document<'_>, entities: &Entities, post: EntityIndex, person: EntityIndex) {
        if let Entry::Vacant(slot) = self.holders.entry(post) {
            slot.insert(person);
            let mentions = entities.list[post].mentions.iter().map(|&m| entities.mentions[m].tokens.clone());
            let words = mentions.flatten().map(|t| {
                work::step();
                doc.words[t]
            });
            self.called.entry(person).or_default().extend(words);
        }
    }

    /// Notes what an entity is called.
    pub(super) fn note(&mut self, doc: &Document<'_>, entity: EntityIndex, head: usize) {
        self.heads.insert((entity, doc.words[head]));
    }

    /// Notes an entity without name.
    pub(super) fn introduce(&mut self, doc: &Document<'_>, entity: EntityIndex, head: usize) {
        match self.introduced.get_mut(doc.folded(head)) {
            Some(places) => places.push((entity, head)),
            None => drop(self.introduced.insert(doc.folded(head).to_owned(), one((entity, head)))),
        }
        self.note(doc, entity, head);
    }

    /// The last entity without name that the text called so before a token.
    pub(super) fn introduced_before(&self, word: &str, token: usize) -> Option<EntityIndex> {
        let places = self.introduced.get(word)?;
        places.iter().rev().find(|(_, head)| *head < token).map(|&(entity, _)| entity)
    }
}
