//! A shallow parse of a sentence: noun phrases, verb groups, prepositions, and what separates them.
//!
//! No model and no tree: the closed classes of the lexicon, its verbs, and the mentions cut a sentence into items, and simple
//! walks over the items find subjects ([`subject`]), objects and complements ([`slots`]), with all members of their lists ([`lists`]).

mod lists;
mod parse;
mod slots;
mod status;
mod subject;
#[cfg(test)]
mod tests;
mod verbs;

pub(crate) use parse::parse;

use crate::few::Few;
use crate::schema::Status;
use crate::text::lexicon::{Form, WordId};
use crate::work;
use std::cell::OnceCell;
use std::ops::Range;

/// What an item of a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// Index into [`Parse::phrases`].
    Phrase(usize),
    /// Index into [`Parse::verbs`].
    Verb(usize),
    Preposition,
    And,
    Comma,
    /// `who`, `which`, `that` after a noun.
    Relative,
    /// `that`, `while`, `because`: a clause begins.
    Subordinator,
    Adverb,
    Open,
    Close,
    QuoteMark,
    /// Semicolon, colon, dash, full stop.
    Stop,
    Other,
}

#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    pub(crate) tokens: Range<usize>,
}

/// What a noun phrase is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhraseHead {
    /// A mention, by its index.
    Mention(usize),
    /// A common noun, by its token.
    Noun(usize),
    Pronoun(usize),
}

/// A noun phrase without what hangs on it by prepositions.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) tokens: Range<usize>,
    pub(crate) head: PhraseHead,
    /// All mentions inside, in order.
    pub(crate) mentions: Few<usize>,
    /// Where its item stands.
    pub(crate) item: usize,
    /// Its head names a place or a state.
    pub(crate) is_place: bool,
    /// Its head names a state.
    pub(crate) is_state: bool,
    /// A date and nothing else.
    pub(crate) is_date: bool,
}

/// A status, and the words that tell it; that something is so, none need tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Modality {
    pub(crate) status: Status,
    pub(crate) cue: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    Active,
    Passive,
}

/// A verb with its auxiliaries.
#[derive(Clone, Debug)]
pub(crate) struct VerbGroup {
    /// Its subject, once it was asked for.
    subject: OnceCell<Few<usize>>,
    pub(crate) tokens: Range<usize>,
    /// Token of the main verb.
    pub(crate) main: usize,
    pub(crate) lemma: WordId,
    pub(crate) form: Form,
    pub(crate) voice: Voice,
    /// Has a tense of its own; a bare participle, infinitive or gerund has none.
    pub(crate) finite: bool,
    pub(crate) infinitive: bool,
    /// What the group itself says of it.
    pub(crate) modality: Modality,
    /// `has served`, `had presented`
    pub(crate) perfect: bool,
    /// A gerund behind `to`: `look forward to hosting`
    pub(crate) aimed: bool,
    /// In the present progressive: `is visiting`.
    pub(crate) going_on: bool,
    /// An infinitive of what happens, and is not only intended: `were present to witness`, `is pleased to announce`.
    pub(crate) occasion: bool,
    pub(crate) speech: bool,
    pub(crate) item: usize,
}

/// A sentence in items.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parse<'p> {
    pub(crate) items: &'p [Item],
    pub(crate) phrases: &'p [Phrase],
    pub(crate) verbs: &'p [VerbGroup],
    pub(crate) tokens: Range<usize>,
}

/// The parses of the sentences of a document, which share their memory.
#[derive(Debug, Default)]
pub(crate) struct Parses {
    items: Vec<Item>,
    phrases: Vec<Phrase>,
    verbs: Vec<VerbGroup>,
    sentences: Vec<Place>,
}

/// What of the lists of [`Parses`] belongs to a sentence.
#[derive(Debug)]
struct Place {
    items: Range<usize>,
    phrases: Range<usize>,
    verbs: Range<usize>,
    tokens: Range<usize>,
}

impl Parses {
    /// No sentence yet; room for what so many tokens of prose have.
    fn with_room(tokens: usize) -> Parses {
        Parses {
            items: Vec::with_capacity(tokens * 3 / 4 + 1),
            phrases: Vec::with_capacity(tokens / 3 + 1),
            verbs: Vec::with_capacity(tokens / 12 + 1),
            sentences: Vec::with_capacity(tokens / 16 + 1),
        }
    }

    /// The parse of a sentence; that of page furniture has no items.
    pub(crate) fn of(&self, sentence: usize) -> Parse<'_> {
        let place = &self.sentences[sentence];
        Parse {
            items: &self.items[place.items.clone()],
            phrases: &self.phrases[place.phrases.clone()],
            verbs: &self.verbs[place.verbs.clone()],
            tokens: place.tokens.clone(),
        }
    }
}

impl Parse<'_> {
    pub(crate) fn phrase_at_item(&self, item: usize) -> Option<usize> {
        work::step();
        match self.items.get(item)?.kind {
            ItemKind::Phrase(p) => Some(p),
            _ => None,
        }
    }

    pub(crate) fn kind(&self, item: usize) -> Option<ItemKind> {
        work::steps(5);
        self.items.get(item).map(|i| i.kind)
    }

    /// The first item that begins at a token or later.
    pub(crate) fn item_from(&self, token: usize) -> usize {
        self.items.partition_point(|i| i.tokens.start < token)
    }
}
