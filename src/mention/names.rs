//! Names of agencies, bodies, organisations, meetings, documents, programmes and places by their head noun:
//! `National Environment Agency`, `Ministry of Education, Youth and Sport`, `Sixth Ministerial Conference of the Bali Process`.

use super::scene::{Scene, Window};
use super::{Found, Mention};
use crate::schema::EntityType;
use crate::text::layout::Zone;
use crate::text::lexicon::{Classes, Head};
use crate::text::token::Kind;
use std::ops::Range;

/// Words that end a name to the left although they are capitalised: they begin the sentence.
const OPENERS: Classes = Classes::DETERMINER;

/// Longest name in tokens; keeps the work per token bounded.
const LONGEST: usize = 40;

/// All names that a head noun makes.
pub(crate) fn find(scene: &Scene<'_, '_>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for sentence in &scene.doc.sentences {
        if sentence.zone == Zone::Furniture {
            continue;
        }
        let namer = Namer { scene, bounds: sentence.start..sentence.end };
        let mut next = sentence.start;
        while let Some(at) = scene.doc.of_class(next..sentence.end, Classes::HEAD | Classes::NUMBER).next() {
            next = at + 1;
            let Some(mention) = namer.name_at(at) else { continue };
            next = mention.tokens.end.clamp(next, sentence.end);
            // in a title everything is capitalised: only what is a name by its number, or the whole of it
            let whole = mention.tokens.len() * 10 >= (sentence.end - sentence.start) * 7;
            let whole = whole && !matches!(mention.kind, EntityType::Instrument | EntityType::Programme);
            if sentence.zone == Zone::Body || whole || scene.is_ordinal(mention.tokens.start) {
                out.push(mention);
            }
        }
    }
    out
}

pub(super) struct Namer<'n, 's, 't> {
    pub(super) scene: &'n Scene<'s, 't>,
    pub(super) bounds: Range<usize>,
}

impl Window for Namer<'_, '_, '_> {
    fn scene(&self) -> &Scene<'_, '_> {
        self.scene
    }

    fn bounds(&self) -> &Range<usize> {
        &self.bounds
    }
}

