//! The view for people: entities by type, relations, quotes, what is odd.

use crate::Document;
use crate::explain;
use crate::screen::{Lines, Look, harmless};
use dateline::{Entity, EntityType, Extraction, Quote, Relation, Status};

/// Columns of the names of types.
const LABELS: usize = 14;
/// Where a broken line goes on.
const HANG: usize = 6;

/// What was found in a document; with `explain`, why each relation was.
pub(crate) fn view(document: &Document, found: &Extraction, explain: bool, look: &Look) -> String {
    let mut view = View { found, text: &document.text, explain, look, out: String::new() };
    let name = if document.name == "-" { "standard input" } else { &document.name };
    view.line(&[(&harmless(name), &look.title)], 0, 2);
    if let Some(dateline) = &found.dateline {
        view.line(&[(&harmless(dateline.span.of(&document.text)), &look.faint)], 2, 2);
    }
    view.entities();
    view.relations();
    view.quotes();
    if found.entities.is_empty() && found.relations.is_empty() && found.quotes.is_empty() {
        view.line(&[("Nothing found.", &look.faint)], 2, 2);
    }
    view.findings();
    view.out
}

struct View<'v> {
    found: &'v Extraction,
    text: &'v str,
    explain: bool,
    look: &'v Look,
    out: String,
}

impl View<'_> {
    fn entities(&mut self) {
        self.section("Entities", self.found.entities.len());
        for kind in EntityType::ALL {
            let mut label = kind.as_str();
            for entity in self.found.entities.iter().filter(|e| e.entity_type == kind) {
                self.entity(label, entity);
                label = ""; // only before the first
            }
        }
    }

    fn entity(&mut self, label: &str, entity: &Entity) {
        let look = self.look;
        let start = format!("  {}", look.label.apply_to(format!("{label:LABELS$}")));
        let mut lines = Lines::begin(&mut self.out, look.width, &start, 2 + LABELS, 4 + LABELS);
        lines.piece(&harmless(&entity.name), if entity.named { &look.name } else { &look.faint });
        if entity.mentions.len() > 1 {
            lines.piece(&format!("×{}", entity.mentions.len()), &look.faint);
        }
        if let Some(value) = entity.value.as_ref().filter(|value| **value != entity.name) {
            lines.piece(&format!("= {}", harmless(value)), &look.faint);
        }
        if let Some(key) = &entity.key {
            lines.piece(&format!("[{}]", harmless(key)), &look.faint);
        }
        lines.end();
    }

    fn relations(&mut self) {
        self.section("Relations", self.found.relations.len());
        for relation in &self.found.relations {
            self.relation(relation);
        }
    }

    fn relation(&mut self, relation: &Relation) {
        let look = self.look;
        let name = |id| harmless(&self.found.entity(id).name);
        let (source, target) = (name(relation.source), name(relation.target));
        let (link, status) = (format!("— {} →", relation.name), format!("({})", relation.status.as_str()));
        let trigger = format!("“{}”", harmless(relation.trigger.of(self.text)));
        let mut pieces =
            vec![(source.as_str(), &look.name), (link.as_str(), &look.relation), (target.as_str(), &look.name)];
        if relation.status != Status::Asserted {
            pieces.push((&status, &look.status));
        }
        pieces.push((&trigger, &look.faint));
        self.line(&pieces, 2, HANG);
        if self.explain {
            self.line(&[("rule", &look.faint), (&harmless(&relation.rule), &look.label)], HANG, HANG);
            for row in explain::rows(self.found, relation, self.text, look.width - HANG) {
                self.out.push_str(&format!("{:HANG$}{}\n", "", look.faint.apply_to(row)));
            }
        }
    }

    fn quotes(&mut self) {
        self.section("Quotes", self.found.quotes.len());
        for quote in &self.found.quotes {
            self.quote(quote);
        }
    }

    fn quote(&mut self, quote: &Quote) {
        let look = self.look;
        let speaker = quote.speaker.map_or("speaker unknown".to_owned(), |id| harmless(&self.found.entity(id).name));
        self.line(&[(&format!("{speaker}:"), &look.name)], 2, HANG);
        let words = harmless(quote.span.of(self.text));
        let words: Vec<_> = words.split(' ').map(|word| (word, &look.faint)).collect();
        self.line(&words, HANG, HANG);
    }

    /// What cannot be right in the text, and what its reader should know.
    fn findings(&mut self) {
        let told = self.found.findings.iter().map(|finding| &finding.message).chain(&self.found.warnings);
        let told: Vec<String> = told.map(|message| harmless(message)).collect();
        self.section("Findings", told.len());
        for message in told {
            let words: Vec<_> = message.split(' ').map(|word| (word, &self.look.name)).collect();
            self.line(&words, 2, HANG);
        }
    }

    /// The title of a part; nothing where the part is empty.
    fn section(&mut self, title: &str, count: usize) {
        if count > 0 {
            self.out.push('\n');
            self.line(&[(&format!("{title} ({count})"), &self.look.title)], 0, 2);
        }
    }

    /// Pieces on a line that begins at column `start`, and goes on at column `hang` where it is too long.
    fn line(&mut self, pieces: &[(&str, &console::Style)], start: usize, hang: usize) {
        let mut lines = Lines::begin(&mut self.out, self.look.width, &" ".repeat(start), start, hang);
        for (text, style) in pieces {
            lines.piece(text, style);
        }
        lines.end();
    }
}
