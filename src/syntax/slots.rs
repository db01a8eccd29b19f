//! Where the arguments of a verb stand: subject, object, complements with a preposition.

use super::{ItemKind, Parse, PhraseHead, Voice};
use crate::few::{Few, one};
use crate::text::document::Document;
use crate::text::lexicon::Classes;

/// How far a search for an argument goes, in items.
const FAR: usize = 60;

impl Parse {
    /// The phrases that are the grammatical subject of a verb, nearest reading first; empty where there is none.
    pub(crate) fn subject(&self, doc: &Document<'_>, verb: usize) -> Few<usize> {
        self.subject_within(doc, verb, 8)
    }

    fn subject_within(&self, doc: &Document<'_>, verb: usize, depth: usize) -> Few<usize> {
        if depth == 0 {
            return Few::new();
        }
        let group = &self.verbs[verb];
        // `Co-chaired by A and B, the Conference agreed …`
        if !group.finite && !group.infinitive && self.is_clause_start(group.item) {
            let after = self.after_first_comma(doc, group.item);
            return if after.is_empty() { self.inverted(doc, group.item) } else { after };
        }
        // `a committee to be chaired by`
        if group.infinitive && group.voice == Voice::Passive && self.follows_noun(group.item) {
            return self.nearest_before(group.item);
        }
        if group.infinitive
            || (group.form == crate::text::lexicon::Form::Gerund && !group.finite && !self.follows_noun(group.item))
        {
            let parent = verb.saturating_sub(1);
            // `appreciation to A for hosting`, `congratulated A on organising`: A does it
            if !group.infinitive
                && group.item > 1
                && matches!(doc.word(self.items[group.item - 1].tokens.start), "for" | "on")
                && let ItemKind::Phrase(p) = self.items[group.item - 2].kind
            {
                return one(p);
            }
            // `…, replacing B`: whoever the main clause is about
            let parent = if group.infinitive {
                parent
            } else {
                match (0..verb).rev().find(|&v| self.verbs[v].finite) {
                    Some(main) => main,
                    // `A, speaking at the forum, said`
                    None if group.item > 1
                        && self.items[group.item - 1].kind == ItemKind::Comma
                        && self.phrase_at_item(group.item - 2).is_some() =>
                    {
                        return self.noun_group_ending(doc, group.item - 2);
                    }
                    None => parent,
                }
            };
            if doc.class(self.verbs[parent].main).any(Classes::OTHER_AGENT) && self.verbs[parent].voice == Voice::Active
            {
                let object = self.object(doc, parent);
                if !object.is_empty() {
                    return object;
                }
            }
            return if parent == verb { Few::new() } else { self.subject_within(doc, parent, depth - 1) };
        }
        let mut item = group.item;
        let mut steps = 0;
        while item > 0 && steps < FAR {
            steps += 1;
            item -= 1;
            match self.items[item].kind {
                ItemKind::Adverb | ItemKind::QuoteMark => {}
                ItemKind::Close => match self.opening(item) {
                    Some(open) => item = open,
                    None => return Few::new(),
                },
                ItemKind::Comma => {
                    if !group.finite {
                        // `X, led by A`: what stands before the comma
                        return self.nearest_before(item);
                    }
                    // `A, the Minister of X, said`: over the insertion
                    match self.insertion(doc, item) {
                        Some(open) => item = open,
                        None => return self.subject_of_previous(doc, verb, depth),
                    }
                }
                ItemKind::And => return self.subject_of_previous(doc, verb, depth),
                ItemKind::Relative => return self.antecedent(doc, item, self.is_plural(doc, verb)),
                ItemKind::Phrase(p) => {
                    if self.phrases[p].is_date {
                        // a date may be an adjunct with its preposition
                        if item > 0 && self.items[item - 1].kind == ItemKind::Preposition {
                            item -= 1;
                        }
                        continue;
                    }
                    if !group.finite {
                        return self.nearest_before(item + 1);
                    }
                    return self.noun_group_ending(doc, item);
                }
                ItemKind::Verb(_) | ItemKind::Subordinator | ItemKind::Stop | ItemKind::Open => {
                    return match self.items[item].kind {
                        ItemKind::Verb(v) if !self.verbs[v].finite => self.subject_of_previous(doc, v, depth),
                        _ => Few::new(),
                    };
                }
                ItemKind::Preposition | ItemKind::Other => return Few::new(),
            }
        }
        Few::new()
    }

