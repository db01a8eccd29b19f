//! Sentence → items.

use super::{Item, ItemKind, Parses, Phrase, PhraseHead, Place, VerbGroup};
use crate::entity::Entities;
use crate::few::Few;
use crate::schema::EntityType;
use crate::text::document::Document;
use crate::text::layout::Zone;
use crate::text::lexicon::{Classes, Lexicon, Verb};
use crate::text::token::Kind;
use std::ops::Range;

/// Parses the sentences of a document, page furniture left out. Linear in its length.
pub(crate) fn parse(doc: &Document<'_>, lexicon: &Lexicon, entities: &Entities) -> Parses {
    let mut out = Parses::with_room(doc.tokens.len());
    let mut parser = Parser { doc, lexicon, entities, end: 0, listed: false, out: Draft::with_room() };
    for sentence in &doc.sentences {
        if sentence.zone != Zone::Furniture {
            parser.listed = sentence.listed;
            parser.sentence(sentence.start..sentence.end);
        }
        parser.out.move_to(&mut out);
    }
    out
}

/// Longest noun phrase in tokens, but for the name at its end. Every noun of it may ask for all others.
const LONGEST: usize = 30;

/// A sentence that is being parsed.
pub(super) struct Draft {
    pub(super) items: Vec<Item>,
    pub(super) phrases: Vec<Phrase>,
    pub(super) verbs: Vec<VerbGroup>,
    pub(super) tokens: Range<usize>,
}

impl Draft {
    /// No items yet; room for what a long sentence has.
    fn with_room() -> Draft {
        Draft {
            items: Vec::with_capacity(64),
            phrases: Vec::with_capacity(32),
            verbs: Vec::with_capacity(8),
            tokens: 0..0,
        }
    }

    /// Moves the sentence behind the others and leaves room for the next.
    fn move_to(&mut self, parses: &mut Parses) {
        parses.sentences.push(Place {
            items: moved(&mut self.items, &mut parses.items),
            phrases: moved(&mut self.phrases, &mut parses.phrases),
            verbs: moved(&mut self.verbs, &mut parses.verbs),
            tokens: std::mem::take(&mut self.tokens),
        });
    }
}

/// Moves all of a list behind another; tells where it stands there.
fn moved<T>(from: &mut Vec<T>, to: &mut Vec<T>) -> Range<usize> {
    let start = to.len();
    to.append(from);
    start..to.len()
}

pub(super) struct Parser<'p, 't> {
    pub(super) doc: &'p Document<'t>,
    pub(super) lexicon: &'p Lexicon,
    pub(super) entities: &'p Entities,
    pub(super) end: usize,
    /// An item of a list.
    pub(super) listed: bool,
    pub(super) out: Draft,
}

impl Parser<'_, '_> {
    fn sentence(&mut self, tokens: Range<usize>) {
        self.end = tokens.end;
        self.out.tokens = tokens.clone();
        let mut at = tokens.start;
        while at < self.end {
            let next = self.item(at);
            debug_assert!(next > at);
            at = next.max(at + 1);
        }
    }

    pub(super) fn class(&self, at: usize, class: Classes) -> bool {
        at < self.end && self.doc.class(at).any(class)
    }

    pub(super) fn word(&self, at: usize) -> &str {
        if at < self.end { self.doc.word(at) } else { "" }
    }

    pub(super) fn is_lower(&self, at: usize, word: &str) -> bool {
        at < self.end && self.doc.is(at, word)
    }

    pub(super) fn mention(&self, at: usize) -> Option<usize> {
        self.entities.mention_at(at)
    }

    pub(super) fn verb(&self, at: usize) -> Option<Verb> {
        if !self.class(at, Classes::VERB) || self.mention(at).is_some() || !self.doc.tokens[at].is_word() {
            return None;
        }
        self.lexicon.verb(self.doc.words[at])
    }

    pub(super) fn push(&mut self, kind: ItemKind, tokens: Range<usize>) -> usize {
        let end = tokens.end;
        self.out.items.push(Item { kind, tokens });
        end
    }

    pub(super) fn last_kind(&self) -> Option<ItemKind> {
        self.out.items.iter().rev().map(|i| i.kind).find(|k| !matches!(k, ItemKind::Adverb))
    }

    fn item(&mut self, at: usize) -> usize {
        if self.mention(at).is_some() || self.entities.is_title(at) {
            return self.phrase(at);
        }
        let token = self.doc.tokens[at];
        match token.kind {
            Kind::Mark => self.mark(at),
            Kind::Number => self.phrase(at),
            Kind::Clitic => {
                // `he's`, or a possessive that its phrase did not take
                self.push(ItemKind::Other, at..at + 1)
            }
            Kind::Address => self.push(ItemKind::Other, at..at + 1),
            Kind::Word => self.word_item(at),
        }
    }

