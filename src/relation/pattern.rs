//! Patterns of mentions and words: `<source:role> of [the] <target:agency|body>`.
//!
//! - `<source:TYPES>`, `<target:TYPES>`, `<TYPES>`: a mention of one of the types (`a|b`); with `+` behind it, a list of such.
//!   `<role=chair|chairman>`: a mention with one of these words in it.
//! - `word`: that word; `a|b`: one of the words; `[word]`: the word or nothing; `'s`: a possessive, which a mere adjective
//!   (`Malaysian`) needs not.
//!
//! - `...`: up to three plain words, in lower case.
//! - `!<TYPES>`: no such mention may follow.
//! - `//`: the next line, where lines of names stand below each other.
//!
//! Titles before a name and abbreviations in parentheses behind one are passed over.

use super::rule::Types;
use crate::entity::Entities;
use crate::few::Few;
use crate::schema::EntityType;
use crate::text::document::Document;
use crate::text::layout::Zone;
use crate::text::lexicon::{Classes, Lexicon, WordId};
use crate::work;
use std::ops::Range;
use tinyvec::TinyVec;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Source,
    Target,
    Neither,
}

#[derive(Clone, Debug)]
enum Element {
    Mention {
        part: Part,
        types: Types,
        heads: Vec<WordId>,
        list: bool,
    },
    Words {
        any: Vec<WordId>,
        optional: bool,
    },
    Possessive,
    /// What must not follow.
    Not(Types),
    /// Up to three plain words.
    Gap,
    /// The end of a row.
    Break,
}

/// A pattern of mentions and words.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    elements: Vec<Element>,
    /// Whether it goes over the end of a line.
    crosses_lines: bool,
    /// What may stand behind its first element.
    second: Opening,
}

/// A step of a sentence as patterns see it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unit {
    Mention(usize),
    Token(usize),
    /// Between two rows of a block.
    Break,
}

/// What a pattern may match from on: one of the words, a mention of one of the types, a possessive, or whatever it may be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    pub(crate) words: Vec<WordId>,
    pub(crate) types: Types,
    pub(crate) possessive: bool,
    pub(crate) anything: bool,
}

impl Opening {
    /// Whether whatever there is may stand there: what owns may be any mention.
    pub(super) fn is_open(&self) -> bool {
        self.anything || self.possessive
    }

    /// Whether a mention of a type may stand there.
    pub(super) fn fits(&self, kind: EntityType) -> bool {
        self.is_open() || self.types.has(kind)
    }
}

/// What a pattern found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Match {
    pub(crate) sources: Few<usize>,
    pub(crate) targets: Few<usize>,
    pub(crate) tokens: Range<usize>,
    /// The unit of the first member of the list that the pattern begins with, where all were too many.
    from: usize,
    /// How many units the list has that the pattern begins with; 0 where it begins with none.
    pub(super) list: usize,
}

impl Match {
    /// Puts mentions before those that were found on one side.
    fn begin_with(&mut self, part: Part, mentions: impl IntoIterator<Item = usize>) {
        match part {
            Part::Source => drop(self.sources.splice(0..0, mentions)),
            Part::Target => drop(self.targets.splice(0..0, mentions)),
            Part::Neither => {}
        }
    }
}

/// Longest gap in words.
const LONGEST_GAP: usize = 3;

/// Longest list, and longest list of posts, behind its first member.
const MOST_MEMBERS: usize = 30;
const MOST_POSTS: usize = 6;

/// In so many ways a pattern may be tried at one place, so that none can hang.
const MOST_WAYS: usize = 20_000;

impl Element {
    /// In how many ways it may be tried at a place.
    fn ways(&self) -> usize {
        match self {
            Element::Mention { list: true, .. } => MOST_MEMBERS + 1,
            Element::Gap => LONGEST_GAP + 1,
            Element::Words { optional: true, .. } => 2,
            _ => 1,
        }
    }
}

