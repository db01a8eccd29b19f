//! Posts: `Deputy Communications and Multimedia Minister`, `Minister of Education, Youth and Sport`,
//! `deputy director-general (Strategic Security)`, `spokesman`.
//!
//! The employer is no part of the post (`Secretary-General` + `of ASEAN`).

use super::scene::{Scene, Window};
use super::{Found, Mention};
use crate::schema::EntityType;
use crate::text::layout::Zone;
use crate::text::lexicon::Classes;
use std::ops::Range;

/// A post, before it is known who holds it.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) tokens: Range<usize>,
    pub(crate) head: usize,
    /// Written with a capital. One in lower case counts only beside a name.
    pub(crate) capital: bool,
    /// A word that says too little (`Member`, `Partner`), and counts only beside a name whatever its case.
    pub(crate) weak: bool,
}

/// All posts of the document; `others` are names and dates that a post must not run into.
pub(crate) fn find(scene: &Scene<'_, '_>, others: &[Mention]) -> Vec<Role> {
    let mut covered = vec![false; scene.doc.tokens.len()];
    for mention in others.iter().filter(|m| m.tokens.len() > 1) {
        covered[mention.tokens.clone()].fill(true);
    }
    let mut out = Vec::new();
    for sentence in &scene.doc.sentences {
        if sentence.zone == Zone::Furniture {
            continue;
        }
        let finder = Finder { scene, covered: &covered, bounds: sentence.start..sentence.end };
        let mut next = sentence.start;
        while let Some(at) = scene.next(next..sentence.end, Classes::ROLE_HEAD) {
            next = at + 1;
            if let Some(role) = finder.role_at(at) {
                next = role.tokens.end.clamp(next, sentence.end);
                out.push(role);
            }
        }
    }
    out
}

/// Which posts are mentions: those with a capital, and those in lower case that stand beside a person's name or are served.
pub(crate) fn keep(scene: &Scene<'_, '_>, roles: Vec<Role>, persons: &[Mention]) -> Vec<Mention> {
    let mut kept: Vec<bool> = roles
        .iter()
        .map(|role| {
            // `SMS`, `CEO`: a short form needs a person, or says of what
            let short = role.tokens.len() == 1 && scene.is_short_form(role.head);
            let stated = matches!(
                scene.doc.tokens.get(role.tokens.end).map(|t| t.of(scene.doc.text)),
                Some("of" | "at" | "for")
            );
            let head = scene.doc.folded(role.head);
            let enough = !role.weak || stated && !matches!(head, "member" | "officer" | "state" | "deputy");
            // `the French PM`
            let of_state = role.tokens.start > 0 && scene.is_demonym(role.tokens.start - 1);
            role.capital && enough && (!short || stated || of_state)
                || !role.weak && stated && is_served(scene, role)
                || !role.weak && (stated || is_the_one(scene, role)) && is_predicate(scene, role, persons)
                || is_beside(scene, role, persons)
        })
        .collect();
    // `co-founder and CEO Kenneth Lou`: one post with another
    for n in (0..roles.len().saturating_sub(1)).rev() {
        let (this, next) = (&roles[n], &roles[n + 1]);
        let joined = next.tokens.start == this.tokens.end + 1
            && matches!(scene.doc.word(this.tokens.end), "and" | "&" | "/")
            && scene.together(this.tokens.start, next.tokens.start);
        if joined && this.capital == next.capital || joined && !this.weak && scene.is_short_form(next.head) {
            (kept[n], kept[n + 1]) = (kept[n] || kept[n + 1], kept[n] || kept[n + 1]);
        }
    }
    // `chairman of A and chief executive of B`
    for n in 1..roles.len() {
        let (before, this) = (&roles[n - 1], &roles[n]);
        let gap = before.tokens.end..this.tokens.start;
        let employer = gap.len() >= 3
            && gap.len() <= 10
            && matches!(scene.doc.word(gap.start), "of" | "at" | "for")
            && scene.doc.word(gap.end - 1) == "and"
            && scene.together(gap.start, gap.end)
            && gap
                .clone()
                .skip(1)
                .take(gap.len() - 2)
                .all(|i| scene.doc.is_capital(i) || scene.class(i).any(Classes::DETERMINER | Classes::FUNCTION));
        if employer && kept[n - 1] && !this.weak {
            kept[n] = true;
        }
    }
    roles
        .into_iter()
        .zip(kept)
        .filter(|(_, kept)| *kept)
        .map(|(role, _)| Mention::new(role.tokens, EntityType::Role, Found::Pattern).with_head(role.head))
        .collect()
}