    fn mark(&mut self, at: usize) -> usize {
        let kind = match self.word(at) {
            "," => ItemKind::Comma,
            "&" | "/" => ItemKind::And,
            "(" | "[" => ItemKind::Open,
            ")" | "]" => ItemKind::Close,
            "“" | "”" | "\"" | "‘" | "’" | "'" | "«" | "»" => ItemKind::QuoteMark,
            ";" | ":" | "—" | "–" | "." | "!" | "?" | "―" | "…" | "•" | "●" => ItemKind::Stop,
            "-" if !self.doc.is_joined(at) => ItemKind::Stop,
            _ => ItemKind::Other,
        };
        self.push(kind, at..at + 1)
    }

    fn word_item(&mut self, at: usize) -> usize {
        let word = self.doc.lower(at);
        match word {
            "and" | "or" | "but" | "nor" => return self.push(ItemKind::And, at..at + 1),
            "as" if self.is_lower(at + 1, "well") && self.is_lower(at + 2, "as") => {
                return self.push(ItemKind::And, at..at + 3);
            }
            "such" if self.is_lower(at + 1, "as") => return self.push(ItemKind::Preposition, at..at + 2),
            "together" | "along" if self.is_lower(at + 1, "with") => {
                return self.push(ItemKind::Preposition, at..at + 2);
            }
            "who" | "which" | "whom" | "whose" | "where" => return self.push(ItemKind::Relative, at..at + 1),
            "that" => {
                let after_noun = matches!(self.last_kind(), Some(ItemKind::Phrase(_)));
                let before_verb = self.starts_verb_group(at + 1);
                if after_noun && before_verb {
                    return self.push(ItemKind::Relative, at..at + 1);
                }
                if !matches!(self.last_kind(), Some(ItemKind::Preposition) | None)
                    && !self.class(at + 1, Classes::CALENDAR_UNIT)
                {
                    return self.push(ItemKind::Subordinator, at..at + 1);
                }
            }
            "while" | "because" | "although" | "though" | "whereas" | "when" | "if" | "unless" | "whether" | "how"
            | "why" | "what" | "so" => {
                return self.push(ItemKind::Subordinator, at..at + 1);
            }
            "not" | "never" if !self.starts_verb_group(at + 1) => return self.push(ItemKind::Adverb, at..at + 1),
            _ => {}
        }
        if self.starts_verb_group(at) {
            return self.verb_group(at);
        }
        if self.class(at, Classes::PREPOSITION) {
            // `over 70 agencies`, `about 30 firms`: no place, but a count
            let counted = matches!(word, "over" | "about" | "around" | "nearly")
                && self.mention(at + 1).is_none()
                && at + 1 < self.end
                && (self.doc.tokens[at + 1].kind == Kind::Number || self.class(at + 1, Classes::CARDINAL));
            if counted {
                return self.phrase(at);
            }
            return self.push(ItemKind::Preposition, at..at + 1);
        }
        if self.class(at, Classes::PRONOUN) {
            let index = self.out.phrases.len();
            let item = self.out.items.len();
            self.out.phrases.push(Phrase {
                tokens: at..at + 1,
                head: PhraseHead::Pronoun(at),
                mentions: Few::new(),
                item,
                is_place: false,
                is_state: false,
                is_date: false,
            });
            return self.push(ItemKind::Phrase(index), at..at + 1);
        }
        if self.is_adverb(at) {
            return self.push(ItemKind::Adverb, at..at + 1);
        }
        if word == "as" {
            return self.push(ItemKind::Preposition, at..at + 1);
        }
        self.phrase(at)
    }

    pub(super) fn is_adverb(&self, at: usize) -> bool {
        (self.class(at, Classes::ADVERB) || self.looks_like_adverb(at))
            && self.mention(at).is_none()
            && !(self.doc.is_capital(at) && self.out.items.last().is_some())
    }

    fn looks_like_adverb(&self, at: usize) -> bool {
        at < self.end
            && self.doc.ends_with(at, "ly")
            && self.word(at).len() > 4
            && !matches!(
                self.word(at),
                "family"
                    | "assembly"
                    | "supply"
                    | "early"
                    | "friendly"
                    | "reply"
                    | "apply"
                    | "timely"
                    | "orderly"
                    | "likely"
            )
    }