    fn subject_of_previous(&self, doc: &Document<'_>, verb: usize, depth: usize) -> Few<usize> {
        // the last finite verb before; a relative clause that a comma has closed is over: `praised A, which B approved, and said`
        let item = self.verbs[verb].item;
        let closed =
            item > 1 && self.items[item - 1].kind == ItemKind::And && self.items[item - 2].kind == ItemKind::Comma;
        let previous = (0..verb).rev().find(|&v| {
            (self.verbs[v].finite || !self.verbs[verb].finite) && !(closed && self.is_relative(self.verbs[v].item))
        });
        previous.map_or(Few::new(), |v| self.subject_within(doc, v, depth - 1))
    }

    /// Whether the verb at an item is the one of a relative clause.
    fn is_relative(&self, item: usize) -> bool {
        let clause = self.items[item.saturating_sub(FAR)..item].iter().rev();
        let opens =
            |kind| matches!(kind, ItemKind::Relative | ItemKind::Verb(_) | ItemKind::Subordinator | ItemKind::Stop);
        clause.map(|i| i.kind).find(|&kind| opens(kind)) == Some(ItemKind::Relative)
    }

    fn is_clause_start(&self, item: usize) -> bool {
        self.items[..item].iter().all(|i| matches!(i.kind, ItemKind::Adverb | ItemKind::QuoteMark))
    }

    pub(crate) fn follows_noun(&self, item: usize) -> bool {
        item > 0 && matches!(self.items[item - 1].kind, ItemKind::Phrase(_) | ItemKind::Close)
    }

    fn after_first_comma(&self, doc: &Document<'_>, item: usize) -> Few<usize> {
        let mut last = Few::new();
        for (i, it) in self.items.iter().enumerate().skip(item + 1) {
            match it.kind {
                // the comma that the main clause stands behind: a phrase and then a finite verb
                ItemKind::Comma => {
                    if let Some(p) = self.phrase_at_item(i + 1) {
                        let list = self.list(doc, i + 1);
                        let end = list.last().map_or(i + 1, |&p| self.phrases[p].item);
                        let verb_follows = self.items[end + 1..]
                            .iter()
                            .take(4)
                            .any(|x| matches!(x.kind, ItemKind::Verb(v) if self.verbs[v].finite));
                        if verb_follows {
                            last = if list.is_empty() { one(p) } else { list };
                            return last;
                        }
                    }
                }
                ItemKind::Stop => break,
                _ => {}
            }
        }
        last
    }

    /// `Representing Singapore at the forum was A`: behind the verb that the opening participle leads to.
    fn inverted(&self, doc: &Document<'_>, item: usize) -> Few<usize> {
        let next = self.items.iter().skip(item + 1).find_map(|i| match i.kind {
            ItemKind::Verb(v) => Some(v),
            _ => None,
        });
        let be = next.filter(|&v| self.verbs[v].finite && doc.class(self.verbs[v].main).any(Classes::BE));
        let behind = be.map(|v| self.verbs[v].item + 1).filter(|&i| self.phrase_at_item(i).is_some());
        behind.map_or(Few::new(), |i| self.list(doc, i))
    }

    /// The opening item for a closing parenthesis.
    fn opening(&self, close: usize) -> Option<usize> {
        self.items[..close].iter().rposition(|i| i.kind == ItemKind::Open)
    }

    /// For a comma that closes an insertion, the comma that opens it.
    fn insertion(&self, doc: &Document<'_>, close: usize) -> Option<usize> {
        let earliest = close.saturating_sub(FAR);
        let mut open = None;
        for i in (earliest..close).rev() {
            match self.items[i].kind {
                ItemKind::Comma => {
                    open = Some(i);
                    // take the outermost comma that still follows a phrase and begins an insertion
                    if self.begins_insertion(doc, i + 1, close) {
                        break;
                    }
                }
                ItemKind::Stop => return None,
                _ => {}
            }
        }
        let open = open?;
        (open > 0
            && matches!(self.items[open - 1].kind, ItemKind::Phrase(_) | ItemKind::Close)
            && self.begins_insertion(doc, open + 1, close))
        .then_some(open)
    }

