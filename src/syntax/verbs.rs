//! Verb groups: where one begins, and what its auxiliaries say of voice, tense and status.

use super::parse::Parser;
use super::{ItemKind, Modality, PhraseHead, VerbGroup, Voice};
use crate::schema::{EntityType, Status};
use crate::text::lexicon::{Classes, Form, Verb, WordId};
use crate::text::token::Kind;
use std::cell::OnceCell;
use std::ops::Range;

impl Parser<'_, '_> {
    /// Inside a noun phrase only a clear verb ends it.
    pub(super) fn starts_verb_group_in_phrase(&self, at: usize, has_head: bool) -> bool {
        if self.class(at, Classes::BE | Classes::HAVE | Classes::MODAL | Classes::DO | Classes::NEGATION) {
            return true;
        }
        if !has_head || !self.starts_verb_group(at) {
            return false;
        }
        // the object of a verb goes on: `condemned the terrorist attacks`
        let object = self.out.items.last().is_some_and(|item| match item.kind {
            ItemKind::Verb(v) => {
                let verb = &self.out.verbs[v];
                !verb.speech && verb.voice == Voice::Active && verb.lemma != self.lexicon.get("be")
            }
            _ => false,
        });
        let noun = self.verb(at).is_some_and(|v| matches!(v.form, Form::Base | Form::Third))
            && self.class(at, Classes::HEAD | Classes::COMMON)
            && self.lexicon.head(self.doc.words[at]).is_some();
        // `delivered the opening remarks`
        let speech = self.class(at, Classes::SPEECH_NOUN)
            && matches!(self.last_kind(), Some(ItemKind::Verb(_) | ItemKind::Preposition));
        !(speech || self.is_owned_noun(at) || object && noun)
    }

    /// `reiterated U.S. support`: behind a verb and a name, a verb without ending would not agree with the name.
    fn is_owned_noun(&self, at: usize) -> bool {
        const CAUSATIVE: [&str; 5] = ["help", "let", "make", "have", "see"];
        let base = self.verb(at).is_some_and(|v| v.form == Form::Base);
        let name = self.mention(at - 1).is_some_and(|m| {
            let start = self.entities.mentions[m].tokens.start;
            let phrase = self.out.items.last().map_or(self.out.tokens.start, |i| i.tokens.end);
            start == phrase || start == phrase + 1
        });
        let governed = self.out.items.last().is_some_and(|item| match item.kind {
            ItemKind::Verb(v) => {
                let verb = &self.out.verbs[v];
                verb.voice == Voice::Active && !CAUSATIVE.iter().any(|c| self.lexicon.get(c) == verb.lemma)
            }
            _ => false,
        });
        base && name && governed
    }

