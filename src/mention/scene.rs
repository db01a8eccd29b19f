//! A document together with the names of the gazetteers that stand in it: what all finders look at.

use super::{Found, Mention};
use crate::few::Few;
use crate::gazetteer::matcher::View;
use crate::gazetteer::{EntryId, Gazetteer, Sense, Via};
use crate::schema::EntityType;
use crate::text::document::Document;
use crate::text::layout::Zone;
use crate::text::lexicon::{Classes, Head, Lexicon};
use crate::work;
use std::ops::Range;

/// A name of the tables found in the text.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) tokens: Range<usize>,
    /// Type of its best entry; `None` for a mere title or post.
    pub(crate) kind: Option<EntityType>,
    pub(crate) via: Option<Via>,
    pub(crate) entries: Few<EntryId>,
    pub(crate) honorific: bool,
    pub(crate) role: bool,
}

pub(crate) struct Scene<'s, 't> {
    pub(crate) doc: &'s Document<'t>,
    pub(crate) gazetteer: &'s Gazetteer,
    pub(crate) lexicon: &'s Lexicon,
    pub(crate) known: Vec<Known>,
    /// For each token: 1 + index into `known`, or 0.
    at: Vec<u32>,
}

impl<'s, 't> Scene<'s, 't> {
    pub(crate) fn new(doc: &'s Document<'t>, gazetteer: &'s Gazetteer, lexicon: &'s Lexicon) -> Scene<'s, 't> {
        let view = View::of_text(&doc.tokens, &doc.words, doc.text, lexicon, |i| doc.is_shouted(i));
        let mut at = vec![0; doc.tokens.len()];
        let mut known: Vec<Known> = Vec::with_capacity(doc.tokens.len() / 8);
        for hit in gazetteer.find(&view) {
            let tokens = hit.start..hit.end;
            let mut this = Known {
                tokens: tokens.clone(),
                kind: None,
                via: None,
                entries: Few::new(),
                honorific: false,
                role: false,
            };
            let mut best: Option<(Via, EntityType)> = None;
            for sense in gazetteer.senses(&hit) {
                match sense {
                    Sense::Honorific => this.honorific = true,
                    Sense::Role => this.role = true,
                    Sense::Entry(id, via) => {
                        let kind = gazetteer.entry(*id).entity_type();
                        if best.is_none_or(|(b, _)| *via < b) {
                            best = Some((*via, kind));
                        }
                    }
                }
            }
            if let Some((via, kind)) = best {
                this.kind = Some(kind);
                this.via = Some(via);
                this.entries = gazetteer
                    .senses(&hit)
                    .iter()
                    .filter_map(|s| match s {
                        Sense::Entry(id, _) if gazetteer.entry(*id).entity_type() == kind => Some(*id),
                        _ => None,
                    })
                    .collect();
            }
            known.push(this);
            at[tokens].fill(known.len() as u32);
        }
        Scene { doc, gazetteer, lexicon, known, at }
    }

    /// The known name that covers a token.
    pub(crate) fn known(&self, at: usize) -> Option<&Known> {
        let n = *self.at.get(at)?;
        (n > 0).then(|| &self.known[n as usize - 1])
    }

    /// The first token of a stretch that is of one of the classes or in a known name.
    pub(crate) fn next(&self, tokens: Range<usize>, classes: Classes) -> Option<usize> {
        let known = self.at[tokens.clone()].iter();
        let mut words = self.doc.classes[tokens.clone()].iter().zip(known);
        let wanted = |(class, &known): (&Classes, &u32)| {
            work::step();
            class.any(classes) || known > 0
        };
        words.position(wanted).map(|n| tokens.start + n)
    }

    pub(crate) fn kind(&self, at: usize) -> Option<EntityType> {
        self.known(at).and_then(|k| k.kind)
    }

    pub(crate) fn is_state(&self, at: usize) -> bool {
        self.kind(at) == Some(EntityType::State)
    }

    pub(crate) fn is_demonym(&self, at: usize) -> bool {
        self.known(at).is_some_and(|k| k.via == Some(Via::Demonym))
    }