/// `served as director of`, `was appointed as the chairman of`: behind a verb for holding a post
fn is_served(scene: &Scene<'_, '_>, role: &Role) -> bool {
    let doc = scene.doc;
    let Some(at) = before_attributes(scene, role.tokens.start) else { return false };
    let behind = if doc.is(at, "as") { at.checked_sub(1) } else { Some(at) };
    // `in his capacity as defence minister`
    let holds = |at: usize| {
        scene.class(at).any(Classes::APPOINTING) || doc.is(at + 1, "as") && matches!(doc.word(at), "capacity" | "role")
    };
    behind.is_some_and(|at| scene.together(at, role.tokens.start) && holds(at))
}

/// There is one of it: `the secretary general`, `Singapore's prime minister`, `a former Thai foreign minister`
fn is_the_one(scene: &Scene<'_, '_>, role: &Role) -> bool {
    let before = role.tokens.start.checked_sub(1);
    let former =
        (role.tokens.start.saturating_sub(2)..role.tokens.start).any(|at| scene.class(at).any(Classes::FORMER));
    former || before.is_some_and(|at| scene.doc.is(at, "the") || scene.doc.is_clitic(at))
}

/// `A is the chairman of`, `he was once president of`: what somebody is said to be
fn is_predicate(scene: &Scene<'_, '_>, role: &Role, persons: &[Mention]) -> bool {
    let doc = scene.doc;
    // `A is Singapore's ambassador to B`
    let owner = |at: usize| {
        let known = scene.known(at.checked_sub(1)?)?;
        (known.kind?.is_agent() && known.tokens.end == at).then_some(known.tokens.start)
    };
    let start = role.tokens.start;
    let owned = start.checked_sub(1).filter(|&p| doc.is_clitic(p)).and_then(owner);
    let Some(mut verb) = before_attributes(scene, owned.unwrap_or(start)) else { return false };
    if scene.class(verb).any(Classes::ADVERB) && verb > 0 {
        verb -= 1;
    }
    if verb == 0 || !scene.class(verb).any(Classes::BE) || !scene.together(verb - 1, role.tokens.start) {
        return false;
    }
    let n = persons.partition_point(|person| person.tokens.end < verb);
    let named = persons.get(n).is_some_and(|person| person.tokens.end == verb);
    // `when he was governor` is about somebody earlier, `the first head of government to visit` about no post
    let subordinate = verb > 1 && scene.class(verb - 2).any(Classes::SUBORDINATOR);
    let first = (role.tokens.start - 1..=role.tokens.start).any(|at| doc.is(at, "first"));
    !first && (named || !subordinate && matches!(doc.lower(verb - 1), "he" | "she" | "who"))
}

/// The token before the article and the attributes of a post: `as` in `as the new chairman`
fn before_attributes(scene: &Scene<'_, '_>, role: usize) -> Option<usize> {
    let attribute = |at: usize| {
        scene.class(at).any(Classes::DETERMINER | Classes::FORMER)
            || matches!(scene.doc.word(at), "new" | "next" | "first" | "current")
            || scene.is_demonym(at)
    };
    (role.saturating_sub(4)..role).rev().find(|&at| !attribute(at))
}

