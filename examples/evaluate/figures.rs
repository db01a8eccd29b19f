//! Judgements → counts, precision and recall.

use crate::judge::{Aspect, Judgement, Outcome};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::ops::Add;

/// How many were right of those found and of those annotated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) found: usize,
    pub(crate) annotated: usize,
}

impl Tally {
    fn count(&mut self, outcome: Outcome) {
        self.right += usize::from(outcome == Outcome::Right);
        self.found += usize::from(matches!(outcome, Outcome::Right | Outcome::Extra));
        self.annotated += usize::from(matches!(outcome, Outcome::Right | Outcome::Missed));
    }

    /// The share of what was found that is right; 0 where nothing was.
    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of what is annotated that was found; 0 where nothing is.
    pub(crate) fn recall(self) -> f64 {
        share(self.right, self.annotated)
    }

    /// The harmonic mean of the two.
    pub(crate) fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    fn json(self) -> Value {
        json!({
            "p": self.precision(), "r": self.recall(), "f1": self.f1(),
            "gold": self.annotated, "predicted": self.found,
        })
    }
}

impl Add for Tally {
    type Output = Tally;

    fn add(self, other: Tally) -> Tally {
        Tally {
            right: self.right + other.right,
            found: self.found + other.found,
            annotated: self.annotated + other.annotated,
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// All counts of a run.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) documents: usize,
    /// By what is compared, and its label.
    tallies: BTreeMap<(Aspect, String), Tally>,
    /// For each rule, relations that are right, and all that it found. What an annotator calls optional counts in neither.
    pub(crate) rules: BTreeMap<String, (usize, usize)>,
}

impl Figures {
    pub(crate) fn add(&mut self, judgement: &Judgement) {
        self.tallies.entry((judgement.aspect, judgement.label.clone())).or_default().count(judgement.outcome);
        for rule in &judgement.rules {
            let (right, count) = self.rules.entry(rule.clone()).or_default();
            *right += usize::from(judgement.outcome != Outcome::Extra);
            *count += 1;
        }
    }

    /// The tallies of an aspect by their labels, sorted.
    pub(crate) fn of(&self, aspect: Aspect) -> impl Iterator<Item = (&str, Tally)> {
        let own = self.tallies.iter().filter(move |((of, _), _)| *of == aspect);
        own.map(|((_, label), &tally)| (label.as_str(), tally))
    }

    pub(crate) fn total(&self, aspect: Aspect) -> Tally {
        self.of(aspect).fold(Tally::default(), |sum, (_, tally)| sum + tally)
    }

    /// The share of relations found rightly that have the right status, too.
    pub(crate) fn status_accuracy(&self) -> f64 {
        self.total(Aspect::Status).precision()
    }

    pub(crate) fn json(&self) -> Map<String, Value> {
        let by_label =
            |aspect| self.of(aspect).map(|(label, tally)| (label.to_owned(), tally.json())).collect::<Value>();
        let rule = |(id, &(right, count)): (&String, &(usize, usize))| {
            (id.clone(), json!({"right": right, "count": count, "p": share(right, count)}))
        };
        let fields = [
            ("documents", self.documents.into()),
            ("entities_exact", self.total(Aspect::Exact).json()),
            ("entities_overlap", self.total(Aspect::Overlap).json()),
            ("relations", self.total(Aspect::Relation).json()),
            ("links", self.total(Aspect::Link).json()),
            ("quotes", self.total(Aspect::Quote).json()),
            ("qualifiers", self.total(Aspect::Qualifier).json()),
            ("status_accuracy", self.status_accuracy().into()),
            ("entity_types", by_label(Aspect::Exact)),
            ("relation_types", by_label(Aspect::Relation)),
            ("qualifier_types", by_label(Aspect::Qualifier)),
            ("rules", self.rules.iter().map(rule).collect()),
        ];
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The table of rules that the crate bundles: id, how many right, of how many.
    pub(crate) fn measured(&self) -> String {
        let lines = self.rules.iter().map(|(id, (right, count))| format!("{id}\t{right}\t{count}\n"));
        std::iter::once("rule\tright\tcount\n".to_owned()).chain(lines).collect()
    }
}