    /// The token begins or continues a title (and nothing else).
    pub(crate) fn is_honorific(&self, at: usize) -> bool {
        self.known(at).is_some_and(|k| k.honorific)
    }

    pub(crate) fn is_role(&self, at: usize) -> bool {
        self.known(at).is_some_and(|k| k.role)
    }

    pub(crate) fn class(&self, at: usize) -> Classes {
        self.doc.class(at)
    }

    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.doc.is_capital(at)
    }

    /// The head noun at a token.
    pub(crate) fn head(&self, at: usize) -> Option<&'s Head> {
        self.doc.words.get(at).and_then(|&w| self.lexicon.head(w))
    }

    /// In capitals throughout, and not because the whole line is.
    pub(crate) fn is_short_form(&self, at: usize) -> bool {
        use crate::text::token::Looks;
        self.doc.tokens.get(at).is_some_and(|t| t.is_word() && (t.looks.has(Looks::UPPER) || t.looks.has(Looks::MIXED)))
            && !self.doc.is_shouted(at)
    }

    /// A four-digit year.
    pub(crate) fn is_year(&self, at: usize) -> bool {
        at < self.doc.tokens.len() && year(self.doc.word(at)).is_some()
    }

    /// `16th`, `Sixth`.
    pub(crate) fn is_ordinal(&self, at: usize) -> bool {
        if at >= self.doc.tokens.len() {
            return false;
        }
        self.class(at).any(Classes::ORDINAL) || is_numeric_ordinal(self.doc.word(at))
    }

    pub(crate) fn zone(&self, at: usize) -> Zone {
        self.doc.sentence_of(at).map_or(Zone::Furniture, |n| self.doc.sentences[n].zone)
    }

    /// Two tokens in one sentence.
    pub(crate) fn together(&self, a: usize, b: usize) -> bool {
        self.doc.sentence_of(a) == self.doc.sentence_of(b)
    }

    /// The known names that are entities by themselves.
    pub(crate) fn entries(&self) -> Vec<Mention> {
        let mut out = Vec::with_capacity(self.known.len());
        for known in &self.known {
            let Some(kind) = known.kind else { continue };
            if matches!(kind, EntityType::Role | EntityType::Person) || !self.stands_alone(known) {
                continue;
            }
            let mut mention = Mention::new(self.edition(known.tokens.clone(), kind), kind, Found::Gazetteer);
            mention.entries = known.entries.clone();
            mention.via = known.via;
            mention.head = self.head_of(known.tokens.clone());
            out.push(mention);
        }
        out
    }

    /// The head noun of a name: the last one before `of`, `for`, `on`; else the last of all.
    pub(crate) fn head_of(&self, tokens: Range<usize>) -> Option<usize> {
        let cut = tokens
            .clone()
            .find(|&i| matches!(self.doc.word(i), "of" | "for" | "on" | "to" | "against"))
            .unwrap_or(tokens.end);
        let is_head = |i: &usize| self.class(*i).any(Classes::HEAD) && self.doc.is_capital(*i);
        (tokens.start..cut).rev().find(is_head).or_else(|| tokens.rev().find(is_head))
    }

    /// A meeting, document or programme with the number or year of its edition: `37th ASEAN Summit`, `Cobra Gold 2023`.
    fn edition(&self, tokens: Range<usize>, kind: EntityType) -> Range<usize> {
        let mut tokens = tokens;
        // the chapter of a state: `Greenpeace Indonesia`
        if kind == EntityType::Organisation
            && let Some(state) = self.known(tokens.end)
            && state.kind == Some(EntityType::State)
            && state.via == Some(Via::Name)
            && self.together(tokens.start, tokens.end)
            && !self.doc.is_clitic(state.tokens.end)
            && !self.doc.is_hyphen(state.tokens.end)
        {
            tokens.end = state.tokens.end;
        }
        if kind == EntityType::Organisation {
            tokens.end = self.past_company_form(tokens.end);
        }
        if !matches!(kind, EntityType::Event | EntityType::Instrument | EntityType::Programme) {
            return tokens;
        }
        if self.is_year(tokens.end) && self.together(tokens.start, tokens.end) {
            tokens.end += 1;
            if self.doc.is_dash(tokens.end) && self.is_year(tokens.end + 1) {
                tokens.end += 2;
            }
        }
        if kind == EntityType::Event && tokens.start > 0 && self.together(tokens.start - 1, tokens.start) {
            // `Rio Olympics`
            if let Some(place) = self.known(tokens.start - 1)
                && place.kind == Some(EntityType::Place)
                && place.tokens.end == tokens.start
                && place.tokens.start > 0
                && self.together(place.tokens.start - 1, tokens.start)
                && self.is_year(place.tokens.start - 1)
            {
                tokens.start = place.tokens.start;
            }
            // `2nd annual Leaders' Meeting`
            let adjective = tokens.start - 1;
            if matches!(self.doc.folded(adjective), "annual" | "biennial" | "regular" | "joint")
                && adjective > 0
                && self.together(adjective - 1, adjective)
                && self.is_ordinal(adjective - 1)
            {
                tokens.start = adjective;
            }
            let p = tokens.start - 1;
            let dated = p > 0 && self.class(p - 1).any(Classes::MONTH);
            if self.is_ordinal(p) || self.is_year(p) && !dated {
                tokens.start = p;
            }
        }
        tokens
    }

    /// Past what says that the name before a token is a company's: `Pte Ltd`, `Co., Ltd.`, `, Inc.`
    pub(crate) fn past_company_form(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            let next = if self.doc.is(end, ",") { end + 1 } else { end };
            let form = next < self.doc.tokens.len()
                && self.class(next).any(Classes::COMPANY_FORM)
                && self.is_capital(next)
                && self.together(at.saturating_sub(1), next);
            if !form {
                return end;
            }
            end = next + 1;
            // the full stop of an abbreviation, unless it ends the sentence
            if self.doc.is(end, ".")
                && self.doc.is_joined(end)
                && self.doc.word(next).len() <= 4
                && self.together(next, end + 1)
            {
                end += 1;
            }
        }
    }

    /// Whether a known name is really one here, and not part of a longer name that nobody listed.
    fn stands_alone(&self, known: &Known) -> bool {
        let (start, end) = (known.tokens.start, known.tokens.end);
        if known.honorific && known.tokens.len() == 1 && known.kind != Some(EntityType::State) {
            return false;
        }
        // `Jordan Smith`, `Chad Wolf`: a state's name as a given name
        if matches!(known.kind, Some(EntityType::State | EntityType::Place))
            && known.tokens.len() == 1
            && self.class(start).any(Classes::NAME_WORD)
            && !self.is_demonym(start)
            && self.is_capital(end)
            && self.known(end).is_none()
            && !self.class(end).any(Classes::COMMON | Classes::HEAD)
            && self.together(start, end)
            && !self.doc.is_shouted(start)
            && self.doc.tokens[end].looks.has(crate::text::token::Looks::SPACE)
        {
            return false;
        }
        true
    }
}

