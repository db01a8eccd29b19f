//! Coordinated phrases, and what hangs on each of them: `A, B of X and C`.

use super::slots::FAR;
use super::{ItemKind, Parse, PhraseHead};
use crate::few::Few;
use crate::text::document::Document;
use crate::text::lexicon::Classes;

impl Parse<'_> {
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
    pub(super) fn past_place(&self, item: usize) -> usize {
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
    pub(super) fn is_listed(&self, left: usize, right: usize) -> bool {
        self.items[left..right].iter().any(|i| i.kind == ItemKind::And)
            || self.items[right..]
                .iter()
                .take(12)
                .take_while(|i| !matches!(i.kind, ItemKind::Verb(_) | ItemKind::Stop))
                .any(|i| i.kind == ItemKind::And)
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
            // `A, President Trade Council; B`: all that is said of somebody ends at the semicolon
            if apposed && !matches!(self.kind(i), Some(ItemKind::Comma | ItemKind::And)) {
                let rest = i..self.items.len().min(i + FAR);
                let ends = |&at: &usize| matches!(self.items[at].kind, ItemKind::Stop | ItemKind::Verb(_));
                next = rest.clone().find(ends).filter(|&at| self.items[at].kind == ItemKind::Stop).unwrap_or(i);
            }
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
}