    /// Whether a phrase goes on with a word and its head moves to it, whatever stands around: most nouns and adjectives.
    fn is_mere_noun(&self, at: usize) -> bool {
        const OTHERS: Classes = Classes::PHRASE_END
            .or(Classes::SUBORDINATOR)
            .or(Classes::PRONOUN)
            .or(Classes::DETERMINER)
            .or(Classes::ADVERB)
            .or(Classes::VERBAL)
            .or(Classes::NAME_SUFFIX)
            .or(Classes::HONORIFIC);
        self.doc.tokens[at].is_word()
            && !self.doc.class(at).any(OTHERS)
            && !self.doc.ends_with(at, "y")
            && !self.doc.is(at, "such")
            && self.mention(at).is_none()
            && !self.entities.is_title(at)
    }

    /// A noun phrase from `at`; one token at least.
    fn phrase(&mut self, at: usize) -> usize {
        let item = self.out.items.len();
        let mut mentions = Few::new();
        let mut head = None;
        let mut end = at;
        let mut is_date = false;
        while end < self.end.min(at + LONGEST) {
            if self.is_mere_noun(end) {
                head = Some(PhraseHead::Noun(end));
                end += 1;
                continue;
            }
            if let Some(m) = self.mention(end) {
                let mention = &self.entities.mentions[m];
                let date = mention.kind == EntityType::Date;
                // dates stand by themselves unless they own what follows (`today's meeting`, `the 2023 elections`)
                if date {
                    let article = end == at + 1 && self.class(at, Classes::DETERMINER);
                    let owns = self.doc.is_clitic(mention.tokens.end)
                        || ((mention.tokens.len() == 1 || article) && self.noun_follows(mention.tokens.end));
                    if end > at && !owns {
                        break;
                    }
                    mentions.push(m);
                    end = mention.tokens.end.min(self.end);
                    if owns {
                        continue;
                    }
                    is_date = end > at && head.is_none();
                    head = Some(PhraseHead::Mention(m));
                    break;
                }
                // a name directly after a name is another phrase, unless the first is a post, a state or an employer
                if let Some(PhraseHead::Mention(previous)) = head
                    && !self.may_precede(previous, m, end)
                {
                    break;
                }
                mentions.push(m);
                head = Some(PhraseHead::Mention(m));
                end = mention.tokens.end.min(self.end);
                // an abbreviation in parentheses belongs to its name
                if self.word(end) == "("
                    && let Some(inside) = crate::mention::bracketed(self.doc, end)
                    && inside.end < self.end
                    && inside.len() <= 3
                {
                    let close = (inside.end..self.end.min(inside.end + 3)).find(|&i| self.doc.is(i, ")"));
                    if let Some(close) = close {
                        end = close + 1;
                    }
                }
                continue;
            }
            // titles before a name, and what a name may carry behind it (`Ms Indranee Rajah SC`)
            let behind = matches!(head, Some(PhraseHead::Mention(m)) if self.entities.mentions[m].kind == EntityType::Person)
                && self.class(end, Classes::NAME_SUFFIX | Classes::HONORIFIC)
                && self.word(end).chars().all(|c| c.is_uppercase() || c == '.');
            if self.entities.is_title(end) || behind {
                end += 1;
                continue;
            }
            let token = self.doc.tokens[end];
            match token.kind {
                Kind::Clitic => {
                    end += 1;
                    continue;
                }
                Kind::Number => {
                    head.get_or_insert(PhraseHead::Noun(end));
                    end += 1;
                    continue;
                }
                Kind::Mark => {
                    // hyphens inside a word, the apostrophe of a plural possessor, the full stop of a title
                    let inside = self.doc.is_joined(end)
                        && end > at
                        && end + 1 < self.end
                        && match self.word(end) {
                            "-" | "‐" | "‑" | "–" | "/" => {
                                self.doc.is_joined(end + 1)
                                    && !(self.word(end) == "/" && self.mention(end + 1).is_some())
                            }
                            "’" | "'" => {
                                self.word(end - 1).ends_with('s')
                                    && self.doc.tokens[end + 1].is_word()
                                    && !self.doc.is_joined(end + 1)
                                    && !self.starts_verb_group(end + 1)
                            }
                            "." => self.class(end - 1, Classes::HONORIFIC) || self.word(end - 1).chars().count() == 1,
                            "$" | "%" => true,
                            _ => false,
                        };
                    let hyphen = inside && self.doc.is_hyphen(end);
                    if !inside {
                        break;
                    }
                    end += 1;
                    if hyphen && end < self.end && self.mention(end).is_none() {
                        // the rest of the compound
                        head = Some(PhraseHead::Noun(end));
                        end += 1;
                    }
                    continue;
                }
                Kind::Address => break,
                Kind::Word => {}
            }
            if end > at {
                let stop = Classes::PREPOSITION
                    | Classes::CONJUNCTION
                    | Classes::RELATIVE
                    | Classes::SUBORDINATOR
                    | Classes::BE
                    | Classes::HAVE
                    | Classes::MODAL
                    | Classes::PRONOUN;
                let honorific = self.class(end, Classes::HONORIFIC) && self.doc.is_capital(end);
                if self.is_lower(end, "such") && self.is_lower(end + 1, "as") {
                    break;
                }
                if self.class(end, stop) && !honorific && !self.class(end, Classes::POSSESSIVE) {
                    break;
                }
                if self.class(end, Classes::DETERMINER) && !honorific {
                    // `all`, `both` begin a new phrase; `the` after a possessor cannot be
                    let only_determiners = head.is_none();
                    if !only_determiners {
                        break;
                    }
                }
                if self.starts_verb_group_in_phrase(end, head.is_some())
                    || self.is_adverb(end) && !self.adjective_follows(end)
                {
                    break;
                }
            }
            if !self.class(end, Classes::DETERMINER) || !self.more_follows(end + 1) {
                head = Some(PhraseHead::Noun(end));
            }
            end += 1;
        }
        let end = end.max(at + 1);
        let head = head.unwrap_or(PhraseHead::Noun(end - 1));
        // `A this morning met B`: a time of the day stands beside the sentence as a date does
        let time = end == at + 2
            && matches!(self.word(at), "this" | "last" | "This")
            && matches!(self.word(at + 1), "morning" | "afternoon" | "evening" | "night");
        is_date |= time;
        let is_place = matches!(head, PhraseHead::Mention(m) if matches!(self.entities.mentions[m].kind, EntityType::Place | EntityType::State));
        let is_state =
            is_place && matches!(head, PhraseHead::Mention(m) if self.entities.mentions[m].kind == EntityType::State);
        let index = self.out.phrases.len();
        self.out.phrases.push(Phrase { tokens: at..end, head, mentions, item, is_place, is_state, is_date });
        self.push(ItemKind::Phrase(index), at..end)
    }

