//! Sentence → items.

use super::{Item, ItemKind, Parse, Phrase, PhraseHead, VerbGroup, Voice};
use crate::entity::Entities;
use crate::schema::{EntityType, Status};
use crate::text::document::{Document, Sentence};
use crate::text::lexicon::{Classes, Form, Lexicon, Verb, WordId};
use crate::text::token::Kind;
use std::ops::Range;

/// Parses one sentence. Linear in its length.
pub(crate) fn parse(doc: &Document<'_>, lexicon: &Lexicon, entities: &Entities, sentence: &Sentence) -> Parse {
    let mut parser = Parser { doc, lexicon, entities, end: sentence.end, out: Parse { tokens: sentence.start..sentence.end, ..Parse::default() } };
    let mut at = sentence.start;
    while at < sentence.end {
        let next = parser.item(at);
        debug_assert!(next > at);
        at = next.max(at + 1);
    }
    parser.out
}

struct Parser<'p, 't> {
    doc: &'p Document<'t>,
    lexicon: &'p Lexicon,
    entities: &'p Entities,
    end: usize,
    out: Parse,
}

impl Parser<'_, '_> {
    fn class(&self, at: usize, class: Classes) -> bool {
        at < self.end && self.doc.class(at).any(class)
    }

    fn word(&self, at: usize) -> &str {
        if at < self.end { self.doc.word(at) } else { "" }
    }

    fn is_lower(&self, at: usize, word: &str) -> bool {
        at < self.end && self.doc.word(at).eq_ignore_ascii_case(word)
    }

    fn mention(&self, at: usize) -> Option<usize> {
        self.entities.mention_at(at)
    }

    fn verb(&self, at: usize) -> Option<Verb> {
        if at >= self.end || self.mention(at).is_some() || !self.doc.tokens[at].is_word() {
            return None;
        }
        self.lexicon.verb(self.doc.words[at])
    }

    fn push(&mut self, kind: ItemKind, tokens: Range<usize>) -> usize {
        let end = tokens.end;
        self.out.items.push(Item { kind, tokens });
        end
    }

