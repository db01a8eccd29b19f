//! Figures and errors as text for people.

use crate::corpus::Case;
use crate::figures::{Figures, Tally};
use crate::judge::{Aspect, Judgement, Outcome};
use serde_json::{Value, json};

/// The figures as tables.
pub(crate) fn figures(figures: &Figures, by_rule: bool) -> String {
    let mut out = format!("{} documents\n\n{}", figures.documents, heading(""));
    let totals = [
        ("entities, exact", Aspect::Exact),
        ("entities, overlap", Aspect::Overlap),
        ("links", Aspect::Link),
        ("relations", Aspect::Relation),
        ("qualifiers", Aspect::Qualifier),
        ("quotes", Aspect::Quote),
    ];
    // what was not compared, or stands nowhere, has no line
    let totals = totals.into_iter().map(|(name, aspect)| (name, figures.total(aspect)));
    out.extend(totals.filter(|(_, tally)| *tally != Tally::default()).map(|(name, tally)| row(name, tally)));
    if figures.total(Aspect::Status) != Tally::default() {
        out += &format!("{:28}{:>7.3}\n", "status accuracy", figures.status_accuracy());
    }
    for (title, aspect) in [
        ("entities by type, exact", Aspect::Exact),
        ("relations by type", Aspect::Relation),
        ("qualifiers by type", Aspect::Qualifier),
    ] {
        let rows: String = figures.of(aspect).map(|(label, tally)| row(label, tally)).collect();
        if !rows.is_empty() {
            out += &format!("\n{}{rows}", heading(title));
        }
    }
    if by_rule {
        out += &format!("\n{:40}{:>7}{:>7}{:>7}\n", "rules", "P", "right", "found");
        for (id, &(right, count)) in &figures.rules {
            out += &format!("{id:40}{:>7.3}{right:>7}{count:>7}\n", right as f64 / count as f64);
        }
    }
    out
}

fn heading(title: &str) -> String {
    format!("{title:28}{:>7}{:>7}{:>7}{:>11}{:>7}\n", "P", "R", "F1", "annotated", "found")
}

fn row(name: &str, tally: Tally) -> String {
    let (p, r, f1) = (tally.precision(), tally.recall(), tally.f1());
    format!("{name:28}{p:>7.3}{r:>7.3}{f1:>7.3}{:>11}{:>7}\n", tally.annotated, tally.found)
}

/// Where extractor and annotator differ in one text.
pub(crate) struct Difference {
    file: String,
    line: usize,
    /// `missed` or `extra`; `wrong` of a status.
    outcome: &'static str,
    aspect: &'static str,
    label: String,
    what: String,
    rules: Vec<String>,
    sentence: String,
}

/// What differs, in the order of the text.
pub(crate) fn differences(case: &Case, judgements: &[Judgement]) -> Vec<Difference> {
    let mut out: Vec<(usize, Difference)> = Vec::new();
    for judgement in judgements {
        let outcome = match (judgement.outcome, judgement.aspect) {
            (Outcome::Right | Outcome::Again, _) | (_, Aspect::Overlap) => continue,
            (Outcome::Missed, _) => "missed",
            (Outcome::Extra, Aspect::Status) => "wrong",
            (Outcome::Extra, _) => "extra",
        };
        let Some(&first) = judgement.places.first() else { continue };
        let difference = Difference {
            file: case.path.display().to_string(),
            line: case.text.line(first),
            outcome,
            aspect: name(judgement.aspect),
            label: judgement.label.clone(),
            what: judgement.what.clone(),
            rules: judgement.rules.clone(),
            sentence: case.text.sentences(&judgement.places),
        };
        out.push((first.start, difference));
    }
    out.sort_by_key(|(start, _)| *start);
    out.into_iter().map(|(_, difference)| difference).collect()
}

fn name(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Exact | Aspect::Overlap => "entity",
        Aspect::Link => "link",
        Aspect::Relation => "relation",
        Aspect::Status => "status",
        Aspect::Qualifier => "qualifier",
        Aspect::Quote => "quote",
    }
}

impl Difference {
    /// A line for what differs, and one for its sentence.
    pub(crate) fn text(&self) -> String {
        let Difference { file, line, outcome, aspect, label, what, rules, sentence } = self;
        let rules = if rules.is_empty() { String::new() } else { format!(" ({})", rules.join(", ")) };
        format!("{file}:{line}: {outcome} {aspect} {label}: {what}{rules}\n    {sentence}\n")
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "file": self.file, "line": self.line, "outcome": self.outcome, "aspect": self.aspect,
            "type": self.label, "what": self.what, "rules": self.rules, "sentence": self.sentence,
        })
    }
}