impl Pattern {
    pub(crate) fn parse(text: &str, lexicon: &mut Lexicon) -> Result<Pattern, String> {
        let mut elements = Vec::new();
        for part in text.split_whitespace() {
            if let Some(inner) = part.strip_prefix("!<").and_then(|p| p.strip_suffix('>')) {
                elements.push(Element::Not(Types::parse(inner.split('|'))?));
            } else if let Some(inner) = part.strip_prefix('<') {
                let (inner, list) = match inner.strip_suffix(">+") {
                    Some(inner) => (inner, true),
                    None => (inner.strip_suffix('>').ok_or_else(|| format!("`{part}` is not closed"))?, false),
                };
                let (part, types) = match inner.split_once(':') {
                    Some(("source", types)) => (Part::Source, types),
                    Some(("target", types)) => (Part::Target, types),
                    Some((other, _)) => return Err(format!("source or target was expected, not `{other}`")),
                    None => (Part::Neither, inner),
                };
                let (types, heads) = types.split_once('=').unwrap_or((types, ""));
                let heads = heads
                    .split('|')
                    .filter(|h| !h.is_empty())
                    .map(|h| lexicon.intern(&crate::text::fold::fold(h)))
                    .collect();
                elements.push(Element::Mention { part, types: Types::parse(types.split('|'))?, heads, list });
            } else if part == "..." {
                elements.push(Element::Gap);
            } else if part == "//" {
                elements.push(Element::Break);
            } else if part == "'s" {
                elements.push(Element::Possessive);
            } else {
                let (words, optional) = match part.strip_prefix('[').and_then(|p| p.strip_suffix(']')) {
                    Some(words) => (words, true),
                    None => (part, false),
                };
                let any = words.split('|').map(|w| lexicon.intern(&crate::text::fold::fold(w))).collect();
                elements.push(Element::Words { any, optional });
            }
        }
        if elements.is_empty() {
            return Err("empty".into());
        }
        let ways = elements.iter().map(Element::ways).fold(1, usize::saturating_mul);
        if ways > MOST_WAYS {
            return Err(format!(
                "too many lists, gaps and optional words: {ways} ways to match, {MOST_WAYS} are allowed"
            ));
        }
        let crosses_lines = elements.iter().any(|e| matches!(e, Element::Break));
        let second = opening(&elements[1..]);
        Ok(Pattern { elements, crosses_lines, second })
    }

    /// Whether it goes over the end of a line.
    pub(crate) fn crosses_lines(&self) -> bool {
        self.crosses_lines
    }

    /// Matches from a unit on. Where it does not, nor from a later member of the list that it begins with, it tells the unit before
    /// which it need not be tried again.
    pub(crate) fn match_at(
        &self,
        doc: &Document<'_>,
        entities: &Entities,
        units: &[Unit],
        start: usize,
    ) -> Result<Match, usize> {
        let mut found = Match::default();
        let Some(end) = self.step(doc, entities, units, start, 0, &mut found) else {
            return Err(self.end_of_list(doc, entities, units, start));
        };
        if found.from > start {
            return Err(found.from);
        }
        let first = token_of(entities, units[start]).start;
        let last = token_of(entities, units[end - 1]).end;
        found.tokens = first..last;
        Ok(found)
    }

    /// Where the list ends that it begins with at a unit: what fits behind none of the members from the first on, fits behind none
    /// from a later one on.
    fn end_of_list(&self, doc: &Document<'_>, entities: &Entities, units: &[Unit], start: usize) -> usize {
        match &self.elements[0] {
            Element::Mention { part, types, heads, list: true } if heads.is_empty() => {
                let others = list_behind(doc, entities, units, start, *part, *types, usize::MAX);
                others.last().map_or(start + 1, |(_, end)| *end)
            }
            _ => start + 1,
        }
    }

    /// The words that may stand behind a mention that it begins with; the marks of [`followers`] may too.
    pub(super) fn followers(&self) -> &[WordId] {
        &self.second.words
    }