    fn begins_insertion(&self, doc: &Document<'_>, item: usize, close: usize) -> bool {
        match self.items[item].kind {
            // `, jointly organised by A,`
            ItemKind::Adverb | ItemKind::QuoteMark if item + 1 < close => self.begins_insertion(doc, item + 1, close),
            ItemKind::Relative | ItemKind::Preposition => true,
            ItemKind::Verb(v) => !self.verbs[v].finite,
            ItemKind::Phrase(p) => {
                // an apposition: `the Minister of X`; no verb inside
                let apposition = match self.phrases[p].head {
                    PhraseHead::Noun(t) => {
                        doc.class(self.phrases[p].tokens.start).any(Classes::DETERMINER)
                            || doc.class(t).any(Classes::ROLE_HEAD)
                            || doc.tokens[t].kind == crate::text::token::Kind::Number
                    }
                    PhraseHead::Mention(_) => true,
                    PhraseHead::Pronoun(_) => false,
                };
                apposition
                    && !self.items[item..close]
                        .iter()
                        .any(|i| matches!(i.kind, ItemKind::Verb(v) if self.verbs[v].finite))
            }
            _ => false,
        }
    }

    /// Whether the form of a verb says that several do it.
    fn is_plural(&self, doc: &Document<'_>, verb: usize) -> bool {
        matches!(doc.word(self.verbs[verb].tokens.start), "have" | "are" | "were")
    }

    /// The noun that a relative pronoun stands for; before a verb in the plural, all of a list: `A, B and C, who have signed`.
    fn antecedent(&self, doc: &Document<'_>, item: usize, plural: bool) -> Few<usize> {
        let who = matches!(doc.word(self.items[item].tokens.start), "who" | "whom");
        let mut i = item;
        let mut nearest = Few::new();
        while i > 0 {
            i -= 1;
            match self.items[i].kind {
                ItemKind::Comma | ItemKind::Adverb | ItemKind::QuoteMark => {}
                ItemKind::Close => match self.opening(i) {
                    Some(open) => i = open,
                    None => break,
                },
                ItemKind::Phrase(p) => {
                    if plural && nearest.is_empty() && i > 0 && self.items[i - 1].kind == ItemKind::And {
                        return self.noun_group_ending(doc, i);
                    }
                    nearest.push(p);
                    // up the chain of prepositions, as further readings
                    if who && i > 1 && self.items[i - 1].kind == ItemKind::Preposition {
                        i -= 1;
                        continue;
                    }
                    break;
                }
                _ => break,
            }
        }
        nearest
    }

    fn nearest_before(&self, item: usize) -> Few<usize> {
        let mut i = item;
        while i > 0 {
            i -= 1;
            match self.items[i].kind {
                ItemKind::Phrase(p) if self.phrases[p].is_date => {
                    if i > 0 && self.items[i - 1].kind == ItemKind::Preposition {
                        i -= 1;
                    }
                }
                ItemKind::Phrase(p) => {
                    let mut out = one(p);
                    // the nouns above it are further readings: `the opening of a Workshop organised by`
                    while i > 1
                        && self.items[i - 1].kind == ItemKind::Preposition
                        && let ItemKind::Phrase(up) = self.items[i - 2].kind
                    {
                        out.push(up);
                        i -= 2;
                    }
                    return out;
                }
                ItemKind::Adverb | ItemKind::QuoteMark | ItemKind::Comma => {}
                ItemKind::Close => match self.opening(i) {
                    Some(open) => i = open,
                    None => break,
                },
                _ => break,
            }
        }
        Few::new()
    }