/// The year that a word is, from 1900 to 2099.
pub(crate) fn year(word: &str) -> Option<i16> {
    if word.len() != 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    word.parse().ok().filter(|y| (1900..2100).contains(y))
}

pub(crate) fn is_numeric_ordinal(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let ending = &word[digits..];
    (1..=3).contains(&digits) && ["st", "nd", "rd", "th"].iter().any(|ordinal| ending.eq_ignore_ascii_case(ordinal))
}

/// What a finder asks of the sentence that it looks at: outside its bounds there is nothing.
pub(super) trait Window {
    fn scene(&self) -> &Scene<'_, '_>;
    fn bounds(&self) -> &Range<usize>;

    fn inside(&self, at: usize) -> bool {
        self.bounds().contains(&at)
    }

    fn word(&self, at: usize) -> &str {
        if self.inside(at) { self.scene().doc.word(at) } else { "" }
    }

    /// The word with its ASCII letters in lower case.
    fn lower(&self, at: usize) -> &str {
        if self.inside(at) { self.scene().doc.lower(at) } else { "" }
    }

    fn is_capital(&self, at: usize) -> bool {
        self.inside(at) && self.scene().is_capital(at)
    }

    fn class(&self, at: usize, class: Classes) -> bool {
        self.inside(at) && self.scene().class(at).any(class)
    }
}
