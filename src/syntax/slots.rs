//! Where the arguments of a verb stand: its object, its complements with a preposition.

use super::{ItemKind, Parse, PhraseHead, Voice};
use crate::few::Few;
use crate::text::document::Document;
use crate::work;

/// How far a search for an argument goes, in items.
pub(super) const FAR: usize = 40;

/// How far a preposition may be from what it belongs to, in items.
const NEAR: usize = 18;

impl Parse<'_> {
    pub(crate) fn follows_noun(&self, item: usize) -> bool {
        item > 0 && matches!(self.items[item - 1].kind, ItemKind::Phrase(_) | ItemKind::Close)
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
        for i in from..self.items.len().min(from + NEAR) {
            work::step();
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
                        // `met with A ahead of a brunch with B`
                        let is_noun = |p: usize| matches!(self.phrases[p].head, PhraseHead::Noun(_));
                        let hangs_on_noun = out.iter().any(|&p| !is_noun(p))
                            && self.kind(i.saturating_sub(2)) == Some(ItemKind::Preposition)
                            && self.phrase_at_item(i - 1).is_some_and(is_noun);
                        if self.phrase_at_item(next).is_some() && !hangs_on_noun {
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

    /// The nearest verb before a token, in the same clause.
    pub(crate) fn verb_before(&self, token: usize) -> Option<usize> {
        if self.verbs.is_empty() {
            return None;
        }
        let item = self.item_from(token);
        for i in (item.saturating_sub(FAR)..item).rev() {
            work::step();
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
        if self.verbs.is_empty() {
            return None;
        }
        let item = self.item_from(token);
        for i in item..self.items.len().min(item + FAR) {
            work::step();
            match self.items[i].kind {
                ItemKind::Verb(v) if self.verbs[v].finite => return Some(v),
                ItemKind::Stop => return None,
                _ => {}
            }
        }
        None
    }
}