    /// The coordinated phrases that end at an item, with what hangs on them left out: `A of X, B and C`.
    fn noun_group_ending(&self, doc: &Document<'_>, item: usize) -> Few<usize> {
        let mut out: Few<usize> = Few::new();
        let mut i = item;
        // members found when a mere comma was crossed for the first time
        let mut comma: Option<usize> = None;
        loop {
            // up the chain: `the Minister of X of Y`, `the Summit in Lima, Peru`
            let mut top = self.past_place(i);
            while top > 1 && self.governs(doc, top - 1) && self.is_noun_before(top - 1) {
                top = self.past_place(self.noun_before(top - 1));
            }
            // `the Group of countries, including A, B and C, issued`: the members do not act beside the group
            if top > 0 && self.governs(doc, top - 1) && doc.is(self.items[top - 1].tokens.start, "including") {
                out.clear();
                break;
            }
            // `A delegation led by B visited`: what the participle says of the noun before it
            if out.is_empty()
                && top > 0
                && self.governs(doc, top - 1)
                && let Some(noun) = self.described_before(top - 1)
            {
                i = noun;
                continue;
            }
            if top > 0 && self.governs(doc, top - 1) {
                // under a preposition that opens the clause: an adjunct, no subject, and what its list took with it neither
                // (`Together with A and B, C and D are …`)
                if let Some(comma) = comma {
                    out.truncate(comma);
                }
                break;
            }
            let Some(p) = self.phrase_at_item(top) else { break };
            if !self.phrases[p].is_date {
                out.push(p);
            }
            // further left: a list
            let mut left = top;
            let mut joined = false;
            let mut and = false;
            while left > 0 && matches!(self.items[left - 1].kind, ItemKind::And | ItemKind::Comma) {
                left -= 1;
                joined = true;
                and |= self.items[left].kind == ItemKind::And;
            }
            if !joined || left == 0 {
                break;
            }
            if !and && comma.is_none() {
                comma = Some(out.len());
            }
            let before = left - 1;
            let next = match self.items[before].kind {
                ItemKind::Phrase(_) => before,
                ItemKind::Close => match self.opening(before).filter(|&o| o > 0) {
                    Some(open) if matches!(self.items[open - 1].kind, ItemKind::Phrase(_)) => open - 1,
                    _ => break,
                },
                _ => break,
            };
            // a mere comma before the subject ends an adjunct: `In Hanoi, A met B`
            if !self.is_listed(next, top) {
                break;
            }
            i = next;
            if out.len() > 40 {
                break;
            }
        }
        out.reverse();
        out
    }

    /// For a preposition behind a participle that stands behind a noun, that noun.
    fn described_before(&self, preposition: usize) -> Option<usize> {
        let ItemKind::Verb(v) = self.items[preposition.checked_sub(1)?].kind else { return None };
        let noun = self.verbs[v].item.checked_sub(1)?;
        let participle = !self.verbs[v].finite && !self.verbs[v].infinitive && self.verbs[v].voice == Voice::Passive;
        (participle && self.phrase_at_item(noun).is_some()).then_some(noun)
    }

    /// Whether an item is a preposition over what follows; `after he co-chaired` is one in form, but a conjunction in deed.
    fn governs(&self, doc: &Document<'_>, item: usize) -> bool {
        let word = doc.lower(self.items[item].tokens.start);
        self.items[item].kind == ItemKind::Preposition
            && !matches!(word, "after" | "before" | "since" | "until" | "as" | "than")
    }

    fn is_noun_before(&self, preposition: usize) -> bool {
        preposition > 0
            && matches!(self.items[preposition - 1].kind, ItemKind::Phrase(_) | ItemKind::Close)
            && (matches!(self.items[preposition - 1].kind, ItemKind::Phrase(_))
                || self
                    .opening(preposition - 1)
                    .is_some_and(|o| o > 0 && matches!(self.items[o - 1].kind, ItemKind::Phrase(_))))
    }

    fn noun_before(&self, preposition: usize) -> usize {
        match self.items[preposition - 1].kind {
            ItemKind::Close => self.opening(preposition - 1).map_or(preposition - 1, |o| o - 1),
            _ => preposition - 1,
        }
    }

    /// Whether the phrase at an item says where: `in Thailand`, `in Bangkok, Thailand`.
    pub(crate) fn is_location(&self, doc: &Document<'_>, item: usize) -> bool {
        let place = self.phrase_at_item(item).is_some_and(|p| self.phrases[p].is_place);
        let top = self.past_place(item);
        place
            && top > 0
            && self.kind(top - 1) == Some(ItemKind::Preposition)
            && matches!(doc.lower(self.items[top - 1].tokens.start), "in" | "at" | "near")
    }