    /// Whether a verb group begins here: an auxiliary, `to` with a verb, or a word that is a verb in this place.
    pub(super) fn starts_verb_group(&self, at: usize) -> bool {
        // most words begin none
        if !self.class(at, Classes::VERBAL) && !self.is_lower(at, "to") {
            return false;
        }
        if self.mention(at).is_some() || self.entities.is_title(at) || !self.doc.tokens[at].is_word() {
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
            return !self.class(at + 1, Classes::NEGATION) && self.starts_verb_group(at + 1);
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
            self.class(b, Classes::DETERMINER | Classes::POSSESSIVE | Classes::ORDINAL | Classes::CARDINAL)
                && self.mention(b).is_none()
                && !self.class(b, Classes::PRONOUN)
                || self.doc.is_clitic(b)
                || self.doc.tokens[b].kind == Kind::Number && self.mention(b).is_none()
        });
        let after_preposition = before.is_some_and(|b| {
            self.class(b, Classes::PREPOSITION) && self.mention(b).is_none() && !self.is_lower(b, "to")
        });
        let noun_after = next < self.end
            && (self.mention(next).is_some()
                || self.class(next, Classes::DETERMINER | Classes::PRONOUN | Classes::POSSESSIVE)
                || self.doc.tokens[next].kind == Kind::Number
                || (self.doc.tokens[next].is_word()
                    && !self.class(
                        next,
                        Classes::PREPOSITION | Classes::CONJUNCTION | Classes::BE | Classes::HAVE | Classes::MODAL,
                    )));
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
                        || self
                            .out
                            .items
                            .last()
                            .is_some_and(|i| matches!(i.kind, ItemKind::Verb(_)) && i.tokens.end == at)
                }) && next < self.end
                    && self.mention(next).is_none()
                    && self.doc.tokens[next].is_word()
                    && !self.doc.is_capital(next)
                    && !verb.speech
                    && self.class(next, Classes::COMMON)
                    && !self.class(
                        next,
                        Classes::DETERMINER
                            | Classes::PREPOSITION
                            | Classes::CONJUNCTION
                            | Classes::ADVERB
                            | Classes::PRONOUN
                            | Classes::SUBORDINATOR
                            | Classes::RELATIVE,
                    );
                !adjective || self.coordinates_verb(at)
            }
            Form::Gerund => {
                if after_article {
                    return false;
                }
                // `look forward to working closely with`
                let behind = if self.class(next, Classes::ADVERB) { next + 1 } else { next };
                if before.is_some_and(|b| self.is_lower(b, "to"))
                    && self.class(behind, Classes::PREPOSITION)
                    && !self.is_lower(behind, "of")
                {
                    return true;
                }
                if self.lexicon.head(self.doc.words[at]).is_some() || self.class(at, Classes::HEAD) {
                    // `after meeting President X`
                    if after_preposition
                        && self.mention(next).is_some()
                        && !before.is_some_and(|b| matches!(self.word(b), "of" | "the"))
                    {
                        return true;
                    }
                    return before.is_some_and(|b| self.class(b, Classes::BE)) && noun_after;
                }
                if after_preposition
                    || before.is_none()
                    || before.is_some_and(|b| self.doc.is_mark(b) || self.class(b, Classes::CONJUNCTION))
                {
                    return noun_after || self.class(next, Classes::PREPOSITION) && !self.is_lower(next, "of");
                }
                // after a noun: a participle (`measures including`), if something follows
                noun_after && !self.class(next, Classes::COMMON) || self.class(next, Classes::DETERMINER)
            }
            Form::Base | Form::Third => {
                if after_article || after_preposition {
                    return false;
                }
                let Some(b) = before else {
                    // `a) Hold a meeting`
                    return self.listed && verb.form == Form::Base && self.class(next, Classes::DETERMINER);
                };
                // `a fund, set up by A`
                if self.is_lower(next, "up") && self.by_follows(next + 1) {
                    return true;
                }
                let word = self.word(b);
                // an adjective before it, or a noun that hangs on a preposition: `in the strongest terms`, `to media reports`
                let adjective = ["est", "al", "ic", "ive", "ous", "ful", "ary"].iter().any(|e| word.ends_with(e))
                    && self.mention(b).is_none();
                let governed = matches!(self.last_kind(), Some(ItemKind::Preposition))
                    && self.mention(b).is_none()
                    && (!verb.speech || self.class(at, Classes::SPEECH_NOUN));
                // the object of a verb: `held talks`
                if self.verb(b).is_some_and(|v| !matches!(v.form, Form::Gerund))
                    && !word.ends_with('s')
                    && !self.class(b, Classes::PRONOUN)
                    && !self.doc.is_capital(b)
                {
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
                if (self.doc.is_mark(b) || self.class(b, Classes::CONJUNCTION))
                    && verb.form == Form::Base
                    && noun_after
                    && self.coordinates_verb(at)
                {
                    return true;
                }
                if self.doc.is_mark(b) {
                    // `…, plans to visit`
                    let infinitive =
                        self.is_lower(next, "to") && self.verb(next + 1).is_some_and(|v| v.form == Form::Base);
                    return verb.form == Form::Third
                        && (noun_after || infinitive)
                        && !self.class(at, Classes::HEAD)
                        && matches!(self.word(b), ")" | "," | "”" | "\"" | "’");
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
                    && (self.class(
                        next,
                        Classes::DETERMINER
                            | Classes::PRONOUN
                            | Classes::POSSESSIVE
                            | Classes::SUBORDINATOR
                            | Classes::PREPOSITION
                            | Classes::ADVERB,
                    ) || (next < self.end && self.mention(next).is_some())
                        || (noun_after && verb.form == Form::Third && self.mention(b).is_some()))
            }
        }
    }

    /// After `and`: the verb goes on with another verb of the same form before it.
    fn coordinates_verb(&self, at: usize) -> bool {
        let Some(verb) = self.verb(at) else { return false };
        self.out.verbs.last().is_some_and(|last| {
            last.form == verb.form
                || (matches!(last.form, Form::Past | Form::PastOrParticiple | Form::Participle)
                    && matches!(verb.form, Form::Past | Form::PastOrParticiple | Form::Participle))
        })
    }

    pub(super) fn verb_group(&mut self, at: usize) -> usize {
        let mut i = at;
        let mut modal = None;
        let mut negation = None;
        let mut be = false;
        let mut have = false;
        let mut infinitive = false;
        let mut auxiliaries = 0;
        let mut main: Option<(usize, Verb)> = None;
        let mut be_to = false;
        let mut wish = false;
        while i < self.end {
            if self.mention(i).is_some() {
                // `will today announce`
                let m = self.entities.mention_at(i);
                if auxiliaries > 0
                    && m.is_some_and(|m| {
                        self.entities.mentions[m].kind == EntityType::Date
                            && self.entities.mentions[m].tokens.len() == 1
                    })
                    && self.verb(i + 1).is_some()
                {
                    i += 1;
                    continue;
                }
                break;
            }
            if self.class(i, Classes::NEGATION) || self.is_lower(i, "not") {
                negation = Some(i..i + 1);
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
            // `would like to thank`
            if modal.is_some() && self.is_lower(i, "like") && self.is_lower(i + 1, "to") {
                wish = true;
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
            if self.class(i, Classes::DO)
                && auxiliaries == 0
                && (self.class(i + 1, Classes::NEGATION) || self.verb(i + 1).is_some_and(|v| v.form == Form::Base))
            {
                auxiliaries += 1;
                i += 1;
                continue;
            }
            if self.is_lower(i, "to") && main.is_none() {
                let next = if self.is_adverb(i + 1) { i + 2 } else { i + 1 };
                if self.verb(next).is_some_and(|v| v.form == Form::Base)
                    || self.class(next, Classes::BE | Classes::HAVE)
                {
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
            if let Some(mut verb) = self.verb(i) {
                // `is run by`, `was set up`, `is set to open`: a participle that looks like the base form
                let bare = verb.form == Form::Base && modal.is_none();
                let planned = self.is_lower(i + 1, "to") && self.plans(verb.lemma);
                if be && bare && (planned || matches!(self.word(i + 1), "by" | "up")) {
                    verb.form = Form::Participle;
                }
                // `the school run by A`, `a fund, set up in May by A`
                let behind_noun = matches!(self.last_kind(), Some(ItemKind::Phrase(_) | ItemKind::Comma));
                let up = i + 1 + usize::from(self.is_lower(i + 1, "up"));
                if bare && auxiliaries == 0 && !infinitive && behind_noun && self.by_follows(up) {
                    verb.form = Form::Participle;
                }
                // after `be` a base form is a noun or adjective
                let fits = match verb.form {
                    Form::Base => auxiliaries == 0 || modal.is_some() || infinitive || be_to || (!be && !have),
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
                let lemma = if be {
                    "be"
                } else if have {
                    "have"
                } else {
                    "do"
                };
                let past = matches!(self.doc.lower(i - 1), "was" | "were" | "had" | "did");
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
        let bare = auxiliaries == 0 && !infinitive;
        let goes_on = bare && matches!(self.last_kind(), Some(ItemKind::And | ItemKind::Comma));
        let by_follows = self.by_follows(i + usize::from(self.is_lower(i, "up")));
        // `was hosted by A and organised in …`
        let shared = goes_on
            && participle
            && !(by_follows && matches!(self.last_kind(), Some(ItemKind::Comma)))
            && self.out.verbs.last().is_some_and(|last| last.voice == Voice::Passive && last.finite)
            && (self.class(i, Classes::PREPOSITION | Classes::ADVERB) || i >= self.end || self.doc.is_mark(i));
        let reduced = bare && (by_follows || self.is_reduced(at, verb, i));
        let passive = shared || main.is_some() && participle && (be || reduced);
        let voice = if passive { Voice::Passive } else { Voice::Active };
        let finite = !(infinitive
            || verb.form == Form::Gerund && bare
            || passive && bare && !shared
            || verb.form == Form::Participle && bare);
        let hypothetical = |m: usize| have && (self.is_lower(m, "could") || self.is_lower(m, "would"));
        let said = wish && self.lexicon.classes(verb.lemma).any(Classes::PERFORMATIVE);
        // `a) Hold a meeting`: what was agreed to be done
        let order = at == self.out.tokens.start && bare && verb.form == Form::Base;
        let planned = match modal.filter(|&m| !hypothetical(m) && !said) {
            Some(modal) => Some(modal..modal + 1),
            None if be_to || infinitive && be && passive => Some(at..main_at),
            None if be && self.plans(verb.lemma) && self.is_lower(i, "to") && self.starts_verb_group(i) => {
                Some(main_at..i + 1)
            }
            None if order => Some(at..main_at + 1),
            // `an invitation to visit`
            None if infinitive && at > self.out.tokens.start && self.class(at - 1, Classes::INTENDING) => {
                Some(at - 1..at)
            }
            None => None,
        };
        // `will visit A and meet B`: a bare verb goes on as the one before
        let before = self
            .out
            .verbs
            .last()
            .filter(|last| goes_on && (last.form == verb.form && !last.speech || verb.form == Form::Base))
            // a comma may also close what was denied of something else
            .filter(|last| last.modality.status != Status::Negated || matches!(self.last_kind(), Some(ItemKind::And)));
        let negation = negation.or_else(|| self.denied_subject().filter(|_| finite));
        let modality = match (negation, before, planned) {
            (Some(cue), _, _) => Modality { status: Status::Negated, cue },
            (None, Some(before), _) => before.modality.clone(),
            (None, None, Some(cue)) => Modality { status: Status::Planned, cue },
            (None, None, None) => Modality::default(),
        };
        let index = self.out.verbs.len();
        let item = self.out.items.len();
        self.out.verbs.push(VerbGroup {
            subject: OnceCell::new(),
            tokens: at..i,
            main: main_at,
            lemma: verb.lemma,
            form: verb.form,
            voice,
            finite,
            infinitive,
            modality,
            perfect: have && main.is_some(),
            aimed: verb.form == Form::Gerund
                && bare
                && at > self.out.tokens.start
                && matches!(self.word(at - 1), "to" | "from"),
            going_on: verb.form == Form::Gerund && matches!(self.word(at), "is" | "are" | "am"),
            occasion: infinitive && self.is_occasion(at),
            speech: verb.speech && voice == Voice::Active,
            item,
        });
        self.push(ItemKind::Verb(index), at..i)
    }

    /// Whether `by` stands here, over adverbs and a date: `today by A`, `in 2013 by A`
    fn by_follows(&self, from: usize) -> bool {
        let date = |at: usize| {
            let mention = self.entities.mention_at(at).filter(|_| at < self.end)?;
            let mention = &self.entities.mentions[mention];
            (mention.kind == EntityType::Date).then_some(mention.tokens.end)
        };
        let mut next = from;
        loop {
            let dated = date(next).or_else(|| date(next + 1).filter(|_| matches!(self.word(next), "in" | "on")));
            match dated {
                Some(end) => next = end,
                None if self.is_adverb(next) => next += 1,
                None => return self.is_lower(next, "by"),
            }
        }
    }

    /// Whether an infinitive says what happens or happened: `is pleased to announce`, `the first country to ratify`.
    fn is_occasion(&self, to: usize) -> bool {
        const NOUNS: usize = 3;
        let before = self.out.tokens.start..to;
        if !before.is_empty() && self.class(to - 1, Classes::OCCASION) {
            return true;
        }
        let counts = |at: &usize| self.class(*at, Classes::ORDINAL) || matches!(self.word(*at), "only" | "last");
        let first = before.rev().take(NOUNS).find(counts);
        first.is_some_and(|first| {
            (first + 1..to).all(|at| {
                self.class(at, Classes::COMMON) && !self.class(at, Classes::CONJUNCTION | Classes::PREPOSITION)
            })
        })
    }

    /// The word by which the clause so far says that nobody did it: `neither A nor B`, `no minister`.
    fn denied_subject(&self) -> Option<Range<usize>> {
        let clause = self.out.items.iter().rev().take_while(|item| !matches!(item.kind, ItemKind::Verb(_)));
        let mut phrases = clause.filter(|item| matches!(item.kind, ItemKind::Phrase(_))).map(|item| item.tokens.start);
        let denies = |&first: &usize| {
            self.is_lower(first, "neither")
                || self.is_lower(first, "no") && self.doc.tokens.get(first + 1).is_some_and(|t| t.is_word())
        };
        phrases.find(denies).map(|first| first..first + 1)
    }

    /// `expected`, `scheduled`, `set` to …
    fn plans(&self, lemma: WordId) -> bool {
        self.lexicon.classes(lemma).any(Classes::INTENDING)
    }

    /// A participle without auxiliary that modifies the noun before it: `the MoU signed in 2019`, `a Forum held in Bali`.
    fn is_reduced(&self, at: usize, verb: Verb, end: usize) -> bool {
        if verb.form == Form::Participle {
            return true;
        }
        // `signed today`, `held in`: no object follows, and a finite verb comes later in the sentence
        let opens = self.last_kind().is_none() && self.finite_later(end);
        let before_noun = opens || matches!(self.last_kind(), Some(ItemKind::Phrase(_) | ItemKind::Comma));
        // `The Drill, themed “…”, is …`
        let named = !verb.speech
            && matches!(self.word(end), "“" | "\"" | "‘" | "«")
            && matches!(self.last_kind(), Some(ItemKind::Comma) | None);
        let no_object = end >= self.end
            || named
            || self.class(end, Classes::PREPOSITION) && !self.is_lower(end, "to") && self.mention(end).is_none()
            || self.mention(end).is_some_and(|m| self.entities.mentions[m].kind == EntityType::Date);
        let subject_is_agent = self.out.phrases.last().is_some_and(|p| match p.head {
            PhraseHead::Mention(m) => {
                self.entities.mentions[m].kind.is_agent() || self.entities.mentions[m].kind == EntityType::Role
            }
            PhraseHead::Pronoun(_) => true,
            PhraseHead::Noun(_) => false,
        });
        before_noun
            && no_object
            && !subject_is_agent
            && (opens || at > self.out.tokens.start)
            && (self.finite_later(end) || self.out.verbs.iter().any(|v| v.finite))
    }

    fn finite_later(&self, from: usize) -> bool {
        (from..self.end.min(from + 40)).any(|i| {
            self.mention(i).is_none() && self.class(i, Classes::BE | Classes::HAVE | Classes::MODAL)
                || self.verb(i).is_some_and(|v| {
                    matches!(v.form, Form::Past | Form::PastOrParticiple | Form::Third)
                        && !self.doc.is_capital(i)
                        && !self.class(i.saturating_sub(1), Classes::DETERMINER | Classes::PREPOSITION)
                })
        })
    }
}
