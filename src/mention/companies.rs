//! Names that nothing in them gives away, by what stands beside them: an employer behind a post (`partner at Cherry Lane`),
//! or a noun that says what they are (`the lender Sathapana`).

use super::scene::Scene;
use super::{Found, Mention};
use crate::schema::EntityType;
use crate::text::document::Document;
use crate::text::layout::Zone;
use crate::text::lexicon::Classes;
use std::ops::Range;

/// Longest name in tokens.
const LONGEST: usize = 7;

/// Organisations by their company. `roles` and `others` are what has been found so far.
pub(crate) fn find(scene: &Scene<'_, '_>, roles: &[Mention], others: &[Mention]) -> Vec<Mention> {
    let mut covered = vec![false; scene.doc.tokens.len()];
    for mention in others.iter().chain(roles) {
        covered[mention.tokens.clone()].fill(true);
    }
    let finder = Finder { scene, covered: &covered };
    let mut out: Vec<Mention> = roles.iter().filter_map(|role| finder.employer_behind(role)).collect();
    out.extend(roles.iter().filter_map(|role| finder.employer_before(role)));
    for sentence in scene.doc.sentences.iter().filter(|s| s.zone == Zone::Body) {
        for at in scene.doc.of_class(sentence.start..sentence.end, Classes::CAPITAL | Classes::BUSINESS_NOUN) {
            if scene.is_capital(at) {
                if finder.is_free(at) {
                    out.extend(finder.partners(at).or_else(|| finder.place(at)));
                }
            } else {
                out.extend(finder.told_by_noun(at));
            }
        }
    }
    out
}

/// Longest name of a place that no table has, in words.
const MOST_WORDS: usize = 3;

struct Finder<'f, 's, 't> {
    scene: &'f Scene<'s, 't>,
    covered: &'f [bool],
}