impl Namer<'_, '_, '_> {
    fn joined_hyphen(&self, at: usize) -> bool {
        self.bounds.contains(&at)
            && self.bounds.contains(&(at + 1))
            && self.scene.doc.is_hyphen(at)
            && self.scene.doc.is_joined(at)
            && self.scene.doc.is_joined(at + 1)
    }

    /// The name whose head is at or right after `at`.
    fn name_at(&self, at: usize) -> Option<Mention> {
        let scene = self.scene;
        if scene.doc.tokens[at].kind == Kind::Number {
            return if scene.is_ordinal(at) { self.numbered(at) } else { None };
        }
        if !self.class(at, Classes::HEAD) {
            return None;
        }
        if !self.is_capital(at) {
            return self.lower_event(at);
        }
        scene.head(at).filter(|h| h.first || h.last)?;
        // of several heads in a row the last one rules
        let mut head_at = at;
        let mut next = at + 1;
        while next < at + LONGEST {
            // `Foreign Ministers' Meeting`
            if matches!(self.word(next), "'" | "’") && scene.doc.is_joined(next) && self.is_capital(next + 1) {
                next += 1;
            }
            if !self.is_capital(next)
                || scene.is_honorific(next) && scene.kind(next).is_none()
                || self.class(next, Classes::ROLE_HEAD | Classes::MONTH)
            {
                break;
            }
            if scene.head(next).is_some_and(|h| h.last) && !scene.head(at).is_some_and(|h| h.front) {
                head_at = next;
            }
            next += 1;
        }
        let head = scene.head(head_at)?;
        let start = if head.last || head.first { self.extend_left(head_at, head) } else { head_at };
        let mut end = self.extend_right(head_at, head);
        if head.types[0] == EntityType::Organisation {
            end = scene.past_company_form(end).max(end);
            if end == head_at + 1 && self.class(head_at, Classes::COMPANY_FORM) {
                end = scene.past_company_form(head_at);
            }
        }
        let tokens = start..end;
        // `the Inauguration of President X`
        let bare = tokens.len() == 1
            && head.types == [EntityType::Event]
            && self.class(start.wrapping_sub(1), Classes::DETERMINER)
            && self.word(end) == "of"
            && scene.is_honorific(end + 1);
        if bare {
            return Some(Mention::new(tokens, EntityType::Event, Found::Pattern).with_head(head_at));
        }
        // `the Secretariat of the Mekong River Commission`
        let next = if self.word(end + 1) == "the" { end + 2 } else { end + 1 };
        if tokens.len() == 1 && self.word(end) == "of" && self.is_capital(next) && self.is_unit_of(head_at, next) {
            return Some(
                Mention::new(tokens.clone(), classify(scene, head, &tokens), Found::Pattern).with_head(head_at),
            );
        }
        let mere_form = tokens.clone().all(|i| self.class(i, Classes::COMPANY_FORM));
        if tokens.len() < 2 || mere_form || !self.is_substantial(&tokens, head_at) {
            return None;
        }
        // a first-only head needs what follows it by a connector
        if !head.last && !head.front && (end == head_at + 1 || self.is_capital(head_at + 1)) {
            return None;
        }
        // `Biden-Harris Administration` is a government, no agency
        if self.word(head_at).eq_ignore_ascii_case("administration")
            && end == head_at + 1
            && (start..head_at).any(|i| self.class(i, Classes::NAME_WORD) && !self.class(i, Classes::COMMON))
        {
            return None;
        }
        // `International Program Director`, `Digital Economy and Society Minister`: what a post is for
        let post = self.is_capital(end) && self.class(end, Classes::ROLE_HEAD);
        let subject = matches!(scene.doc.folded(head_at), "program" | "programme" | "project" | "society");
        if post
            && end == head_at + 1
            && (subject || scene.doc.folded(end) == "minister" && !self.class(head_at, Classes::UNIT))
        {
            return None;
        }
        let mut kind = classify(scene, head, &tokens);
        // `EU Declaration`: somebody's document, not the name of one
        let owned = kind == EntityType::Instrument
            && head_at + 1 == end
            && scene.known(start).is_some_and(|k| {
                matches!(k.kind, Some(EntityType::Body | EntityType::Agency | EntityType::State))
                    && k.tokens.start == start
                    && k.tokens.end == head_at
            });
        if owned {
            return None;
        }
        let mut tokens = tokens;
        // `Board of Governors Meeting`
        if matches!(kind, EntityType::Agency | EntityType::Body | EntityType::Organisation)
            && scene.head(end - 1).is_some_and(|h| h.last && h.types == [EntityType::Event])
        {
            kind = EntityType::Event;
        }
        // a part is what the whole is
        if self.word(end) == "of" && self.is_unit_of(head_at, next) {
            kind = self.institution_at(next).unwrap_or(kind);
        }
        if let Some(next) = self.event_tail(&tokens) {
            tokens.end = next;
            kind = EntityType::Event;
        }
        Some(Mention::new(tokens, kind, Found::Pattern).with_head(head_at))
    }

    /// A meeting by its number alone: `16th Brunei-Singapore Annual Exchange of Visits`.
    fn numbered(&self, at: usize) -> Option<Mention> {
        let scene = self.scene;
        let mut end = at + 1;
        let mut capitals = 0;
        while self.bounds.contains(&end) {
            if self.is_capital(end) && !self.class(end, Classes::MONTH | Classes::ROLE_HEAD) && !scene.is_honorific(end)
            {
                if scene.head(end).is_some() {
                    return None; // by its head
                }
                capitals += 1;
                end = self.past(end);
            } else if self.joined_hyphen(end)
                || self.word(end) == "of" && self.is_capital(end + 1) && scene.known(end + 1).is_none() && capitals > 0
            {
                end += 1;
            } else {
                break;
            }
        }
        let article = at > self.bounds.start && matches!(self.word(at - 1), "the" | "The" | "its" | "'s" | "’s");
        (capitals >= 2 && article).then(|| Mention::new(at..end, EntityType::Event, Found::Pattern))
    }

    /// `20th Joint Council for Bilateral Cooperation` + `meeting`
    fn event_tail(&self, tokens: &Range<usize>) -> Option<usize> {
        let at = tokens.end;
        let head = self.bounds.contains(&at).then(|| self.scene.head(at))??;
        (self.scene.is_ordinal(tokens.start) && head.types == [EntityType::Event] && !self.is_capital(at))
            .then_some(at + 1)
    }

    /// A meeting with a head in lower case: `36th ASEANAPOL conference`, `APEC summit`
    fn lower_event(&self, at: usize) -> Option<Mention> {
        let scene = self.scene;
        if at <= self.bounds.start || !scene.doc.tokens[at].is_word() {
            return None;
        }
        let head = scene.head(at)?;
        if head.types[0] != EntityType::Event || !head.last {
            return None;
        }
        // `10th Mekong Economic Strategy (MES) summit`
        let bracketed = at >= self.bounds.start + 4
            && self.word(at - 1) == ")"
            && self.word(at - 3) == "("
            && scene.is_short_form(at - 2);
        if bracketed {
            let start = self.extend_left(at, head);
            let whole = (start..at).any(|i| scene.head(i).is_some_and(|h| h.types[0] == EntityType::Event));
            return (start < at && scene.is_ordinal(start) && !whole)
                .then(|| Mention::new(start..at + 1, EntityType::Event, Found::Pattern).with_head(at));
        }
        if let Some(start) = self.leaders_of(at) {
            return Some(Mention::new(start..at + 1, EntityType::Event, Found::Pattern).with_head(at));
        }
        let before = at - 1;
        if !(self.is_capital(before) || scene.known(before).is_some()) || scene.doc.is_mark(before) {
            return None;
        }
        let start = self.extend_left(at, head);
        let body_summit = self.word(at).eq_ignore_ascii_case("summit")
            && scene.known(before).is_some_and(|k| matches!(k.kind, Some(EntityType::Body | EntityType::Event)));
        // `the ASEANAPOL meeting`, but not `an ASEANAPOL meeting`
        let the_bodys = matches!(scene.doc.folded(at), "meeting" | "conference" | "forum" | "dialogue")
            && scene.known(before).is_some_and(|k| k.kind == Some(EntityType::Body) && k.tokens.start == start)
            && self.class(start.wrapping_sub(1), Classes::DEMONSTRATIVE);
        if start < at && (scene.is_ordinal(start) && at - start >= 2 || body_summit || the_bodys) {
            return Some(Mention::new(start..at + 1, EntityType::Event, Found::Pattern).with_head(at));
        }
        None
    }

    /// Where the name of a meeting begins that says who meets: `G20 leaders summit`, `US-Africa foreign ministers' meeting`.
    fn leaders_of(&self, head: usize) -> Option<usize> {
        let scene = self.scene;
        let summit =
            matches!(scene.doc.folded(head), "summit" | "meeting" | "conference" | "forum" | "dialogue" | "retreat");
        let mut people = false;
        let mut first = head;
        while summit && first > self.bounds.start && head - first < 5 {
            let p = first - 1;
            let whose = self.class(p, Classes::PEOPLE) && !self.is_capital(p);
            let apostrophe = matches!(self.word(p), "'" | "’") && scene.doc.is_joined(p);
            if !(whose || apostrophe || people && !self.is_capital(p) && self.class(p, Classes::PORTFOLIO)) {
                break;
            }
            people |= whose;
            first = p;
        }
        let named = |end: usize| scene.known(end.checked_sub(1)?).filter(|k| k.tokens.end == end);
        let mut owner = named(first).filter(|_| people)?;
        if owner.kind? == EntityType::Body {
            return Some(owner.tokens.start);
        }
        // between two or more
        let mut states = 1;
        while matches!(owner.kind?, EntityType::State | EntityType::Place | EntityType::Body)
            && owner.tokens.start > self.bounds.start
            && self.joined_hyphen(owner.tokens.start - 1)
        {
            owner = named(owner.tokens.start - 1)?;
            states += 1;
        }
        (states > 1).then_some(owner.tokens.start)
    }

    /// `Using Bank of Thailand figures`
    fn is_gerund(&self, at: usize) -> bool {
        use crate::text::lexicon::Form;
        self.scene.lexicon.verb(self.scene.doc.words[at]).is_some_and(|v| v.form == Form::Gerund)
            && !self.class(at, Classes::HEAD | Classes::PORTFOLIO)
    }

    /// More than a bare head: some other capitalised word or known name.
    fn is_substantial(&self, tokens: &Range<usize>, head: usize) -> bool {
        let numbered = self.scene.is_ordinal(tokens.start)
            && self.scene.head(head).is_some_and(|h| h.types[0] == EntityType::Event)
            && self.class(tokens.start.wrapping_sub(1), Classes::DETERMINER);
        numbered
            || tokens
                .clone()
                .any(|i| i != head && (self.is_capital(i) || self.scene.known(i).is_some_and(|k| k.kind.is_some())))
    }

    /// First token of the name whose head is at `head_at`.
    pub(super) fn extend_left(&self, head_at: usize, head: &Head) -> usize {
        let scene = self.scene;
        let ministry = matches!(self.lower(head_at), "ministry" | "parliament" | "government" | "cabinet");
        // without its state it is any embassy
        let mission = matches!(self.lower(head_at), "embassy" | "consulate");
        let main = head.types[0];
        let thing = matches!(main, EntityType::Event | EntityType::Instrument | EntityType::Programme);
        let mut start = head_at;
        let mut crossed_and = false;
        while start > self.bounds.start && head_at - start < LONGEST {
            let p = start - 1;
            // a known name is taken whole or not at all
            if let Some(known) = scene.known(p)
                && (known.kind.is_some() || known.honorific || known.role)
            {
                if known.tokens.start < self.bounds.start {
                    break;
                }
                let take = match known.kind {
                    _ if known.honorific && known.kind.is_none() => false,
                    Some(EntityType::State) => {
                        let hyphenated = known.tokens.start > 0 && self.joined_hyphen(known.tokens.start - 1);
                        !(ministry || (scene.is_demonym(p) && main == EntityType::Agency && !mission)) || hyphenated
                    }
                    // `Sok An High School`, but not `Prime Minister Sok An University`
                    Some(EntityType::Person) => {
                        let before = known.tokens.start.wrapping_sub(1);
                        matches!(main, EntityType::Organisation | EntityType::Place)
                            && !scene.is_role(before)
                            && !scene.is_honorific(before)
                            && !self.class(before, Classes::ROLE_HEAD)
                    }
                    Some(EntityType::Role) => false,
                    Some(EntityType::Agency | EntityType::Organisation) => {
                        main != EntityType::Agency || p + 1 == head_at && self.is_own_board(p, head_at)
                    }
                    Some(_) => true,
                    None => false,
                };
                if !take {
                    break;
                }
                start = known.tokens.start;
                continue;
            }
            if self.joined_hyphen(p) && p > self.bounds.start {
                let q = p - 1;
                if let Some(known) = scene.known(q)
                    && known.kind.is_some()
                    && known.tokens.start >= self.bounds.start
                {
                    start = known.tokens.start;
                    continue;
                }
                if self.is_capital(q) {
                    start = q;
                    continue;
                }
                break;
            }
            if scene.doc.is_clitic(p) && p > self.bounds.start {
                let q = p - 1;
                // `People's Court`; the owner of something is no part of its name, as in `the Ministry's Standards Division`
                let institution = |head: &Head| {
                    head.types.first().is_some_and(|t| matches!(t, EntityType::Agency | EntityType::Organisation))
                };
                let possessor = scene.known(q).is_some_and(|k| k.kind.is_some())
                    || !self.class(q, Classes::COMMON)
                    || scene.head(q).is_some_and(institution);
                if possessor || !self.is_capital(q) {
                    break;
                }
                start = q;
                continue;
            }
            // `Foreign Ministers' Meeting`, but not `Laos' Ministry of Health`
            if matches!(self.word(p), "'" | "’")
                && scene.doc.is_joined(p)
                && p > self.bounds.start
                && self.is_capital(p - 1)
                && scene.kind(p - 1).is_none()
            {
                start = p - 1;
                continue;
            }
            if self.is_capital(p) {
                let opener = self.class(p, OPENERS)
                    && (p == self.bounds.start || matches!(self.word(p), "The" | "This" | "Its"));
                let shouted = scene.doc.is_shouted(p)
                    && self.class(p, Classes::FUNCTION | Classes::DETERMINER | Classes::CONJUNCTION);
                if opener
                    || shouted
                    || self.class(p, Classes::PRONOUN | Classes::MONTH | Classes::WEEKDAY)
                    || p == self.bounds.start
                        && (self.is_gerund(p)
                            || self.class(
                                p,
                                Classes::PREPOSITION | Classes::SUBORDINATOR | Classes::CONJUNCTION | Classes::ADVERB,
                            ))
                {
                    break;
                }
                start = p;
                continue;
            }
            if scene.is_ordinal(p) {
                start = p;
                break;
            }
            // `2025 Forum`, but not `October 2025 Forum`
            if thing && scene.is_year(p) && !(p > self.bounds.start && self.class(p - 1, Classes::MONTH)) {
                start = p;
                continue;
            }
            if matches!(self.word(p), "and" | "&") && p > self.bounds.start && !matches!(main, EntityType::Place) {
                let q = p - 1;
                // `Allen & Gledhill LLP`: partners, whatever their names
                let partners = self.word(p) == "&" && self.class(head_at, Classes::COMPANY_FORM);
                let item = self.is_capital(q)
                    && scene.known(q).is_none_or(|k| k.kind.is_none() && !k.role && !k.honorific)
                    && (partners || self.class(q, Classes::COMMON | Classes::PORTFOLIO))
                    && !self.class(q, Classes::HEAD | Classes::ROLE_HEAD);
                if item && start < head_at + 1 && !(start == head_at && thing) {
                    start = q;
                    crossed_and = true;
                    continue;
                }
                break;
            }
            if crossed_and && ministry && self.word(p) == "," && p > self.bounds.start {
                let q = p - 1;
                if self.is_capital(q) && self.class(q, Classes::PORTFOLIO) && scene.known(q).is_none() {
                    start = q;
                    continue;
                }
                break;
            }
            // `Coroners (Amendment) Act`, `COVID-19 (Temporary Measures) (Control Order) Regulations`
            if main == EntityType::Instrument
                && self.word(p) == ")"
                && let Some(before) = self.before_parentheses(p)
            {
                start = before;
                continue;
            }
            // `Penang Harbour (Singapore) Pte Ltd`
            if self.word(p) == ")"
                && self.class(head_at, Classes::COMPANY_FORM)
                && start == p + 1
                && let Some(state) = scene.known(p - 1).filter(|k| k.kind == Some(EntityType::State))
                && state.tokens.start > self.bounds.start + 1
                && self.word(state.tokens.start - 1) == "("
                && self.is_capital(state.tokens.start - 2)
            {
                start = state.tokens.start - 1;
                continue;
            }
            // `Asia-Pacific Economic Cooperation (APEC) Summit`, `Penang Harbour Review (PHR) Awards`
            if self.word(p) == ")" && p >= self.bounds.start + 4 && self.word(p - 2) == "(" && start == p + 1 {
                let name = scene.known(p - 3).filter(|k| k.kind.is_some() && k.tokens.start >= self.bounds.start);
                let unknown = name.is_none() && self.is_capital(p - 3) && self.is_capital(p - 4);
                // `Club (PBC) Board of Trustees`, `Police (RTP) Medal`: the owner stands before what is its own
                let owned =
                    main == EntityType::Programme || main == EntityType::Agency && self.word(head_at + 1) == "of";
                match name {
                    Some(known) => {
                        let part = match known.kind {
                            Some(EntityType::Body | EntityType::Event | EntityType::Programme) => true,
                            Some(EntityType::Agency | EntityType::Organisation) => !owned,
                            _ => false,
                        };
                        if part {
                            start = known.tokens.start;
                            continue;
                        }
                    }
                    None if unknown && !owned && scene.is_short_form(p - 1) => {
                        start = p - 3;
                        continue;
                    }
                    _ => {}
                }
                break;
            }
            break;
        }
        start
    }

    /// `IPOS Board`: the short form of an institution, and what it has for its own affairs.
    fn is_own_board(&self, short: usize, head: usize) -> bool {
        self.scene.is_short_form(short)
            && matches!(self.lower(head), "board" | "committee" | "council" | "panel" | "secretariat" | "taskforce")
    }

    /// The last word before capitals in parentheses, which close at `close` and belong to a name; with its hyphen and number.
    fn before_parentheses(&self, close: usize) -> Option<usize> {
        let inside = |&i: &usize| self.is_capital(i) || matches!(self.word(i), "and" | "of" | "&" | ",");
        let open = (self.bounds.start..close).rev().take(8).find(|i| !inside(i))?;
        let word = open.checked_sub(1).filter(|&w| self.word(open) == "(" && w >= self.bounds.start)?;
        if open + 1 == close || open + 2 == close && self.scene.is_short_form(open + 1) {
            return None;
        }
        if self.word(word) == ")" {
            return self.before_parentheses(word);
        }
        let numbered = word >= self.bounds.start + 2 && self.joined_hyphen(word - 1) && self.is_capital(word - 2);
        if numbered { Some(word - 2) } else { self.is_capital(word).then_some(word) }
    }

    /// One past the last token of the name whose head is at `head_at`.
    pub(super) fn extend_right(&self, head_at: usize, head: &Head) -> usize {
        let scene = self.scene;
        let main = head.types[0];
        let mut end = head_at + 1;
        let mut listed = false; // past an `of`, `for`, `on`: lists may follow
        while end < self.bounds.end && end - head_at < LONGEST {
            // an abbreviation inside the name
            let mut at = end;
            if self.word(at) == "(" && self.word(at + 2) == ")" && scene.is_short_form(at + 1) {
                at += 3;
                let next = if self.word(at + 1) == "the" { at + 2 } else { at + 1 };
                if !self.is_inner_connector(at, main)
                    || scene.known(next).is_some_and(|k| k.kind.is_some() && !self.joined_hyphen(k.tokens.end))
                {
                    break;
                }
            }
            if self.joined_hyphen(at) && (self.is_capital(at + 1) || scene.is_year(at + 1)) {
                end = at + 2;
                continue;
            }
            if scene.is_year(at) && !matches!(main, EntityType::Agency | EntityType::Body | EntityType::Place) {
                end = at + 1;
                if (self.joined_hyphen(end) || self.word(end) == "–") && scene.is_year(end + 1) {
                    end += 2;
                }
                break;
            }
            if main == EntityType::Instrument
                && end == head_at + 1
                && let Some(past) = self.past_number(head_at, at)
            {
                end = past;
                break;
            }
            if self.is_capital(at) {
                // `U.S. Embassy Timor-Leste`, but no state after other heads
                if scene.is_state(at)
                    && main == EntityType::Agency
                    && !matches!(self.word(head_at), "Embassy" | "Consulate" | "Mission")
                {
                    break;
                }
                // a person behind a name that is complete: `Federation of Thai Industries Kriengkrai Thiennukul`
                let person = listed
                    && self.class(at, Classes::NAME_WORD)
                    && !self.class(at, Classes::COMMON | Classes::PORTFOLIO);
                let strange = !head.front
                    && !self.class(at, Classes::COMMON | Classes::PORTFOLIO | Classes::ROMAN)
                    && scene.known(at).is_none_or(|k| k.kind.is_none())
                    && !matches!(main, EntityType::Organisation | EntityType::Place)
                    && end == at
                    && !listed;
                if !self.may_follow(at, false) || strange || person && scene.known(at).is_none() {
                    break;
                }
                end = self.past(at);
                continue;
            }
            if scene.doc.is_clitic(at)
                && listed
                && self.is_capital(at + 1)
                && scene.known(at - 1).is_none_or(|k| k.tokens.end > at)
            {
                end = at + 1;
                continue;
            }
            if self.is_inner_connector(at, main) {
                let mut next = at + 1;
                while next < at + 3 && matches!(self.word(next), "the" | "of" | "its" | "a") {
                    next += 1;
                }
                let and = matches!(self.word(at), "and" | "&");
                if and && !listed {
                    break;
                }
                if !self.is_capital(next) || !self.may_follow(next, and) {
                    break;
                }
                if and && self.begins_other_name(next) || main == EntityType::Agency && self.begins_agency(next) {
                    break;
                }
                if self.word(at) == "of" && self.is_unit_of(head_at, next) {
                    break;
                }
                // `Reception Hall` + `of Malacañan Palace`
                if main == EntityType::Place && self.is_place_at(next) {
                    break;
                }
                // something of a known agency is another thing than the agency
                let owned = self.word(at) == "of" && scene.kind(next) == Some(EntityType::Agency);
                if owned && !matches!(main, EntityType::Event | EntityType::Instrument) {
                    break;
                }
                if scene.is_state(next)
                    && !self.joined_hyphen(self.past(next))
                    && !self.takes_state(head_at, end, at, next, main)
                {
                    break;
                }
                if matches!(self.word(at), "in" | "from" | "at")
                    && scene.known(next).is_some_and(|k| matches!(k.kind, Some(EntityType::State | EntityType::Place)))
                {
                    break;
                }
                listed = true;
                end = self.past(next);
                continue;
            }
            if self.word(at) == "," && listed && self.list_goes_on(at) {
                end = self.past(at + 1);
                continue;
            }
            break;
        }
        end
    }

    /// Past the number of a law, or the year of one: `Republic Act No. 11054`, `House Bill 4144`, `Code of 1997`.
    fn past_number(&self, head: usize, at: usize) -> Option<usize> {
        let number = |i: usize| self.bounds.contains(&i) && self.scene.doc.tokens[i].kind == Kind::Number;
        if self.word(at) == "of" && self.scene.is_year(at + 1) {
            return Some(at + 2);
        }
        let ruling = matches!(
            self.lower(head),
            "act" | "bill" | "resolution" | "decree" | "proclamation" | "circular" | "ordinance"
        );
        let first = match self.word(at) {
            "No" if self.word(at + 1) == "." => at + 2,
            "No." => at + 1,
            _ => at,
        };
        (ruling && number(first)).then_some(first + 1)
    }

    /// Past a known name, or past one token.
    fn past(&self, at: usize) -> usize {
        match self.scene.known(at) {
            Some(known) if known.kind.is_some() && known.tokens.end <= self.bounds.end => known.tokens.end.max(at + 1),
            _ => at + 1,
        }
    }

    /// A word by which a name of this type goes on in lower case.
    fn is_inner_connector(&self, at: usize, main: EntityType) -> bool {
        let word = self.word(at);
        match main {
            EntityType::Place => word == "of",
            EntityType::Instrument => {
                matches!(word, "of" | "for" | "on" | "to" | "in" | "and" | "&" | "against" | "concerning" | "relating")
            }
            EntityType::Programme | EntityType::Event => {
                matches!(word, "of" | "for" | "on" | "and" | "&" | "to" | "in" | "against")
            }
            _ => matches!(word, "of" | "for" | "on" | "and" | "&" | "against"),
        }
    }

    /// Whether the capitalised word can be part of a name that began before it.
    fn may_follow(&self, at: usize, after_and: bool) -> bool {
        let scene = self.scene;
        let grammar = Classes::PRONOUN | Classes::DETERMINER | Classes::MONTH | Classes::WEEKDAY;
        if self.class(at, grammar) && !self.class(at, Classes::PORTFOLIO) {
            return false;
        }
        if let Some(known) = scene.known(at) {
            let plain = self.class(at, Classes::COMMON)
                && self.is_capital(at + 1)
                && self.class(at + 1, Classes::COMMON)
                && !scene.is_honorific(at + 1);
            if known.honorific && known.kind.is_none() && !self.class(at, Classes::PORTFOLIO) && !plain {
                return false;
            }
            if known.role || matches!(known.kind, Some(EntityType::Person)) {
                return false;
            }
            if after_and && known.kind.is_some() {
                return false;
            }
        }
        !(self.class(at, Classes::ROLE_HEAD) || after_and && !self.class(at, Classes::COMMON | Classes::PORTFOLIO))
    }

    /// Whether the capitals from `at` on are a name with its own head: `and Ministry of Education`, `and National Water Agency`.
    fn begins_other_name(&self, at: usize) -> bool {
        let mut last = at;
        let mut next = at + 1;
        while self.is_capital(next) && next < at + LONGEST {
            last = next;
            next += 1;
        }
        let own = |i: usize| {
            self.scene.head(i).is_some_and(|h| {
                matches!(
                    h.types[0],
                    EntityType::Agency | EntityType::Body | EntityType::Organisation | EntityType::Event
                ) && h.types[0] != EntityType::Place
            })
        };
        (own(at) && matches!(self.word(at + 1), "of" | "for"))
            || (own(last) && !matches!(self.word(last), "Services" | "Service" | "Law"))
    }

    /// `Legal Commission` + `of the Seabed Authority`: a part and its whole, each with a head of its own.
    fn is_unit_of(&self, head_at: usize, next: usize) -> bool {
        self.class(head_at, Classes::UNIT) && self.institution_at(next).is_some()
    }

    /// Whether a name that ends in the head of a place begins at a token.
    fn is_place_at(&self, at: usize) -> bool {
        let last = (at..self.bounds.end).take_while(|&i| self.is_capital(i)).last();
        last.is_some_and(|last| {
            last > at && self.scene.head(last).is_some_and(|h| h.last && h.types == [EntityType::Place])
        })
    }

    /// The type of the institution whose name begins at a token.
    fn institution_at(&self, at: usize) -> Option<EntityType> {
        let institution =
            |kind: &EntityType| matches!(kind, EntityType::Agency | EntityType::Body | EntityType::Organisation);
        if let Some(kind) = self.scene.kind(at).filter(institution) {
            return Some(kind);
        }
        let last = (at..self.bounds.end).take_while(|&i| self.is_capital(i)).last()?;
        let closed = self.scene.head(last).filter(|h| h.last && last > at);
        let opened = self.scene.head(at).filter(|h| h.first && matches!(self.word(at + 1), "of" | "for" | "on"));
        closed.or(opened).map(|h| h.types[0]).filter(institution)
    }

    /// `Ministry of`, `Department for`: an agency above the one that is being read.
    fn begins_agency(&self, at: usize) -> bool {
        self.scene.head(at).is_some_and(|h| h.first && h.types[0] == EntityType::Agency)
            && matches!(self.word(at + 1), "of" | "for")
    }

    /// Whether `of State` belongs to the name (`Bank of Thailand`, `Law Society of Singapore`) or the state stands by itself
    /// (`Ministry of Health of Malaysia`).
    fn takes_state(&self, head_at: usize, end: usize, at: usize, state: usize, main: EntityType) -> bool {
        let past = self.past(state);
        // an abbreviation that counts the state's letter decides
        if self.word(past) == "("
            && self.word(past + 2) == ")"
            && let Some(last) = self.word(past + 1).chars().last()
        {
            let initial = self.word(state).chars().next().unwrap_or(' ');
            let others = (head_at..end).filter(|&i| self.is_capital(i)).count();
            return last.to_ascii_uppercase() == initial && self.word(past + 1).chars().count() > others;
        }
        if self.word(at) == "of" || self.word(at) == "to" {
            let bare = end == head_at + 1 && !self.is_capital(head_at.wrapping_sub(1));
            match main {
                // `Law Society of Singapore`, but `Temasek Foundation` + `of Singapore`
                EntityType::Organisation => {
                    let plain = (head_at.saturating_sub(3).max(self.bounds.start)..head_at)
                        .rev()
                        .take_while(|&i| self.is_capital(i))
                        .all(|i| self.class(i, Classes::COMMON));
                    return plain && end == head_at + 1 && !self.word(head_at).eq_ignore_ascii_case("office");
                }
                EntityType::Agency => {
                    return bare
                        && matches!(
                            self.lower(head_at),
                            "bank" | "embassy" | "consulate" | "regulator" | "parliament"
                        );
                }
                EntityType::Body | EntityType::Event => return false,
                _ => return true,
            }
        }
        matches!(main, EntityType::Instrument | EntityType::Programme | EntityType::Event)
    }

    /// At a comma inside a name: whether `, A[, B …] and C` follows, all of them subjects and no names.
    fn list_goes_on(&self, comma: usize) -> bool {
        let mut at = comma + 1;
        let limit = (comma + 24).min(self.bounds.end);
        let mut items = 0;
        while at < limit {
            if !self.is_capital(at)
                || !self.class(at, Classes::COMMON | Classes::PORTFOLIO)
                || self.class(at, Classes::ROLE_HEAD | Classes::MONTH | Classes::DETERMINER | Classes::PRONOUN)
                || self.scene.known(at).is_some_and(|k| k.kind.is_some() || k.role)
                || (self.scene.head(at).is_some_and(|h| {
                    h.first && matches!(self.word(at + 1), "of" | "for") && h.types[0] == EntityType::Agency
                }))
            {
                return false;
            }
            while at < limit
                && (self.is_capital(at) || (matches!(self.word(at), "of" | "in") && self.is_capital(at + 1)))
            {
                at += 1;
            }
            items += 1;
            match self.word(at) {
                "," if matches!(self.word(at + 1), "and" | "&") => {
                    return self.is_capital(at + 2) && self.may_follow(at + 2, true);
                }
                "," => at += 1,
                "and" | "&" => {
                    let next = if self.word(at + 1) == "the" { at + 2 } else { at + 1 };
                    return self.is_capital(next) && self.may_follow(next, true) && !self.begins_other_name(next);
                }
                _ => return false,
            }
        }
        items > 100
    }
}

