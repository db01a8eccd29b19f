//! Mentions → entities: which mentions are the same thing, and what the text calls it for short.

mod aliases;
mod group;

pub(crate) use group::group;

use crate::few::{Few, one};
use crate::gazetteer::EntryId;
use crate::mention::Mention;
use crate::schema::EntityType;
use crate::work;
use std::ops::Range;

/// Index into [`Entities::list`].
pub(crate) type EntityIndex = usize;

/// One thing of the text with all its mentions.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub(crate) kind: EntityType,
    pub(crate) named: bool,
    /// Lines of the gazetteers that it may be, the likeliest first.
    pub(crate) entries: Few<EntryId>,
    /// Indices into [`Entities::mentions`], in the order of the text.
    pub(crate) mentions: Few<usize>,
}

/// All entities of a document with their mentions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entities {
    pub(crate) list: Vec<Entity>,
    pub(crate) mentions: Vec<Mention>,
    /// For each mention, its entity.
    pub(crate) of: Vec<EntityIndex>,
    /// How many of the mentions are names, which come first and in the order of the text.
    names: usize,
    /// For each token, 1 + its mention, or 0.
    at: Vec<u32>,
    /// For each token, whether it is a title before a name.
    titles: Vec<bool>,
}

impl Entities {
    pub(crate) fn mention_at(&self, token: usize) -> Option<usize> {
        work::step();
        let n = *self.at.get(token)?;
        (n > 0).then(|| n as usize - 1)
    }

    /// The names that stand in a stretch of tokens, the last one first.
    pub(crate) fn names_in(&self, tokens: Range<usize>) -> impl Iterator<Item = usize> {
        let end = self.mentions[..self.names].partition_point(|mention| mention.tokens.start < tokens.end);
        (0..end).rev().take_while(move |&m| {
            work::step();
            self.mentions[m].tokens.end > tokens.start
        })
    }

    /// Whether a token is a title before a person's name.
    pub(crate) fn is_title(&self, token: usize) -> bool {
        self.titles.get(token).copied().unwrap_or(false)
    }

    pub(crate) fn entity_at(&self, token: usize) -> Option<EntityIndex> {
        self.mention_at(token).map(|m| self.of[m])
    }

    /// Adds an entity without a name.
    pub(crate) fn add(&mut self, mention: Mention, named: bool) -> EntityIndex {
        let index = self.list.len();
        self.list.push(Entity { kind: mention.kind, named, entries: Few::new(), mentions: one(self.mentions.len()) });
        self.mentions.push(mention);
        self.of.push(index);
        index
    }

    /// Adds a mention to an entity.
    pub(crate) fn refer(&mut self, entity: EntityIndex, mention: Mention) {
        self.list[entity].mentions.push(self.mentions.len());
        self.mentions.push(mention);
        self.of.push(entity);
    }
}