    /// For `Lima, Peru`, the item of `Lima`; where no list of places is meant.
    fn past_place(&self, item: usize) -> usize {
        let place = |i: usize| self.phrase_at_item(i).is_some_and(|p| self.phrases[p].is_place);
        // a state is in no other: `Malaysia, Cambodia and Thailand`
        let town = |i: usize| place(i) && self.phrase_at_item(i).is_some_and(|p| !self.phrases[p].is_state);
        let pair = item >= 2 && place(item) && self.items[item - 1].kind == ItemKind::Comma && town(item - 2);
        let listed =
            item >= 4 && matches!(self.items[item - 3].kind, ItemKind::Comma | ItemKind::And) && place(item - 4);
        let goes_on = matches!(self.kind(item + 1), Some(ItemKind::And)) && place(item + 2)
            || matches!(self.kind(item + 1), Some(ItemKind::Comma)) && place(item + 2);
        if pair && !listed && !goes_on { item - 2 } else { item }
    }

    /// Whether the phrase at `left` is in one list with what begins at `right`: an `and` stands between them or later.
    fn is_listed(&self, left: usize, right: usize) -> bool {
        self.items[left..right].iter().any(|i| i.kind == ItemKind::And)
            || self.items[right..]
                .iter()
                .take(12)
                .take_while(|i| !matches!(i.kind, ItemKind::Verb(_) | ItemKind::Stop))
                .any(|i| i.kind == ItemKind::And)
    }

    /// The direct object of a verb.
    pub(crate) fn object(&self, doc: &Document<'_>, verb: usize) -> Few<usize> {
        let mut i = self.verbs[verb].item + 1;
        while i < self.items.len() {
            match self.items[i].kind {
                ItemKind::Adverb | ItemKind::QuoteMark => i += 1,
                ItemKind::Phrase(p) if self.phrases[p].is_date => i += 1,
                ItemKind::Phrase(_) => return self.list(doc, i),
                // `condemned in the strongest terms the attack`, `noted with appreciation the report`
                ItemKind::Preposition
                    if self.items.get(i + 1).is_some_and(|next| {
                        matches!(doc.word(next.tokens.end - 1), "terms" | "appreciation" | "satisfaction" | "gratitude")
                    }) && self.phrase_at_item(i + 2).is_some() =>
                {
                    i += 2;
                }
                _ => break,
            }
        }
        self.relative_object(doc, verb)
    }

    /// The object that stands before its verb: `the drill, which the ministry will conduct`.
    fn relative_object(&self, doc: &Document<'_>, verb: usize) -> Few<usize> {
        let group = &self.verbs[verb];
        if !group.finite || group.voice != Voice::Active {
            return Few::new();
        }
        let mut subject = false;
        for i in (group.item.saturating_sub(FAR)..group.item).rev() {
            match self.items[i].kind {
                ItemKind::Phrase(_) => subject = true,
                ItemKind::And | ItemKind::Preposition | ItemKind::Adverb | ItemKind::Open | ItemKind::Close => {}
                ItemKind::Relative | ItemKind::Subordinator if subject => {
                    let word = doc.word(self.items[i].tokens.start);
                    let behind_noun = matches!(self.items[..i].last().map(|x| x.kind), Some(ItemKind::Phrase(_)));
                    return match word {
                        "which" | "whom" => self.antecedent(doc, i, false),
                        "that" if behind_noun => self.antecedent(doc, i, false),
                        _ => Few::new(),
                    };
                }
                _ => break,
            }
        }
        Few::new()
    }

    /// The complement of a verb behind a preposition (`by`, `with`, `to` …), within its clause.
    pub(crate) fn complement(&self, doc: &Document<'_>, verb: usize, preposition: &str) -> Few<usize> {
        self.complement_from(doc, self.verbs[verb].item + 1, preposition)
    }

    /// The complements with a preposition, looked for from an item on; of several with the same one all, but the first `by` only.
    pub(crate) fn complement_from(&self, doc: &Document<'_>, from: usize, preposition: &str) -> Few<usize> {
        self.complements(doc, from, preposition, preposition == "by")
    }

    /// The first complement with a preposition.
    pub(crate) fn first_complement(&self, doc: &Document<'_>, from: usize, preposition: &str) -> Few<usize> {
        self.complements(doc, from, preposition, true)
    }