/// `spokesman Zaw Min Tun`, `Kyaw Zaw, the spokesman`, `principal of X School, Mr. Seom Rong`
fn is_beside(scene: &Scene<'_, '_>, role: &Role, persons: &[Mention]) -> bool {
    let doc = scene.doc;
    // whoever stands farther away is not beside it
    let first = persons.partition_point(|person| person.tokens.end + 6 < role.tokens.start);
    let near = persons[first..]
        .iter()
        .take_while(|person| person.honorifics.start.min(person.tokens.start) <= role.tokens.end + 14);
    near.into_iter().any(|person| {
        let name_start = person.honorifics.start.min(person.tokens.start);
        if person.tokens.end <= role.tokens.start {
            // after the name: `, [the|a|its] role`
            let gap = person.tokens.end..role.tokens.start;
            // `Tan Ah Kow as the new chairman`
            if !gap.is_empty() && doc.is(gap.start, "as") {
                return before_attributes(scene, role.tokens.start) == Some(gap.start);
            }
            // `Tan Ah Kow (Partner, …)`
            if gap.len() == 1 && doc.is(gap.start, "(") {
                return true;
            }
            if gap.is_empty() || gap.len() > 6 || !doc.is(gap.start, ",") {
                return false;
            }
            return gap.clone().skip(1).all(|i| {
                doc.class(i).any(Classes::DETERMINER)
                    || matches!(doc.word(i), "who" | "is" | "was" | "also" | "currently" | "now" | "concurrently")
                    || doc.is_clitic(i)
                    || scene.kind(i).is_some()
                    || doc.is_capital(i)
            });
        }
        if role.tokens.end == name_start {
            return true;
        }
        // `the Group's chairman, Zhu Hexin`
        let start = role.tokens.start;
        if role.tokens.end + 1 == name_start
            && doc.is(role.tokens.end, ",")
            && start > 0
            && (doc.is_clitic(start - 1)
                || doc.class(start - 1).any(Classes::POSSESSIVE | Classes::FORMER | Classes::INCOMING)
                || matches!(doc.word(start - 1), "the" | "outgoing"))
        {
            return scene.together(start - 1, name_start);
        }
        if role.tokens.end < name_start
            && name_start - role.tokens.end <= 14
            && scene.together(role.tokens.start, name_start)
        {
            // `principal of Hun Sen High School, Mr. Seom Rong`
            let gap = role.tokens.end..name_start;
            return matches!(doc.word(gap.start), "of" | "at" | "for" | "to")
                && doc.is(gap.end - 1, ",")
                && gap.clone().skip(1).take(gap.len() - 2).all(|i| {
                    doc.is_capital(i)
                        || doc.class(i).any(Classes::DETERMINER | Classes::FUNCTION)
                        || doc.is_clitic(i)
                        || matches!(doc.word(i), "(" | ")" | "-" | "&")
                });
        }
        false
    })
}

struct Finder<'f, 's, 't> {
    scene: &'f Scene<'s, 't>,
    covered: &'f [bool],
    bounds: Range<usize>,
}

impl Window for Finder<'_, '_, '_> {
    fn scene(&self) -> &Scene<'_, '_> {
        self.scene
    }

    fn bounds(&self) -> &Range<usize> {
        &self.bounds
    }
}