    /// What it may match from on.
    pub(crate) fn opening(&self) -> Opening {
        opening(&self.elements)
    }

    /// What may stand behind the unit where it begins, or more than that: [`Pattern::goes_on`] tells the rest.
    pub(super) fn behind_first(&self, lexicon: &Lexicon) -> Opening {
        let Element::Mention { list, .. } = &self.elements[0] else {
            return Opening { anything: true, ..Opening::default() };
        };
        let mut behind = Opening { possessive: false, ..self.second.clone() };
        let marks = |marks: &[&str]| marks.iter().map(|mark| lexicon.get(mark)).collect::<Vec<_>>();
        if self.second.possessive {
            behind.words.extend(marks(&OWNERS));
        }
        if *list {
            behind.words.extend(marks(&JOINTS));
            behind.types = Types::all();
        }
        behind
    }

    /// Whether it may match by the word behind the mention where it begins, where [`Pattern::behind_first`] has it: a mark may be
    /// none of an owner, and `The` is no part of a list.
    #[inline]
    pub(super) fn goes_on(&self, doc: &Document<'_>, next: Option<Unit>) -> bool {
        work::step();
        let (Element::Mention { list, .. }, Some(Unit::Token(t))) = (&self.elements[0], next) else { return true };
        self.second.anything
            || self.second.words.contains(&doc.words[t])
            || self.second.possessive && is_possessive(doc, t)
            || *list && joins_list(doc, t)
    }

    /// Where the rest of the pattern, from an element on, ends, if it matches from a unit on. What it finds is put before what
    /// `found` has; nothing is where it does not match.
    fn step(
        &self,
        doc: &Document<'_>,
        entities: &Entities,
        units: &[Unit],
        at: usize,
        element: usize,
        found: &mut Match,
    ) -> Option<usize> {
        work::steps(2);
        let Some(this) = self.elements.get(element) else { return Some(at) };
        match this {
            Element::Words { any, optional } => {
                if let Some(Unit::Token(t)) = units.get(at)
                    && any.contains(&doc.words[*t])
                    && let Some(end) = self.step(doc, entities, units, at + 1, element + 1, found)
                {
                    return Some(end);
                }
                if *optional { self.step(doc, entities, units, at, element + 1, found) } else { None }
            }
            Element::Not(types) => match units.get(at) {
                Some(Unit::Mention(m)) if types.has(entities.mentions[*m].kind) => None,
                _ => self.step(doc, entities, units, at, element + 1, found),
            },
            Element::Break => match units.get(at) {
                Some(Unit::Break) => self.step(doc, entities, units, at + 1, element + 1, found),
                // a comma, or the edge of a cell, may end a row
                Some(Unit::Token(t))
                    if matches!(doc.word(*t), "," | "|") && matches!(units.get(at + 1), Some(Unit::Break)) =>
                {
                    self.step(doc, entities, units, at + 2, element + 1, found)
                }
                _ => None,
            },
            Element::Gap => {
                let mut next = at;
                loop {
                    if let Some(end) = self.step(doc, entities, units, next, element + 1, found) {
                        return Some(end);
                    }
                    match units.get(next) {
                        Some(Unit::Token(t)) if next < at + LONGEST_GAP && is_plain(doc, *t) => next += 1,
                        _ => return None,
                    }
                }
            }
            Element::Possessive => match units.get(at) {
                Some(Unit::Token(t)) if is_possessive(doc, *t) => {
                    self.step(doc, entities, units, at + 1, element + 1, found)
                }
                Some(Unit::Mention(_)) if at > 0 => self.step(doc, entities, units, at, element + 1, found),
                // `the Indonesian city of`: an adjective owns too
                Some(Unit::Token(t)) if at > 0 && is_plain(doc, *t) && is_adjective(entities, units[at - 1]) => {
                    self.step(doc, entities, units, at, element + 1, found)
                }
                _ => None,
            },
            Element::Mention { part, types, heads, list } => {
                let Some(Unit::Mention(m)) = units.get(at) else { return None };
                let this = &entities.mentions[*m];
                if !types.has(this.kind)
                    || !heads.is_empty() && !this.tokens.clone().any(|t| heads.contains(&doc.words[t]))
                {
                    return None;
                }
                // `head of Thai fixed income`: an adjective at the end, whose noun is something else
                let adjective = |t: usize| is_plain(doc, t) && !doc.class(t).any(Classes::COLLECTIVE);
                if element + 1 == self.elements.len()
                    && this.is_demonym()
                    && matches!(units.get(at + 1), Some(Unit::Token(t)) if adjective(*t))
                {
                    return None;
                }
                if !*list {
                    let end = self.step(doc, entities, units, at + 1, element + 1, found)?;
                    found.begin_with(*part, [*m]);
                    return Some(end);
                }
                // a longer list first
                let most = if this.kind == EntityType::Role { MOST_POSTS } else { MOST_MEMBERS };
                // the first is read once for all its members
                let read = if element == 0 { usize::MAX } else { most };
                let mut others = list_behind(doc, entities, units, at, *part, *types, read);
                loop {
                    let after = others.last().map_or(at + 1, |(_, end)| *end);
                    if let Some(end) = self.step(doc, entities, units, after, element + 1, found) {
                        if others.len() > most {
                            found.from = others[others.len() - most - 1].1 - 1;
                        }
                        if element == 0 {
                            found.list = after - at;
                        }
                        let members = std::iter::once(*m).chain(others.iter().map(|(other, _)| *other));
                        found.begin_with(*part, members);
                        return Some(end);
                    }
                    others.pop()?;
                }
            }
        }
    }
}