    fn complements(&self, doc: &Document<'_>, from: usize, preposition: &str, first_only: bool) -> Few<usize> {
        let mut depth = 0usize;
        let mut out = Few::new();
        for i in from..self.items.len().min(from + FAR) {
            match self.items[i].kind {
                ItemKind::Open => depth += 1,
                ItemKind::Close => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                ItemKind::Preposition => {
                    let last = self.items[i].tokens.end - 1;
                    if doc.is(last, preposition)
                        || doc.span(self.items[i].tokens.clone()).of(doc.text).eq_ignore_ascii_case(preposition)
                    {
                        let mut next = i + 1;
                        while matches!(self.kind(next), Some(ItemKind::QuoteMark | ItemKind::Adverb)) {
                            next += 1;
                        }
                        if self.phrase_at_item(next).is_some() {
                            out.extend(self.list(doc, next));
                            if first_only {
                                return out;
                            }
                        }
                    }
                }
                ItemKind::Verb(_) | ItemKind::Relative | ItemKind::Subordinator | ItemKind::Stop => break,
                _ => {}
            }
        }
        out
    }

    /// The coordinated phrases from an item on: `A, B of X and C`. What hangs on a member by `of` or a post's `for` and `at`
    /// is passed over.
    pub(crate) fn list(&self, doc: &Document<'_>, item: usize) -> Few<usize> {
        let mut out = Few::new();
        let mut i = item;
        // between semicolons, what stands behind a comma says who somebody is
        let semicolons = self.has_semicolons(doc, item);
        let mut apposed = false;
        let attribute = self.is_attribute(item);
        while let Some(p) = self.phrase_at_item(i) {
            if out.len() > 60 {
                break;
            }
            // a phrase with a verb behind it is the subject of the next clause
            let after_comma = i > 0 && self.items[i - 1].kind == ItemKind::Comma;
            let next_clause = self.is_subject_of_next(i) && (after_comma || !attribute);
            if !out.is_empty() && (next_clause || after_comma && self.is_list_of_next(i)) {
                break;
            }
            if self.phrases[p].is_date {
                if out.is_empty() {
                    out.push(p);
                }
                break;
            }
            if !apposed {
                out.push(p);
            }
            i = self.past_attachments(doc, i);
            // `leaders, including A and B`; `six countries — A, B and C`
            if let Some(next) = self.members(doc, i) {
                // the group itself is told by its members
                if matches!(self.phrases[p].head, PhraseHead::Noun(_)) {
                    out.pop();
                }
                i = next;
                continue;
            }
            let mut next = i;
            let mut joined = false;
            apposed = semicolons;
            while matches!(self.kind(next), Some(ItemKind::Comma | ItemKind::And)) || self.is_semicolon(doc, next) {
                joined = true;
                apposed &= self.kind(next) == Some(ItemKind::Comma);
                next += 1;
            }
            while matches!(self.kind(next), Some(ItemKind::Adverb)) && joined {
                next += 1;
            }
            // `, together with B`
            if joined && matches!(self.kind(next), Some(ItemKind::Preposition)) && self.items[next].tokens.len() > 1 {
                break;
            }
            if !joined {
                break;
            }
            i = next;
        }
        out
    }

    /// Whether the list hangs on a noun before the first verb of its clause: `The signing of X by A and B took place`
    fn is_attribute(&self, item: usize) -> bool {
        let before = self.items[item.saturating_sub(FAR)..item].iter().rev();
        let clause = before.take_while(|i| !matches!(i.kind, ItemKind::Stop | ItemKind::Subordinator));
        item > 1
            && self.items[item - 1].kind == ItemKind::Preposition
            && matches!(self.items[item - 2].kind, ItemKind::Phrase(_))
            && !clause.into_iter().any(|i| matches!(i.kind, ItemKind::Verb(_)))
    }

    /// `A, the Governor of X; the Ambassador of Y; and B`: a semicolon between the members of a list, not between clauses.
    fn is_semicolon(&self, doc: &Document<'_>, item: usize) -> bool {
        let Some(this) = self.items.get(item) else { return false };
        let clause = self.items[item + 1..].iter().take(FAR).take_while(|i| i.kind != ItemKind::Stop);
        this.kind == ItemKind::Stop
            && doc.word(this.tokens.start) == ";"
            && !clause.into_iter().any(|i| matches!(i.kind, ItemKind::Verb(v) if self.verbs[v].finite))
    }

    /// Whether the list that begins at an item goes on behind a semicolon.
    fn has_semicolons(&self, doc: &Document<'_>, item: usize) -> bool {
        let first = (item..self.items.len().min(item + FAR)).find(|&i| self.items[i].kind == ItemKind::Stop);
        first.is_some_and(|stop| self.is_semicolon(doc, stop))
    }