    fn last_kind(&self) -> Option<ItemKind> {
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
        let word = self.word(at).to_ascii_lowercase();
        match word.as_str() {
            "and" | "or" | "but" | "nor" => return self.push(ItemKind::And, at..at + 1),
            "as" if self.is_lower(at + 1, "well") && self.is_lower(at + 2, "as") => return self.push(ItemKind::And, at..at + 3),
            "such" if self.is_lower(at + 1, "as") => return self.push(ItemKind::Preposition, at..at + 2),
            "together" | "along" if self.is_lower(at + 1, "with") => return self.push(ItemKind::Preposition, at..at + 2),
            "who" | "which" | "whom" | "whose" | "where" => return self.push(ItemKind::Relative, at..at + 1),
            "that" => {
                let after_noun = matches!(self.last_kind(), Some(ItemKind::Phrase(_)));
                let before_verb = self.starts_verb_group(at + 1);
                if after_noun && before_verb {
                    return self.push(ItemKind::Relative, at..at + 1);
                }
                if !matches!(self.last_kind(), Some(ItemKind::Preposition) | None) && !self.class(at + 1, Classes::CALENDAR_UNIT) {
                    return self.push(ItemKind::Subordinator, at..at + 1);
                }
            }
            "while" | "because" | "although" | "though" | "whereas" | "when" | "if" | "unless" | "whether" | "how" | "why" | "what" | "so" => {
                return self.push(ItemKind::Subordinator, at..at + 1);
            }
            "not" | "never" if !self.starts_verb_group(at + 1) => return self.push(ItemKind::Adverb, at..at + 1),
            _ => {}
        }
        if self.starts_verb_group(at) {
            return self.verb_group(at);
        }
        if self.class(at, Classes::PREPOSITION) {
            return self.push(ItemKind::Preposition, at..at + 1);
        }
        if self.class(at, Classes::PRONOUN) {
            let index = self.out.phrases.len();
            let item = self.out.items.len();
            self.out.phrases.push(Phrase { tokens: at..at + 1, head: PhraseHead::Pronoun(at), mentions: Vec::new(), item, is_date: false });
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

    fn is_adverb(&self, at: usize) -> bool {
        if self.mention(at).is_some() || self.doc.is_capital(at) && self.out.items.last().is_some() {
            return false;
        }
        self.class(at, Classes::ADVERB) || (self.word(at).len() > 4 && self.word(at).ends_with("ly") && !matches!(self.word(at), "family" | "assembly" | "supply" | "early" | "friendly" | "reply" | "apply" | "timely" | "orderly" | "likely"))
    }

    /// A noun phrase from `at`; one token at least.
    fn phrase(&mut self, at: usize) -> usize {
        let item = self.out.items.len();
        let mut mentions = Vec::new();
        let mut head = None;
        let mut end = at;
        let mut is_date = false;
        while end < self.end {
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
            if self.entities.is_title(end) {
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
                            "-" | "‐" | "‑" | "–" | "/" => self.doc.is_joined(end + 1) && !(self.word(end) == "/" && self.mention(end + 1).is_some()),
                            "’" | "'" => self.word(end - 1).ends_with('s') && self.doc.tokens[end + 1].is_word() && !self.doc.is_joined(end + 1) && !self.starts_verb_group(end + 1),
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
                if self.starts_verb_group_in_phrase(end, head.is_some()) || self.is_adverb(end) && !self.adjective_follows(end) {
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
        let index = self.out.phrases.len();
        self.out.phrases.push(Phrase { tokens: at..end, head, mentions, item, is_date });
        self.push(ItemKind::Phrase(index), at..end)
    }

    /// Whether a noun phrase goes on at a token.
    fn more_follows(&self, at: usize) -> bool {
        at < self.end
            && (self.mention(at).is_some()
                || (self.doc.tokens[at].kind == Kind::Word || self.doc.tokens[at].kind == Kind::Number)
                    && !self.class(at, Classes::PREPOSITION | Classes::CONJUNCTION | Classes::BE | Classes::HAVE | Classes::MODAL | Classes::RELATIVE))
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
                Classes::PREPOSITION | Classes::CONJUNCTION | Classes::BE | Classes::HAVE | Classes::MODAL | Classes::RELATIVE | Classes::DETERMINER | Classes::PRONOUN | Classes::SUBORDINATOR | Classes::ADVERB,
            )
            && !self.starts_verb_group(at)
    }

    fn adjective_follows(&self, at: usize) -> bool {
        at + 1 < self.end
            && self.mention(at + 1).is_none()
            && !self.class(at + 1, Classes::DETERMINER | Classes::ADVERB)
            && self.doc.tokens[at + 1].is_word()
            && self.class(at + 1, Classes::COMMON) && !self.starts_verb_group(at + 1) && !self.class(at + 1, Classes::PREPOSITION | Classes::CONJUNCTION)
    }

    /// `Indonesian` `President` `Joko Widodo`, `PM` `Lee`, `ASEAN` `Secretary-General`: names that make one phrase.
    fn may_precede(&self, first: usize, second: usize, at: usize) -> bool {
        let (a, b) = (&self.entities.mentions[first], &self.entities.mentions[second]);
        if self.doc.is_clitic(at - 1) || self.doc.is_hyphen(at - 1) || matches!(self.word(at - 1), "’" | "'") {
            return true;
        }
        match a.kind {
            EntityType::State | EntityType::Place | EntityType::Agency | EntityType::Body | EntityType::Organisation => true,
            EntityType::Role => matches!(b.kind, EntityType::Person | EntityType::Role),
            EntityType::Date => true,
            EntityType::Event | EntityType::Programme | EntityType::Instrument => b.kind != EntityType::Date && b.kind != EntityType::Person,
            _ => false,
        }
    }

    /// Inside a noun phrase only a clear verb ends it.
    fn starts_verb_group_in_phrase(&self, at: usize, has_head: bool) -> bool {
        if self.class(at, Classes::BE | Classes::HAVE | Classes::MODAL | Classes::DO | Classes::NEGATION) {
            return true;
        }
        if !has_head {
            return false;
        }
        self.starts_verb_group(at)
    }

    /// Whether a verb group begins here: an auxiliary, `to` with a verb, or a word that is a verb in this place.
    fn starts_verb_group(&self, at: usize) -> bool {
        if at >= self.end || self.mention(at).is_some() || self.entities.is_title(at) || !self.doc.tokens[at].is_word() {
            return false;
        }
        let capital = self.doc.is_capital(at) && at > self.out.tokens.start;
        if capital && !self.doc.is_shouted(at) {
            return false;
        }
        if self.class(at, Classes::BE | Classes::HAVE | Classes::MODAL | Classes::DO) && !capital {
            // `May` is a month
            return !(self.class(at, Classes::MONTH) && self.doc.is_capital(at));
        }
        if self.class(at, Classes::NEGATION) && !matches!(self.word(at), "nor" | "neither") {
            return self.starts_verb_group(at + 1);
        }
        if self.is_lower(at, "to") {
            let next = if self.is_adverb(at + 1) { at + 2 } else { at + 1 };
            return self.verb(next).is_some_and(|v| v.form == Form::Base) && !self.doc.is_capital(next)
                || self.class(next, Classes::BE) && self.is_lower(next, "be")
                || self.class(next, Classes::HAVE);
        }
        let Some(verb) = self.verb(at) else { return false };
        // `including`, `following`, `regarding`
        if verb.form == Form::Gerund && self.class(at, Classes::PREPOSITION) {
            return false;
        }
        let before = at.checked_sub(1).filter(|&b| b >= self.out.tokens.start);
        let next = at + 1;
        let after_article = before.is_some_and(|b| {
            self.class(b, Classes::DETERMINER | Classes::POSSESSIVE | Classes::ORDINAL | Classes::CARDINAL) && self.mention(b).is_none() && !self.class(b, Classes::PRONOUN)
                || self.doc.is_clitic(b)
                || self.doc.tokens[b].kind == Kind::Number && self.mention(b).is_none()
        });
        let after_preposition = before.is_some_and(|b| self.class(b, Classes::PREPOSITION) && self.mention(b).is_none() && !self.is_lower(b, "to"));
        let noun_after = next < self.end
            && (self.mention(next).is_some()
                || self.class(next, Classes::DETERMINER | Classes::PRONOUN | Classes::POSSESSIVE)
                || self.doc.tokens[next].kind == Kind::Number
                || (self.doc.tokens[next].is_word() && !self.class(next, Classes::PREPOSITION | Classes::CONJUNCTION | Classes::BE | Classes::HAVE | Classes::MODAL)));
        match verb.form {
            Form::Past | Form::PastOrParticiple | Form::Participle => {
                if after_article {
                    return false;
                }
                if after_preposition {
                    return false;
                }
                // an adjective before its noun: `enhanced cooperation`, `increased trade`
                let adjective = before.is_none_or(|b| {
                    self.class(b, Classes::CONJUNCTION | Classes::PREPOSITION) && self.mention(b).is_none()
                        || self.doc.is_mark(b)
                        || self.out.items.last().is_some_and(|i| matches!(i.kind, ItemKind::Verb(_)) && i.tokens.end == at)
                }) && next < self.end
                    && self.mention(next).is_none()
                    && self.doc.tokens[next].is_word()
                    && !self.doc.is_capital(next)
                    && !verb.speech
                    && self.class(next, Classes::COMMON)
                    && !self.class(next, Classes::DETERMINER | Classes::PREPOSITION | Classes::CONJUNCTION | Classes::ADVERB | Classes::PRONOUN | Classes::SUBORDINATOR | Classes::RELATIVE);
                !adjective || self.coordinates_verb(at)
            }
            Form::Gerund => {
                if after_article {
                    return false;
                }
                if self.lexicon.head(self.doc.words[at]).is_some() || self.class(at, Classes::HEAD) {
                    // `after meeting President X`
                    if after_preposition && self.mention(next).is_some() && !before.is_some_and(|b| matches!(self.word(b), "of" | "the")) {
                        return true;
                    }
                    return before.is_some_and(|b| self.class(b, Classes::BE)) && noun_after;
                }
                if after_preposition || before.is_none() || before.is_some_and(|b| self.doc.is_mark(b) || self.class(b, Classes::CONJUNCTION)) {
                    return noun_after || self.class(next, Classes::PREPOSITION) && !self.is_lower(next, "of");
                }
                // after a noun: a participle (`measures including`), if something follows
                noun_after && !self.class(next, Classes::COMMON) || self.class(next, Classes::DETERMINER)
            }
            Form::Base | Form::Third => {
                if after_article || after_preposition {
                    return false;
                }
                let Some(b) = before else { return false };
                let word = self.word(b);
                // an adjective before it, or a noun that hangs on a preposition: `in the strongest terms`, `to media reports`
                let adjective = ["est", "al", "ic", "ive", "ous", "ful", "ary"].iter().any(|e| word.ends_with(e)) && self.mention(b).is_none();
                let governed = matches!(self.last_kind(), Some(ItemKind::Preposition)) && self.mention(b).is_none() && !verb.speech;
                // the object of a verb: `held talks`
                if self.verb(b).is_some_and(|v| !matches!(v.form, Form::Gerund)) && !word.ends_with('s') && !self.class(b, Classes::PRONOUN) && !self.doc.is_capital(b) {
                    return false;
                }
                if adjective || governed && !self.class(b, Classes::PRONOUN | Classes::RELATIVE) {
                    return false;
                }
                let plural = |i: usize| self.word(i).ends_with('s') || self.mention(i).is_some();
                if self.class(b, Classes::PRONOUN | Classes::RELATIVE) {
                    return true;
                }
                // `will advance A, hold B and build C`
                if (self.doc.is_mark(b) || self.class(b, Classes::CONJUNCTION)) && verb.form == Form::Base && noun_after && self.coordinates_verb(at) {
                    return true;
                }
                if self.doc.is_mark(b) {
                    return verb.form == Form::Third && noun_after && !self.class(at, Classes::HEAD) && matches!(self.word(b), ")" | "," | "”" | "\"" | "’");
                }
                if self.class(b, Classes::CONJUNCTION) {
                    return self.coordinates_verb(at) && noun_after;
                }
                if self.class(b, Classes::ADVERB) || self.word(b).ends_with("ly") {
                    return noun_after || self.class(next, Classes::PREPOSITION | Classes::SUBORDINATOR);
                }
                let subject = match self.mention(b) {
                    Some(m) => {
                        // `Malaysia hosts`, but not `Philippine exports`
                        !self.entities.mentions[m].is_demonym()
                    }
                    None => plural(b) == (verb.form == Form::Base) && self.class(b, Classes::COMMON),
                };
                subject
                    && (self.class(next, Classes::DETERMINER | Classes::PRONOUN | Classes::POSSESSIVE | Classes::SUBORDINATOR | Classes::PREPOSITION | Classes::ADVERB)
                        || (next < self.end && self.mention(next).is_some())
                        || (noun_after && verb.form == Form::Third && self.mention(b).is_some()))
            }
        }
    }

    /// After `and`: the verb goes on with another verb of the same form before it.
    fn coordinates_verb(&self, at: usize) -> bool {
        let Some(verb) = self.verb(at) else { return false };
        self.out.verbs.last().is_some_and(|last| {
            last.form == verb.form
                || (matches!(last.form, Form::Past | Form::PastOrParticiple | Form::Participle) && matches!(verb.form, Form::Past | Form::PastOrParticiple | Form::Participle))
        })
    }

    fn verb_group(&mut self, at: usize) -> usize {
        let mut i = at;
        let mut modal = None;
        let mut negated = false;
        let mut be = false;
        let mut have = false;
        let mut infinitive = false;
        let mut auxiliaries = 0;
        let mut main: Option<(usize, Verb)> = None;
        let mut be_to = false;
        while i < self.end {
            if self.mention(i).is_some() {
                // `will today announce`
                let m = self.entities.mention_at(i);
                if auxiliaries > 0 && m.is_some_and(|m| self.entities.mentions[m].kind == EntityType::Date && self.entities.mentions[m].tokens.len() == 1) && self.verb(i + 1).is_some() {
                    i += 1;
                    continue;
                }
                break;
            }
            if self.class(i, Classes::NEGATION) || self.is_lower(i, "not") {
                negated = true;
                i += 1;
                continue;
            }
            if self.doc.tokens[i].kind == Kind::Clitic {
                break;
            }
            if self.class(i, Classes::MODAL) && !infinitive && main.is_none() {
                modal = Some(i);
                auxiliaries += 1;
                i += 1;
                continue;
            }
            if self.class(i, Classes::BE) {
                be = true;
                auxiliaries += 1;
                i += 1;
                continue;
            }
            if self.class(i, Classes::HAVE) {
                have = true;
                auxiliaries += 1;
                i += 1;
                continue;
            }
            if self.class(i, Classes::DO) && auxiliaries == 0 && (self.class(i + 1, Classes::NEGATION) || self.verb(i + 1).is_some_and(|v| v.form == Form::Base)) {
                auxiliaries += 1;
                i += 1;
                continue;
            }
            if self.is_lower(i, "to") && main.is_none() {
                let next = if self.is_adverb(i + 1) { i + 2 } else { i + 1 };
                if self.verb(next).is_some_and(|v| v.form == Form::Base) || self.class(next, Classes::BE | Classes::HAVE) {
                    if auxiliaries > 0 {
                        be_to = be || have;
                    } else {
                        infinitive = true;
                    }
                    i += 1;
                    continue;
                }
                break;
            }
            if self.is_adverb(i) && (auxiliaries > 0 || infinitive) {
                // only where the verb still comes
                let mut next = i + 1;
                while self.is_adverb(next) {
                    next += 1;
                }
                if self.verb(next).is_some() || self.class(next, Classes::BE | Classes::HAVE | Classes::NEGATION) {
                    i = next;
                    continue;
                }
                break;
            }
            if let Some(verb) = self.verb(i) {
                // after `be` a base form is a noun or adjective
                let fits = match verb.form {
                    Form::Base => auxiliaries == 0 || modal.is_some() || infinitive || be_to || (!be && !have) ,
                    Form::Third => auxiliaries == 0,
                    _ => true,
                };
                if fits {
                    main = Some((i, verb));
                    i += 1;
                }
            }
            break;
        }
        let (main_at, verb) = match main {
            Some(found) => found,
            None if i > at => {
                // `be` or `have` as the main verb
                let lemma = if be { "be" } else if have { "have" } else { "do" };
                let past = matches!(self.word(i - 1).to_ascii_lowercase().as_str(), "was" | "were" | "had" | "did");
                let form = if modal.is_some() || infinitive {
                    Form::Base
                } else if past {
                    Form::Past
                } else {
                    Form::Third
                };
                (i - 1, Verb { lemma: self.lexicon.get(lemma), form, speech: false })
            }
            None => return self.push(ItemKind::Other, at..at + 1),
        };
        let participle = matches!(verb.form, Form::Participle | Form::PastOrParticiple);
        let by_follows = {
            let mut next = i;
            while self.is_adverb(next) || self.entities.mention_at(next).is_some_and(|m| self.entities.mentions[m].kind == EntityType::Date) && next < self.end {
                next += 1;
            }
            self.is_lower(next, "by")
        };
        let bare = auxiliaries == 0 && !infinitive;
        // `was hosted by A and organised in …`
        let shared = bare
            && participle
            && matches!(self.last_kind(), Some(ItemKind::And | ItemKind::Comma))
            && self.out.verbs.last().is_some_and(|last| last.voice == Voice::Passive && last.finite)
            && (self.class(i, Classes::PREPOSITION | Classes::ADVERB) || i >= self.end || self.doc.is_mark(i));
        let voice = if shared {
            Voice::Passive
        } else if main.is_some() && participle && (be || (bare && (by_follows || self.is_reduced(at, verb.form, i)))) { Voice::Passive } else { Voice::Active };
        let finite = !(infinitive || verb.form == Form::Gerund && bare || voice == Voice::Passive && bare && !shared || verb.form == Form::Participle && bare);
        let planned = be_to
            || modal.is_some_and(|m| !self.is_lower(m, "could") || !have)
            || (be && self.is_planning(verb.lemma) && self.is_lower(i, "to"));
        // `will visit A and meet B`: a bare verb goes on as the one before
        let inherited = (bare && matches!(self.out.items.last().map(|i| i.kind), Some(ItemKind::And | ItemKind::Comma)))
            .then(|| self.out.verbs.last())
            .flatten()
            .filter(|last| last.form == verb.form && !last.speech || verb.form == Form::Base)
            .map(|last| last.status);
        let to_come = infinitive && be && voice == Voice::Passive;
        let status = if negated {
            Status::Negated
        } else if let Some(status) = inherited {
            status
        } else if to_come {
            Status::Planned
        } else if planned && !(modal.is_some_and(|m| self.is_lower(m, "would")) && have) {
            Status::Planned
        } else {
            Status::Asserted
        };
        let index = self.out.verbs.len();
        let item = self.out.items.len();
        self.out.verbs.push(VerbGroup {
            tokens: at..i,
            main: main_at,
            lemma: verb.lemma,
            form: verb.form,
            voice,
            finite,
            infinitive,
            status,
            perfect: have && main.is_some(),
            speech: verb.speech && voice == Voice::Active,
            item,
        });
        self.push(ItemKind::Verb(index), at..i)
    }

    /// `expected`, `scheduled`, `set` to …
    fn is_planning(&self, lemma: WordId) -> bool {
        ["expect", "schedule", "set", "plan", "slate"].iter().any(|w| self.lexicon.get(w) == lemma)
    }

    /// A participle without auxiliary that modifies the noun before it: `the MoU signed in 2019`, `a Forum held in Bali`.
    fn is_reduced(&self, at: usize, form: Form, end: usize) -> bool {
        if form == Form::Participle {
            return true;
        }
        // `signed today`, `held in`: no object follows, and a finite verb comes later in the sentence
        let before_noun = matches!(self.last_kind(), Some(ItemKind::Phrase(_) | ItemKind::Comma));
        let no_object = end >= self.end
            || self.class(end, Classes::PREPOSITION) && !self.is_lower(end, "to") && self.mention(end).is_none()
            || self.mention(end).is_some_and(|m| self.entities.mentions[m].kind == EntityType::Date);
        let subject_is_agent = self.out.phrases.last().is_some_and(|p| match p.head {
            PhraseHead::Mention(m) => self.entities.mentions[m].kind.is_agent() || self.entities.mentions[m].kind == EntityType::Role,
            PhraseHead::Pronoun(_) => true,
            PhraseHead::Noun(_) => false,
        });
        before_noun && no_object && !subject_is_agent && at > self.out.tokens.start && (self.finite_later(end) || self.out.verbs.iter().any(|v| v.finite))
    }

    fn finite_later(&self, from: usize) -> bool {
        (from..self.end.min(from + 40)).any(|i| {
            self.mention(i).is_none() && self.class(i, Classes::BE | Classes::HAVE | Classes::MODAL)
                || self.verb(i).is_some_and(|v| matches!(v.form, Form::Past | Form::PastOrParticiple | Form::Third) && !self.doc.is_capital(i) && !self.class(i.saturating_sub(1), Classes::DETERMINER | Classes::PREPOSITION))
        })
    }
}