impl Finder<'_, '_, '_> {
    /// `partner at Cherry Lane Investments`, `CEO of Seedly`, `(Owner, Unlisted Collection)`
    fn employer_behind(&self, role: &Mention) -> Option<Mention> {
        let doc = self.scene.doc;
        let at = role.tokens.end;
        let mark = doc.tokens.get(at)?.of(doc.text);
        let start = if doc.is(at + 1, "the") { at + 2 } else { at + 1 };
        let name = self.name_at(start).or_else(|| self.named_for_place(start).filter(|_| is_business(doc, role)))?;
        let plain = name.clone().all(|i| self.scene.class(i).any(Classes::COMMON | Classes::PORTFOLIO));
        let fits = match mark {
            "at" | "with" => true,
            "of" => !plain,
            // between the parentheses behind a name
            "," => role.tokens.start > 0 && doc.is(role.tokens.start - 1, "(") && doc.is(name.end, ")"),
            _ => false,
        };
        (fits && self.scene.together(at, start)).then(|| self.organisation(name))
    }

    /// `Seedly's co-founder`: the head of a business, since a politician may have a spokesman
    fn employer_before(&self, role: &Mention) -> Option<Mention> {
        let doc = self.scene.doc;
        let clitic = role.tokens.start.checked_sub(1).filter(|&c| doc.is_clitic(c))?;
        let start = (clitic.saturating_sub(LONGEST)..clitic).rev().take_while(|&i| self.is_free(i)).last()?;
        let name = self.name_at(start).filter(|name| is_business(doc, role) && name.end == clitic)?;
        self.scene.together(start, clitic).then(|| self.organisation(name))
    }

    /// `the lender Sathapana`, `an exchange, Independent Reserve,`
    fn told_by_noun(&self, noun: usize) -> Option<Mention> {
        let doc = self.scene.doc;
        let comma = doc.is(noun + 1, ",");
        let start = noun + 1 + usize::from(comma);
        let name = self.name_at(start).filter(|_| self.scene.together(noun, start))?;
        // words of the language behind a comma begin something else
        let strange = name.clone().any(|i| !self.scene.class(i).any(Classes::COMMON));
        let closed = doc.tokens.get(name.end).is_none_or(|t| matches!(t.of(doc.text), "," | "." | ")" | ";"));
        let person = name.clone().any(|i| self.scene.class(i).any(Classes::NAME_WORD));
        ((strange && !person || comma && closed && name.len() >= 2) && (!comma || closed))
            .then(|| self.organisation(name))
    }

    /// `in Villanueva, Misamis Oriental`, `Minbu township`: before the larger place, or before what it is
    fn place(&self, at: usize) -> Option<Mention> {
        let doc = self.scene.doc;
        if at == 0 || doc.is_capital(at - 1) || !self.scene.together(at - 1, at) {
            return None;
        }
        // most names stand behind no such word, nor near a noun of areas
        let inside = matches!(doc.word(at - 1), "in" | "at" | "near" | "from");
        if !inside && !(at + 1..=at + MOST_WORDS).any(|i| self.scene.class(i).any(Classes::AREA_NOUN)) {
            return None;
        }
        let name = self.name_at(at).filter(|name| name.len() <= MOST_WORDS)?;
        let strange = name.clone().any(|i| !self.scene.class(i).any(Classes::COMMON));
        let within = inside
            && doc.is(name.end, ",")
            && matches!(self.scene.kind(name.end + 1), Some(EntityType::Place | EntityType::State))
            && self.scene.together(at, name.end + 1)
            // `from Megawati, Indonesia's president`
            && !self.scene.known(name.end + 1).is_some_and(|k| doc.is_clitic(k.tokens.end));
        let called = name.end < doc.tokens.len()
            && self.scene.class(name.end).any(Classes::AREA_NOUN)
            && !doc.is_capital(name.end)
            && self.scene.together(at, name.end);
        (strange && (within || called)).then(|| Mention::new(name, EntityType::Place, Found::Pattern))
    }

    /// `Allen & Gledhill`: two names with `&`, which words of the language are not
    fn partners(&self, at: usize) -> Option<Mention> {
        let doc = self.scene.doc;
        let amp = (at + 1..at + 4).find(|&i| doc.is(i, "&"))?;
        let begins = at == 0 || !self.is_free(at - 1) || !self.scene.together(at - 1, at);
        if !begins || !(at..amp).all(|i| self.is_free(i)) {
            return None;
        }
        let name = self.name_at(at).filter(|name| name.end > amp + 1)?;
        let long = |i: usize| doc.word(i).chars().count() > 2;
        let strange =
            |i: usize| long(i) && !self.scene.class(i).any(Classes::COMMON | Classes::PORTFOLIO | Classes::HEAD);
        let whole = strange(at) && strange(amp + 1);
        whole.then(|| self.organisation(name))
    }

    /// `Penang Straws`: a place, and capitals that nothing knows.
    fn named_for_place(&self, start: usize) -> Option<Range<usize>> {
        let place = self.scene.known(start).filter(|k| k.kind == Some(EntityType::Place) && k.tokens.start == start)?;
        let rest = self.name_at(place.tokens.end).filter(|_| self.scene.together(start, place.tokens.end))?;
        Some(start..rest.end)
    }

    /// A run of capitals that nothing knows.
    fn name_at(&self, start: usize) -> Option<Range<usize>> {
        let doc = self.scene.doc;
        if !self.is_free(start) {
            return None;
        }
        let mut end = start;
        while end < start + LONGEST && self.scene.together(start, end) {
            let joined = end > start
                && self.is_free(end + 1)
                && (matches!(doc.word(end), "&" | "-") && self.scene.together(end, end + 1));
            if !self.is_free(end) && !joined {
                break;
            }
            end += 1;
        }
        end = self.scene.past_company_form(end).max(end);
        let whole = end > start && !doc.tokens.get(end).is_some_and(|_| self.goes_on(end));
        whole.then_some(start..end)
    }

    /// Whether a name of something else goes on here.
    fn goes_on(&self, at: usize) -> bool {
        self.scene.doc.is_capital(at) && self.scene.together(at - 1, at) && self.covered[at]
    }

    fn is_free(&self, at: usize) -> bool {
        let grammar = Classes::PRONOUN
            | Classes::DETERMINER
            | Classes::MONTH
            | Classes::WEEKDAY
            | Classes::ROLE_HEAD
            | Classes::PREPOSITION
            | Classes::CONJUNCTION
            | Classes::SUBORDINATOR;
        self.covered.get(at) == Some(&false)
            && self.scene.doc.tokens[at].is_word()
            && self.scene.is_capital(at)
            && !self.scene.class(at).any(grammar)
            && self.scene.known(at).is_none_or(|k| k.kind.is_none() && !k.role && !k.honorific)
    }

    fn organisation(&self, name: Range<usize>) -> Mention {
        Mention::new(name, EntityType::Organisation, Found::Pattern)
    }
}

/// Whether somebody with this post heads a business.
fn is_business(doc: &Document<'_>, role: &Mention) -> bool {
    role.tokens.clone().any(|i| {
        matches!(
            doc.folded(i),
            "ceo" | "founder" | "co-founder" | "cofounder" | "managing" | "executive" | "cfo" | "cto"
        )
    })
}