impl Finder<'_, '_, '_> {
    fn role_at(&self, at: usize) -> Option<Role> {
        let scene = self.scene;
        let known = scene.known(at).filter(|k| k.role && k.tokens.start == at && k.tokens.end <= self.bounds.end);
        // `Associate Professor` is a title before a name
        if known.is_some_and(|k| k.honorific && self.is_capital(k.tokens.end)) {
            return None;
        }
        // `chief operating officer`: told by its last word
        if self.word(at) == "chief" && self.officer_behind(at) {
            return None;
        }
        let (core, head) = match known {
            Some(known) => {
                let head = known
                    .tokens
                    .clone()
                    .rev()
                    .find(|&i| self.class(i, Classes::ROLE_HEAD))
                    .unwrap_or(known.tokens.end - 1);
                (known.tokens.clone(), head)
            }
            // `Assistant Chief Executive`: from the post that the tables know
            None if self.class(at, Classes::ROLE_MODIFIER)
                && scene.known(at + 1).is_some_and(|k| k.role && k.tokens.start == at + 1) =>
            {
                return None;
            }
            // `chief executive`: the last of two heads
            None if self.class(at, Classes::ROLE_MODIFIER)
                && self.class(at + 1, Classes::ROLE_HEAD)
                && !self.is_capital(at)
                && !self.is_capital(at + 1) =>
            {
                return None;
            }
            None if self.class(at, Classes::ROLE_HEAD)
                // `Representative` is a title before a name, else a post
                && scene.known(at).is_none_or(|k| k.kind.is_none() && (!k.honorific || self.is_title_alone(at))) =>
            {
                (at..at + 1, at)
            }
            None => return None,
        };
        // `the office of the President` is no President
        let office = core.start >= self.bounds.start + 3
            && self.word(core.start - 3) == "office"
            && self.word(core.start - 2) == "of"
            && self.word(core.start - 1) == "the";
        if office || self.covered[core.start] || !scene.doc.tokens[core.start].is_word() {
            return None;
        }
        // `our fellow citizens`
        if self.word(head) == "fellow"
            && known.is_none()
            && !matches!(self.word(head + 1), "at" | "of" | "in" | "with" | ",")
        {
            return None;
        }
        // `Prime Minister's Office`, `Director of …`; a plural or a verb is no post
        let capital = self.is_capital(head);
        if !capital && self.class(head, Classes::VERB) && known.is_none() {
            // `head`, `chair`, `partner` may be verbs
            if !self.class(head - usize::from(head > 0), Classes::DETERMINER | Classes::ROLE_MODIFIER)
                && !self.is_noun_like(head)
            {
                return None;
            }
        }
        let mut core = core;
        // compounds that several words make: `Director` `-` `General`
        while (scene.doc.is_hyphen(core.end) && scene.doc.is_joined(core.end)
            || self.word(core.end) == "of" && self.word(core.end + 1) == "State")
            && self.inside(core.end + 1)
            && (self.class(core.end + 1, Classes::ROLE_HEAD | Classes::ROLE_MODIFIER))
        {
            core.end += 2;
        }
        // `secretary general`
        let general = matches!(
            scene.doc.folded(core.end - 1),
            "secretary" | "director" | "attorney" | "solicitor" | "auditor" | "consul"
        ) && self.inside(core.end)
            && scene.doc.folded(core.end) == "general";
        if general {
            core.end += 1;
        }
        // `president` `-elect`
        if scene.doc.is_hyphen(core.end)
            && scene.doc.is_joined(core.end + 1)
            && self.class(core.end + 1, Classes::NOMINEE)
            && self.inside(core.end + 1)
        {
            core.end += 2;
        }
        // `Minister` `-in-charge`
        let charge = core.end + 3;
        if scene.doc.is_hyphen(core.end)
            && self.word(core.end + 1) == "in"
            && self.word(charge).eq_ignore_ascii_case("charge")
        {
            core.end = charge + 1;
        }
        let start = self.extend_left(core.start, capital);
        let end = self.extend_right(core.end, head);
        let capital = capital || self.is_capital(start) && start + 1 < end;
        let weak = start + 1 == end && self.class(head, Classes::WEAK_ROLE);
        // `27-member`
        if weak && scene.doc.is_joined(head) && head > self.bounds.start && scene.doc.is_hyphen(head - 1) {
            return None;
        }
        Some(Role { tokens: start..end, head, capital, weak })
    }

    /// A title with no name behind it is a post.
    fn is_title_alone(&self, at: usize) -> bool {
        let next = at + 1;
        let name = self.is_capital(next) || self.word(next) == "the" && self.is_capital(next + 1);
        !name && self.is_capital(at) && !self.class(at, Classes::WEAK_ROLE)
    }

    /// A word that may be a verb, where only a post makes sense: `, partner at`, `and head of`, `as ASEAN chair,`, `agency head X`.
    fn is_noun_like(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|b| self.bounds.contains(b)) else { return false };
        let apposed =
            matches!(self.word(before), "," | "and" | "&") && matches!(self.word(at + 1), "of" | "at" | "for");
        let owner = self.scene.known(before).filter(|k| k.kind.is_some_and(|k| k.is_agent()) && k.tokens.end == at);
        let owned = matches!(self.word(at + 1), "," | "." | "and")
            && owner.is_some_and(|k| matches!(self.word(k.tokens.start.wrapping_sub(1)), "as" | "As" | "the"));
        let named = self.is_capital(at + 1)
            && self.class(before, Classes::COMMON | Classes::HEAD)
            && !self.word(before).ends_with('s')
            && !self.class(
                before,
                Classes::FUNCTION
                    | Classes::PREPOSITION
                    | Classes::PRONOUN
                    | Classes::MODAL
                    | Classes::ADVERB
                    | Classes::RELATIVE,
            );
        apposed || owned || named
    }

    fn extend_left(&self, start: usize, capital: bool) -> usize {
        let scene = self.scene;
        let mut start = start;
        while start > self.bounds.start {
            let p = start - 1;
            if self.covered[p] {
                break;
            }
            // deputy- , vice-
            if scene.doc.is_hyphen(p) && scene.doc.is_joined(p) && scene.doc.is_joined(start) && p > self.bounds.start {
                if self.class(p - 1, Classes::ROLE_MODIFIER | Classes::ROLE_HEAD) {
                    start = p - 1;
                    continue;
                }
                break;
            }
            if self.class(p, Classes::ROLE_MODIFIER) && scene.known(p).is_none_or(|k| k.kind.is_none()) {
                // at the beginning of a sentence or within capitals a capital is needed; else lower case is as good
                if p == self.bounds.start && self.class(p, Classes::PREPOSITION) {
                    break; // `Under President X`
                }
                if self.is_capital(p) == capital || !capital || self.is_deputy(p) {
                    if self.is_capital(p) && !capital && p == self.bounds.start && !self.is_deputy(p) {
                        break;
                    }
                    start = p;
                    continue;
                }
                break;
            }
            if !capital {
                // `transport minister`, `trade and industry minister`
                if self.is_lower_portfolio(p) && self.is_minister(start) {
                    start = self.before_subjects(p);
                    continue;
                }
                // `chief sustainability and corporate affairs officer`
                if let Some(chief) = self.chief_before(start) {
                    start = chief;
                    continue;
                }
                // `chief fintech officer`
                let chief = self.word(p - usize::from(p > 0)) == "chief" && scene.doc.tokens[p].is_word();
                if p > self.bounds.start
                    && (chief || self.class(p, Classes::COMMON) && !self.class(p, Classes::VERB))
                    && !(self.word(start) == "head" && self.class(p, Classes::HEAD))
                    && !self.class(p, Classes::FUNCTION | Classes::PREPOSITION | Classes::DETERMINER | Classes::FORMER)
                    && self.class(p - 1, Classes::ROLE_MODIFIER)
                    && !self.class(p - 1, Classes::VERB | Classes::PREPOSITION)
                    && !self.is_capital(p - 1)
                {
                    start = p - 1;
                    continue;
                }
                break;
            }
            if self.is_capital(p) {
                let known = scene.known(p);
                let free = known.is_none_or(|k| k.kind.is_none() && !k.honorific && !k.role);
                let short = scene.is_short_form(p);
                let subject = self.class(p, Classes::PORTFOLIO)
                    || (self.class(p, Classes::COMMON) && !self.class(p, Classes::ROLE_HEAD));
                if free
                    && !short
                    && subject
                    && !self.class(
                        p,
                        Classes::DETERMINER
                            | Classes::PRONOUN
                            | Classes::MONTH
                            | Classes::WEEKDAY
                            | Classes::FUNCTION
                            | Classes::FORMER,
                    )
                    && !(p == self.bounds.start
                        && self.class(
                            p,
                            Classes::PREPOSITION | Classes::ADVERB | Classes::SUBORDINATOR | Classes::CONJUNCTION,
                        ))
                {
                    start = p;
                    continue;
                }
                break;
            }
            if matches!(self.word(p), "and" | "&") && p > self.bounds.start {
                let q = p - 1;
                let subject = self.is_capital(q)
                    && self.class(q, Classes::PORTFOLIO)
                    && !self.class(q, Classes::ROLE_HEAD | Classes::HEAD)
                    && scene.known(q).is_none_or(|k| k.kind.is_none() && !k.role);
                let subject_right = self.class(start, Classes::PORTFOLIO) && !self.class(start, Classes::ROLE_HEAD);
                if subject && subject_right {
                    start = q;
                    continue;
                }
            }
            break;
        }
        start
    }

    /// What a minister may be for, in lower case and no verb.
    fn is_lower_portfolio(&self, at: usize) -> bool {
        !self.is_capital(at)
            && self.class(at, Classes::PORTFOLIO)
            && !self.class(at, Classes::FUNCTION | Classes::PREPOSITION | Classes::DETERMINER | Classes::FORMER)
            && !self.covered[at]
    }

    /// The first of the subjects, joined by `and`, the last of which stands at a token.
    fn before_subjects(&self, last: usize) -> usize {
        let mut first = last;
        while first > self.bounds.start {
            if self.is_lower_portfolio(first - 1) {
                first -= 1;
            } else if matches!(self.word(first - 1), "and" | "&")
                && first > self.bounds.start + 1
                && self.is_lower_portfolio(first - 2)
                && self.class(first.wrapping_sub(3), Classes::DETERMINER | Classes::FORMER)
            {
                first -= 2;
            } else {
                break;
            }
        }
        first
    }

    fn officer_behind(&self, chief: usize) -> bool {
        (chief + 2..chief + 7).any(|at| self.chief_before(at) == Some(chief))
    }

    /// `chief`, where what it is chief of stands between it and `officer`.
    fn chief_before(&self, officer: usize) -> Option<usize> {
        if self.word(officer) != "officer" || !self.inside(officer) {
            return None;
        }
        let subject = |i: usize| {
            !self.is_capital(i)
                && (self.scene.doc.tokens[i].is_word() || self.word(i) == "&")
                && !self.class(i, Classes::PREPOSITION | Classes::DETERMINER | Classes::PRONOUN | Classes::MODAL)
        };
        let first = (self.bounds.start..officer).rev().take(6).take_while(|&i| subject(i)).last()?;
        (first..officer).rev().find(|&i| self.word(i) == "chief").filter(|chief| chief + 1 < officer)
    }

    fn is_deputy(&self, at: usize) -> bool {
        matches!(self.lower(at), "deputy" | "vice" | "acting" | "permanent" | "assistant" | "senior")
    }

    /// The portfolio: `of Health`, `for Sustainability and the Environment`, `on the Peace Process`, `(Strategic Security)`, `II`.
    fn extend_right(&self, core_end: usize, head: usize) -> usize {
        let scene = self.scene;
        let mut end = core_end;
        // `Senior Minister of State (SMS) for …`
        let mut at = end;
        if self.word(at) == "(" {
            let close = (at + 1..(at + 8).min(self.bounds.end)).find(|&i| self.word(i) == ")");
            if let Some(close) = close {
                let short = close == at + 2 && scene.is_short_form(at + 1);
                if short && matches!(self.word(close + 1), "of" | "for") && self.is_portfolio(close + 2, true) {
                    at = close + 1;
                } else if !short
                    && (at + 1..close).all(|i| self.is_capital(i) || matches!(self.word(i), "and" | "&" | "of" | ","))
                    && (at + 1..close).all(|i| scene.known(i).is_none_or(|k| k.kind != Some(EntityType::State)))
                    && close > at + 1
                    && self.class(head, Classes::TAKES_PORTFOLIO)
                {
                    return close + 1;
                }
            }
        }
        let last_word = at.checked_sub(1).unwrap_or(at);
        // the tables know the post with the beginning of its portfolio: `Minister of Finance` + `and Economy`
        let begun = (head + 1..core_end).any(|i| matches!(self.word(i), "of" | "for" | "OF" | "FOR"))
            && self.class(core_end - 1, Classes::PORTFOLIO)
            && !self.word(core_end - 1).eq_ignore_ascii_case("state")
            && self.is_capital(core_end - 1);
        // `Minister of State` + `Administration`
        if self.word(core_end - 1) == "State"
            && self.is_capital(at)
            && self.class(at, Classes::PORTFOLIO)
            && !self.class(at, Classes::NAME_WORD | Classes::ROLE_HEAD)
        {
            end = self.past_portfolio(at);
            at = end;
        }
        if begun {
            end = self.past_portfolio(core_end - 1);
            at = end;
        }
        let takes =
            !begun && self.class(head, Classes::TAKES_PORTFOLIO) || self.class(last_word, Classes::TAKES_PORTFOLIO);
        let preposition = self.lower(at);
        if takes && matches!(preposition, "of" | "for" | "on" | "to" | "in" | "without") {
            let mut next = at + 1;
            if self.word(next).eq_ignore_ascii_case("the") {
                next += 1;
            }
            if preposition == "to" {
                // `Special Assistant to the President`
                if let Some(known) = scene.known(next).filter(|k| k.role && k.tokens.start == next) {
                    return known.tokens.end;
                }
                return end;
            }
            if preposition == "without" && self.word(next).eq_ignore_ascii_case("portfolio") {
                return next + 1;
            }
            if self.is_portfolio(next, preposition == "for" || self.is_minister(head)) && preposition != "in" {
                end = self.past_portfolio(next);
            } else if preposition == "of" && next == at + 1 && self.is_minister(head) && !self.is_capital(head) {
                // `minister of industry`
                let subject = |i: usize| self.inside(i) && !self.is_capital(i) && self.class(i, Classes::PORTFOLIO);
                let mut last = next;
                while subject(last) || self.word(last) == "and" && subject(last + 1) && last > next {
                    last += 1;
                }
                end = if last > next { last } else { end };
            }
        } else if self.word(at) == "of" && self.word(at + 1) == "the" && self.word(at + 2) == "Union" {
            end = at + 3;
        }
        if self.inside(end)
            && self.class(end, Classes::ROMAN)
            && scene.is_short_form(end) | matches!(self.word(end), "I" | "V")
        {
            end += 1;
        }
        if self.word(end) == "a.i" || self.word(end).eq_ignore_ascii_case("a.i.") {
            end += 1;
        }
        end
    }

    fn is_minister(&self, head: usize) -> bool {
        matches!(self.scene.doc.folded(head), "minister" | "secretary" | "undersecretary" | "state")
    }

    /// A capitalised subject that a post may be for, and no employer.
    fn is_portfolio(&self, at: usize, loose: bool) -> bool {
        let known = self.scene.known(at);
        // an employer in its own right: `Chairman of the Board of Directors`, `Director of the Policy Department`
        if self.word(at.wrapping_sub(1)) == "the" && self.is_employer(at)
            || known.is_some_and(|k| k.role && k.kind.is_none() && k.tokens.start == at)
        {
            return false;
        }
        if !self.is_capital(at)
            || known.is_some_and(|k| k.kind.is_some() && k.kind != Some(EntityType::Role))
            || known.is_some_and(|k| k.honorific && k.kind.is_none() && !self.class(at, Classes::PORTFOLIO))
        {
            return false;
        }
        // `Director of the Department`
        if self.class(at, Classes::HEAD) && self.scene.head(at).is_some_and(|h| h.types[0] == EntityType::Agency) {
            return false;
        }
        // an employer in its own right: `Director of the Department of Health`
        if self.covered[at] && (self.class(at, Classes::HEAD) || !self.class(at, Classes::PORTFOLIO)) {
            return false;
        }
        self.class(at, Classes::PORTFOLIO)
            || (loose && self.class(at, Classes::COMMON) && !self.class(at, Classes::ROLE_HEAD | Classes::HEAD))
            || (self.class(at, Classes::COMMON)
                && self.is_capital(at)
                && !self.class(at, Classes::HEAD | Classes::ROLE_HEAD))
    }

    /// Whether the capitals from a token on end in the head of an institution.
    fn is_employer(&self, at: usize) -> bool {
        let last = (at..self.bounds.end).take_while(|&i| self.is_capital(i)).last();
        last.is_some_and(|last| {
            self.class(last, Classes::HEAD)
                && self.scene.head(last).is_some_and(|h| {
                    h.last && matches!(h.types[0], EntityType::Agency | EntityType::Body | EntityType::Organisation)
                })
        })
    }

    fn past_portfolio(&self, at: usize) -> usize {
        let scene = self.scene;
        let item = |i: usize| {
            self.is_capital(i)
                && self.class(i, Classes::PORTFOLIO | Classes::COMMON)
                && !self.class(i, Classes::MONTH)
                && scene
                    .known(i)
                    .is_none_or(|k| k.kind.is_none() && !k.role && (!k.honorific || self.class(i, Classes::PORTFOLIO)))
        };
        let sure = |i: usize| item(i) && self.class(i, Classes::PORTFOLIO);
        let mut end = at + 1;
        loop {
            if item(end) && (sure(end) || !self.class(end, Classes::NAME_WORD)) && !self.class(end, Classes::ROLE_HEAD)
            {
                // a word that is also a name ends the portfolio unless it is one of its usual words
                end += 1;
                continue;
            }
            if scene.doc.is_hyphen(end) && scene.doc.is_joined(end) && self.is_capital(end + 1) {
                end += 2;
                continue;
            }
            if matches!(self.word(end), "and" | "&" | "AND") {
                let next = if self.word(end + 1) == "the" { end + 2 } else { end + 1 };
                if item(next)
                    && !self.class(next, Classes::ROLE_HEAD | Classes::ROLE_MODIFIER)
                        | (sure(next) && self.word(end + 1) != "the" && !self.class(next + 1, Classes::ROLE_HEAD))
                    && !self.begins_role(next)
                {
                    end = next + 1;
                    continue;
                }
            }
            if matches!(self.word(end), "of" | "in") {
                let next = if self.word(end + 1) == "the" { end + 2 } else { end + 1 };
                if sure(next) {
                    end = next + 1;
                    continue;
                }
            }
            // a list: `, Youth and Sport`
            if self.word(end) == "," && sure(end + 1) && !self.begins_role(end + 1) {
                let limit = (end + 16).min(self.bounds.end);
                let closes = (end + 1..limit)
                    .take_while(|&i| item(i) || matches!(self.word(i), "," | "and" | "&" | "the"))
                    .any(|i| matches!(self.word(i), "and" | "&"));
                if closes {
                    end += 2;
                    continue;
                }
            }
            if self.word(end) == ","
                && matches!(self.word(end + 1), "and" | "&")
                && sure(end + 2)
                && !self.begins_role(end + 2)
            {
                end += 3;
                continue;
            }
            return end;
        }
    }

    /// Another post begins here: `Foreign Minister`, `Senior Director for …`.
    fn begins_role(&self, at: usize) -> bool {
        // `Minister for Law and Justice Mr X`
        if self.class(at, Classes::PORTFOLIO) && self.scene.is_honorific(at + 1) && self.is_capital(at + 1) {
            return false;
        }
        (at..(at + 5).min(self.bounds.end))
            .take_while(|&i| self.is_capital(i) || self.scene.doc.is_hyphen(i))
            .any(|i| self.class(i, Classes::ROLE_HEAD))
    }
}
