//! What the text has said so far: whom it was about, who holds which post, what has been spoken of without a name.

use super::speech::Voices;
use crate::entity::{Entities, EntityIndex};
use crate::few::{Few, one};
use crate::text::document::Document;
use crate::text::lexicon::WordId;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// What has been read so far: who was subject, who holds which post.
#[derive(Clone, Debug, Default)]
pub(crate) struct Discourse {
    /// Holder of a post.
    pub(crate) holders: FxHashMap<EntityIndex, EntityIndex>,
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