/// The type of a name by its head and the words in it.
pub(crate) fn classify(scene: &Scene<'_, '_>, head: &Head, tokens: &Range<usize>) -> EntityType {
    if head.types.len() == 1 && !scene.is_ordinal(tokens.start) {
        return head.types[0];
    }
    let allows = |kind: EntityType| head.types.contains(&kind);
    // a numbered committee is its meeting
    let numbered = scene.is_ordinal(tokens.start);
    let meets = tokens.clone().any(|i| matches!(scene.doc.folded(i), "committee" | "commission" | "council"));
    if numbered && (allows(EntityType::Event) || meets && head.types.contains(&EntityType::Body)) {
        return EntityType::Event;
    }
    // `International Convention Centre`
    let last = scene.doc.folded(tokens.end - 1);
    let hall = tokens.len() >= 2
        && matches!(last, "centre" | "center")
        && matches!(
            scene.doc.folded(tokens.end - 2),
            "convention" | "exhibition" | "conference" | "sports" | "shopping"
        );
    if hall && allows(EntityType::Place) {
        return EntityType::Place;
    }
    let (mut between_states, mut of_state) = (false, false);
    for at in tokens.clone() {
        match scene.kind(at) {
            Some(EntityType::Body) => between_states = true,
            Some(EntityType::Agency) => of_state = true,
            Some(EntityType::Place) if scene.known(at).is_some_and(|k| is_region(scene, k)) => between_states = true,
            // `French Institute` is of France, but no organ of it
            Some(EntityType::State) if scene.is_demonym(at) && head.types[0] == EntityType::Organisation => {}
            Some(EntityType::State)
                if scene
                    .known(at)
                    .is_some_and(|k| scene.doc.is_hyphen(k.tokens.end) && scene.doc.is_joined(k.tokens.end)) =>
            {
                between_states = true
            }
            Some(EntityType::State) => of_state = true,
            _ => {
                let word = scene.doc.folded(at);
                match word {
                    "asean" | "asia" | "asian" | "pacific" | "international" | "world" | "global" | "regional"
                    | "united" | "nations" | "european" | "joint" | "mekong" | "african" | "commonwealth"
                    | "intergovernmental" | "interparliamentary" => between_states = true,
                    "national" | "royal" | "federal" | "supreme" | "central" | "state" | "presidential"
                    | "parliamentary" | "ministerial" | "police" | "army" | "naval" => of_state = true,
                    _ => {}
                }
            }
        }
    }
    if between_states && !of_state && allows(EntityType::Body) {
        return EntityType::Body;
    }
    if of_state && allows(EntityType::Agency) {
        return EntityType::Agency;
    }
    head.types[0]
}

fn is_region(scene: &Scene<'_, '_>, known: &super::scene::Known) -> bool {
    known.entries.iter().any(|&e| matches!(scene.gazetteer.entry(e).kind(), "region" | "sea" | "river" | "area"))
}
