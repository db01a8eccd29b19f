//! The grammatical subject of a verb: before it, over insertions and relative clauses, or behind it.

use super::slots::FAR;
use super::{ItemKind, Parse, PhraseHead, Voice};
use crate::few::{Few, one};
use crate::text::document::Document;
use crate::text::lexicon::Classes;
use crate::work;

impl Parse<'_> {
    /// The phrases that are the grammatical subject of a verb, nearest reading first; empty where there is none.
    pub(crate) fn subject(&self, doc: &Document<'_>, verb: usize) -> Few<usize> {
        self.verbs[verb].subject.get_or_init(|| self.subject_within(doc, verb, 8)).clone()
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
        // `extended to A an invitation to visit`, `the invitation to A to visit`: who is invited
        if group.infinitive
            && let Some(invited) = self.invited(doc, verb)
        {
            return invited;
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
            work::steps(14);
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

    /// Whom the noun before an infinitive invites; empty where the text does not say.
    fn invited(&self, doc: &Document<'_>, verb: usize) -> Option<Few<usize>> {
        let item = self.verbs[verb].item;
        let noun = item.checked_sub(1).filter(|&n| self.phrase_at_item(n).is_some())?;
        if doc.folded(self.items[noun].tokens.end - 1) != "invitation" {
            return None;
        }
        let inviting = verb.checked_sub(1)?;
        if !matches!(
            doc.folded(self.verbs[inviting].main),
            "extend" | "extended" | "issued" | "renewed" | "conveyed" | "offered"
        ) {
            return None;
        }
        Some(self.complement(doc, inviting, "to"))
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
    pub(super) fn antecedent(&self, doc: &Document<'_>, item: usize, plural: bool) -> Few<usize> {
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
}