/// What a list goes on with behind the mention at a unit, and where each member ends.
fn list_behind(
    doc: &Document<'_>,
    entities: &Entities,
    units: &[Unit],
    first: usize,
    part: Part,
    types: Types,
    most: usize,
) -> TinyVec<[(usize, usize); MOST_POSTS]> {
    let mut members = TinyVec::new();
    let mut end = first + 1;
    while members.len() < most {
        work::step();
        let mut next = end;
        let mut article = false;
        while let Some(Unit::Token(t)) = units.get(next)
            && joins_list(doc, *t)
            && next < end + 3
        {
            article |= doc.is(*t, "the");
            next += 1;
        }
        // `Singapore's Ministry of Law and the China Council`: another's
        if article && part == Part::Source {
            break;
        }
        match units.get(next) {
            Some(Unit::Mention(n))
                if (next > end || entities.mentions[*n].kind == EntityType::Role)
                    && types.has(entities.mentions[*n].kind) =>
            {
                end = next + 1;
                members.push((*n, end));
            }
            _ => break,
        }
    }
    members
}

/// A name that stands before a noun like an adjective: `Indonesian`, `Singapore`
fn is_adjective(entities: &Entities, unit: Unit) -> bool {
    matches!(unit, Unit::Mention(m) if entities.mentions[m].kind == EntityType::State)
}

/// What elements may match from on.
fn opening(elements: &[Element]) -> Opening {
    let mut opening = Opening::default();
    for element in elements {
        match element {
            Element::Words { any, optional } => {
                opening.words.extend(any);
                if !optional {
                    return opening;
                }
            }
            Element::Mention { types, .. } => {
                opening.types = opening.types.or(*types);
                return opening;
            }
            Element::Not(_) => {}
            // or behind a mention what stands behind it
            Element::Possessive => opening.possessive = true,
            Element::Gap | Element::Break => break,
        }
    }
    Opening { anything: true, ..opening }
}

/// The `'s` of an owner, or the apostrophe behind one in the plural.
fn is_possessive(doc: &Document<'_>, token: usize) -> bool {
    doc.is_clitic(token) || doc.is_mark(token) && doc.is_joined(token) && matches!(doc.word(token), "’" | "'")
}

/// What may stand behind a mention in many patterns: the marks of owners and of lists, in their folded form.
pub(super) fn followers() -> impl Iterator<Item = &'static str> {
    OWNERS.into_iter().chain(JOINTS)
}