    /// Whether a noun phrase goes on at a token.
    fn more_follows(&self, at: usize) -> bool {
        at < self.end
            && (self.mention(at).is_some()
                || (self.doc.tokens[at].kind == Kind::Word || self.doc.tokens[at].kind == Kind::Number)
                    && !self.class(at, Classes::PHRASE_END))
    }

    fn noun_follows(&self, at: usize) -> bool {
        if at >= self.end {
            return false;
        }
        if let Some(m) = self.mention(at) {
            return self.entities.mentions[m].kind != EntityType::Date;
        }
        self.doc.tokens[at].is_word()
            && !self.class(
                at,
                Classes::PHRASE_END | Classes::DETERMINER | Classes::PRONOUN | Classes::SUBORDINATOR | Classes::ADVERB,
            )
            && !self.starts_verb_group(at)
    }

    fn adjective_follows(&self, at: usize) -> bool {
        at + 1 < self.end
            && self.mention(at + 1).is_none()
            && !self.class(at + 1, Classes::DETERMINER | Classes::ADVERB)
            && self.doc.tokens[at + 1].is_word()
            && self.class(at + 1, Classes::COMMON)
            && !self.starts_verb_group(at + 1)
            && !self.class(at + 1, Classes::PREPOSITION | Classes::CONJUNCTION)
    }

    /// `Indonesian` `President` `Joko Widodo`, `PM` `Lee`, `ASEAN` `Secretary-General`: names that make one phrase.
    fn may_precede(&self, first: usize, second: usize, at: usize) -> bool {
        let (a, b) = (&self.entities.mentions[first], &self.entities.mentions[second]);
        if self.doc.is_clitic(at - 1) || self.doc.is_hyphen(at - 1) || matches!(self.word(at - 1), "’" | "'") {
            return true;
        }
        match a.kind {
            EntityType::State
            | EntityType::Place
            | EntityType::Agency
            | EntityType::Body
            | EntityType::Organisation => true,
            EntityType::Role => matches!(b.kind, EntityType::Person | EntityType::Role),
            EntityType::Date => true,
            EntityType::Event | EntityType::Programme | EntityType::Instrument => {
                b.kind != EntityType::Date && b.kind != EntityType::Person
            }
            _ => false,
        }
    }
}