    /// Where the members of a group are told behind it.
    fn members(&self, doc: &Document<'_>, item: usize) -> Option<usize> {
        let mut i = item;
        while matches!(self.kind(i), Some(ItemKind::Comma)) {
            i += 1;
        }
        let start = self.items.get(i)?.tokens.start;
        let told = match self.items[i].kind {
            ItemKind::Preposition => {
                matches!(doc.word(start), "including" | "like" | "such") || doc.is(start, "namely")
            }
            ItemKind::Adverb => doc.is(start, "namely"),
            ItemKind::Stop => {
                let group = item > 0
                    && self.phrase_at_item(item - 1).is_some_and(|p| match self.phrases[p].head {
                        PhraseHead::Noun(t) => doc.class(t).any(Classes::COLLECTIVE),
                        _ => false,
                    });
                group && doc.is_dash(start)
            }
            _ => false,
        };
        (told && self.phrase_at_item(i + 1).is_some()).then_some(i + 1)
    }

    /// Past what hangs on the phrase at an item: parentheses, `of …`.
    fn past_attachments(&self, doc: &Document<'_>, item: usize) -> usize {
        let mut i = item + 1;
        if self.kind(i) == Some(ItemKind::Comma)
            && self.phrase_at_item(i + 1).is_some()
            && self.past_place(i + 1) == item
        {
            i += 2;
        }
        let mut steps = 0;
        while i < self.items.len() && steps < FAR {
            steps += 1;
            match self.items[i].kind {
                ItemKind::Open => {
                    let close = self.items[i..].iter().take(30).position(|x| x.kind == ItemKind::Close);
                    match close {
                        Some(n) => i += n + 1,
                        None => break,
                    }
                }
                ItemKind::QuoteMark => i += 1,
                ItemKind::Preposition => {
                    let of = doc.is(self.items[i].tokens.start, "of");
                    let post =
                        matches!(doc.word(self.items[i].tokens.start), "for" | "at" | "from" | "in" | "on" | "to")
                            && self.phrase_at_item(i - 1).is_some_and(|p| match self.phrases[p].head {
                                PhraseHead::Mention(_) => true,
                                PhraseHead::Noun(t) => {
                                    doc.class(t).any(Classes::ROLE_HEAD) || doc.word(t).ends_with('s')
                                }
                                PhraseHead::Pronoun(_) => false,
                            });
                    if !(of || post) || self.phrase_at_item(i + 1).is_none() {
                        break;
                    }
                    // over it only if the list goes on behind it, or it is an `of`
                    let goes_on = matches!(self.kind(i + 2), Some(ItemKind::Comma | ItemKind::And));
                    if of || goes_on {
                        i += 2;
                    } else {
                        break;
                    }
                }
                _ => break,
            }
        }
        i
    }

    fn is_subject_of_next(&self, item: usize) -> bool {
        let mut i = item + 1;
        while i < self.items.len() {
            match self.items[i].kind {
                ItemKind::Adverb => i += 1,
                ItemKind::Verb(v) => return self.verbs[v].finite,
                _ => return false,
            }
        }
        false
    }

    /// `A and B` with a finite verb behind: the coordinated subject of the next clause.
    fn is_list_of_next(&self, item: usize) -> bool {
        let mut i = item;
        while matches!(self.kind(i), Some(ItemKind::Phrase(_)))
            && self.kind(i + 1) == Some(ItemKind::And)
            && matches!(self.kind(i + 2), Some(ItemKind::Phrase(_)))
        {
            i += 2;
        }
        i > item && self.is_subject_of_next(i)
    }

    /// The nearest verb before a token, in the same clause.
    pub(crate) fn verb_before(&self, token: usize) -> Option<usize> {
        let item = self.item_from(token);
        for i in (item.saturating_sub(FAR)..item).rev() {
            match self.items[i].kind {
                ItemKind::Verb(v) => return Some(v),
                ItemKind::Stop => return None,
                _ => {}
            }
        }
        None
    }

    /// The next finite verb behind a token, in the same clause.
    pub(crate) fn verb_after(&self, token: usize) -> Option<usize> {
        let item = self.item_from(token);
        for i in item..self.items.len().min(item + FAR) {
            match self.items[i].kind {
                ItemKind::Verb(v) if self.verbs[v].finite => return Some(v),
                ItemKind::Stop => return None,
                _ => {}
            }
        }
        None
    }
}
