//! Text → document: tokens, sentences, paragraphs, headline, dateline, page furniture.

pub(crate) mod document;
pub(crate) mod fold;
pub(crate) mod layout;
pub(crate) mod lexicon;
pub(crate) mod packed;
pub(crate) mod quotations;
mod sentence;
pub(crate) mod strings;
pub(crate) mod token;