/// What stands behind an owner.
const OWNERS: [&str; 2] = ["'s", "'"];

/// Words and marks between the members of a list.
const JOINTS: [&str; 8] = [",", "and", "&", "/", "the", "as", "well", "concurrently"];

fn joins_list(doc: &Document<'_>, token: usize) -> bool {
    JOINTS.contains(&doc.word(token))
}

/// A noun or adjective in lower case.
fn is_plain(doc: &Document<'_>, token: usize) -> bool {
    doc.tokens[token].is_word()
        && !doc.is_capital(token)
        && !doc.class(token).any(Classes::PHRASE_END | Classes::SUBORDINATOR | Classes::PRONOUN | Classes::DETERMINER)
}

fn token_of(entities: &Entities, unit: Unit) -> Range<usize> {
    match unit {
        Unit::Mention(m) => entities.mentions[m].tokens.clone(),
        Unit::Token(t) => t..t + 1,
        Unit::Break => 0..0,
    }
}

/// The units of the sentences of a document, page furniture left out.
pub(crate) struct Units {
    all: Vec<Unit>,
    /// Where those of each sentence end.
    ends: Vec<usize>,
}

impl Units {
    pub(crate) fn new(doc: &Document<'_>, entities: &Entities) -> Units {
        let mut all = Vec::with_capacity(doc.tokens.len());
        let ends = doc.sentences.iter().map(|sentence| {
            if sentence.zone != Zone::Furniture {
                read(doc, entities, sentence.start..sentence.end, &mut all);
            }
            all.len()
        });
        Units { ends: ends.collect(), all }
    }

    /// Those of a sentence; none of page furniture.
    pub(crate) fn of(&self, sentence: usize) -> &[Unit] {
        let start = sentence.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[sentence]]
    }
}

/// Reads the units of a stretch of tokens.
fn read(doc: &Document<'_>, entities: &Entities, tokens: Range<usize>, out: &mut Vec<Unit>) {
    let first = out.len();
    let mut at = tokens.start;
    while at < tokens.end {
        if let Some(m) = entities.mention_at(at) {
            let mention = &entities.mentions[m];
            // titles before the name are no units
            while let Some(Unit::Token(t)) = out[first..].last()
                && mention.honorifics.contains(t)
            {
                out.pop();
            }
            out.push(Unit::Mention(m));
            at = mention.tokens.end.max(at + 1);
            // `Pres.`
            if mention.kind == EntityType::Role && at < tokens.end && doc.is(at, ".") && doc.is_joined(at) {
                at += 1;
            }
            // (ABBR)
            if at < tokens.end
                && doc.is(at, "(")
                && let Some(inside) = crate::mention::bracketed(doc, at)
                && mention.kind != EntityType::Date
                && entities
                    .mention_at(inside.start)
                    .is_none_or(|m| entities.mentions[m].kind == mention.kind && mention.kind != EntityType::Place)
                && inside.len() <= 3
                && let Some(close) = (inside.end..tokens.end.min(inside.end + 3)).find(|&i| doc.is(i, ")"))
            {
                at = close + 1;
            }
            // post-nominals: `Mr Murali Pillai SC`
            while mention.kind == EntityType::Person
                && at < tokens.end
                && doc.is_capital(at)
                && entities.mention_at(at).is_none()
                && doc.class(at).any(Classes::NAME_SUFFIX | Classes::HONORIFIC)
                && doc.word(at).chars().all(|c| c.is_uppercase() || c == '.')
            {
                at += 1;
            }
            continue;
        }
        out.push(Unit::Token(at));
        at += 1;
        // `the Army's (PA) 9th Division`
        if doc.is_clitic(at - 1)
            && at < tokens.end
            && let Some(inside) = crate::mention::bracketed(doc, at)
            && inside.len() == 1
            && doc.is(inside.end, ")")
        {
            at = inside.end + 1;
        }
    }
}
