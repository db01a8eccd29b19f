//! The view for people: entities by type, relations, quotes, what is odd.

use crate::Document;
use crate::explain;
use crate::screen::{self, Lines, Look, harmless};
use dateline::{Entity, EntityType, Extraction, NearMiss, Quote, Relation, Span, Status};

/// Columns of the names of types.
const LABELS: usize = 14;
/// Where a broken line goes on.
const HANG: usize = 6;

/// What was found in a document; with `explain`, why each relation was.
pub(crate) fn view(document: &Document, found: &Extraction, explain: bool, look: &Look) -> String {
    let mut view = View { found, text: &document.text, explain, look, out: String::new() };
    view.title(document);
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

/// What holds between two names in a document, and which rules came near where nothing does.
pub(crate) fn why_not(
    document: &Document,
    found: &Extraction,
    near: &[NearMiss],
    names: [&str; 2],
    look: &Look,
) -> String {
    let mut view = View { found, text: &document.text, explain: true, look, out: String::new() };
    view.title(document);
    let entities = names.map(|name| explain::named(found, &document.text, name));
    for (name, entity) in names.iter().zip(entities) {
        if entity.is_none() {
            view.line(&[(&format!("Nothing is called {}.", harmless(name)), &look.faint)], 2, 2);
        }
    }
    let [Some(a), Some(b)] = entities else { return view.out };
    let joins = |r: &&Relation| [(a.id, b.id), (b.id, a.id)].contains(&(r.source, r.target));
    let relations: Vec<&Relation> = found.relations.iter().filter(joins).collect();
    view.section("Relations", relations.len());
    relations.iter().for_each(|relation| view.relation(relation));
    let near = explain::between(near, a, b);
    view.section("Rules that came near", near.len());
    near.iter().for_each(|miss| view.near_miss(miss));
    if relations.is_empty() && near.is_empty() {
        view.line(&[("No sentence that names both has a trigger of any rule.", &look.faint)], 2, 2);
    }
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
    fn title(&mut self, document: &Document) {
        let name = if document.name == "-" { "standard input" } else { &document.name };
        self.line(&[(&harmless(name), &self.look.title)], 0, 2);
    }

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
        let trigger = format!("“{}”", harmless(relation.first().trigger.of(self.text)));
        let mut pieces =
            vec![(source.as_str(), &look.name), (link.as_str(), &look.relation), (target.as_str(), &look.name)];
        if relation.status != Status::Asserted {
            pieces.push((&status, &look.status));
        }
        let qualifiers: Vec<String> =
            relation.qualifiers.iter().map(|q| format!("{}: {}", q.name.replace('_', " "), name(q.entity))).collect();
        pieces.extend(qualifiers.iter().map(|qualifier| (qualifier.as_str(), &look.label)));
        pieces.push((&trigger, &look.faint));
        self.line(&pieces, 2, HANG);
        if self.explain {
            self.proofs(relation);
        }
    }

    fn proofs(&mut self, relation: &Relation) {
        let look = self.look;
        let qualifiers: Vec<Span> = relation.qualifiers.iter().map(|q| q.span).collect();
        for evidence in &relation.evidence {
            let measured = relation.confidence.map(|c| format!("right in {} of {}", c.right, c.count));
            let mut pieces = vec![("rule", &look.faint)];
            let rule = harmless(&evidence.rule);
            pieces.push((&rule, &look.label));
            pieces.extend(measured.iter().map(|told| (told.as_str(), &look.faint)));
            self.line(&pieces, HANG, HANG);
            self.rows(explain::rows(evidence, &qualifiers, self.text, look.width - HANG));
        }
    }

    fn near_miss(&mut self, miss: &NearMiss) {
        let look = self.look;
        let (rule, why) = (harmless(&miss.rule), harmless(&miss.obstacle.to_string()));
        self.line(&[(&rule, &look.relation), (&why, &look.name)], 2, HANG);
        self.rows(explain::near_rows(miss, self.text, look.width - HANG));
    }

    fn rows(&mut self, rows: Vec<String>) {
        for row in rows {
            self.out.push_str(&format!("{:HANG$}{}\n", "", self.look.faint.apply_to(row)));
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

    fn section(&mut self, title: &str, count: usize) {
        screen::section(&mut self.out, self.look, title, count);
    }

    fn line(&mut self, pieces: &[(&str, &console::Style)], start: usize, hang: usize) {
        screen::line(&mut self.out, self.look, pieces, start, hang);
    }
}
