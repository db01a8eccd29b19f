//! One page without script and without requests: the statement with its names marked, the relations drawn and listed, quotes
//! with their speakers. What is pointed to, tapped or reached by keyboard says its id, rule and evidence.

use crate::Document;
use dateline::{Entity, EntityId, EntityType, Evidence, Extraction, Relation, Span, Status};
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeSet;

/// The head, with a policy that forbids the page to fetch or run anything.
pub(super) const OPEN: &str = concat!(
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n",
    "<title>What the statement says</title>\n<style>\n",
    include_str!("page.css"),
    "</style>\n</head>\n<body>\n<main>\n"
);
pub(super) const CLOSE: &str = "</main>\n</body>\n</html>\n";

/// Height of a line of the drawing.
const ROW: usize = 26;
/// Where its names begin; arcs stand to the left.
const NAMES: usize = 140;
/// Its width.
const WIDE: usize = 430;
/// Letters of a name that fit.
const LETTERS: usize = 40;

/// A document.
pub(crate) fn article(document: &Document, found: &Extraction) -> String {
    let page = Page { text: &document.text, found, prefix: identifier(&document.name) };
    let name = if document.name == "-" { "standard input" } else { &document.name };
    let article = html! {
        article {
            h1 { (name) }
            p.faint {
                (count(found.entities.len(), "entity", "entities")) ", "
                (count(found.relations.len(), "relation", "relations")) ", "
                (count(found.quotes.len(), "quote", "quotes"))
                ". Point at a mark, tap it, or reach it with the tab key: it says what it is and why."
            }
            (page.legend())
            div.text { (page.statement()) }
            @if !found.relations.is_empty() {
                h2 { "Relations" }
                (page.drawing())
                ul.cards { @for (n, relation) in found.relations.iter().enumerate() { (page.relation(n, relation)) } }
            }
            @if !found.quotes.is_empty() {
                h2 { "Quotes" }
                ul.cards {
                    @for quote in &found.quotes {
                        li {
                            @match quote.speaker { Some(speaker) => (page.name(speaker)), None => span.faint { "speaker unknown" } }
                            blockquote { (quote.span.of(page.text)) }
                        }
                    }
                }
            }
            @if !found.entities.is_empty() {
                h2 { "Entities" }
                ul.cards { @for entity in &found.entities { (page.entity(entity)) } }
            }
            @let told: Vec<&String> = found.findings.iter().map(|finding| &finding.message).chain(&found.warnings).collect();
            @if !told.is_empty() {
                h2 { "Findings" }
                ul.cards { @for message in told { li { (message) } } }
            }
        }
    };
    format!("{}\n", article.into_string())
}

struct Page<'p> {
    text: &'p str,
    found: &'p Extraction,
    /// Tells its ids from those of other documents of the page.
    prefix: String,
}

impl Page<'_> {
    fn entity_id(&self, id: EntityId) -> String {
        format!("{}-e{id}", self.prefix)
    }

    fn relation_id(&self, n: usize) -> String {
        format!("{}-r{n}", self.prefix)
    }

    /// The types that there are, in their colours.
    fn legend(&self) -> Markup {
        let types: BTreeSet<EntityType> = self.found.entities.iter().map(|entity| entity.entity_type).collect();
        html! {
            ul.legend {
                @for kind in types { li { span.m.(kind.as_str()) { (kind.as_str()) } } }
                @if !self.found.relations.is_empty() { li { span.t { "words that prove a relation" } } }
            }
        }
    }

    /// The text with its marks. Where marks overlap, names stand above proofs, and both above quotes.
    fn statement(&self) -> Markup {
        let mentions: Vec<(Span, &Entity)> = self
            .found
            .entities
            .iter()
            .flat_map(|entity| entity.mentions.iter().map(move |m| (m.span, entity)))
            .collect();
        let triggers: Vec<(Span, usize)> = self
            .found
            .relations
            .iter()
            .enumerate()
            .flat_map(|(n, relation)| relation.evidence.iter().map(move |evidence| (evidence.trigger, n)))
            .collect();
        let mut cuts = BTreeSet::from([0, self.text.len()]);
        let spans = mentions.iter().map(|m| m.0).chain(triggers.iter().map(|t| t.0));
        for span in spans.chain(self.found.quotes.iter().map(|quote| quote.span)) {
            cuts.extend([span.start, span.end]);
        }
        let cuts: Vec<usize> = cuts.into_iter().collect();
        // those that may still cover something, in the order of the text
        let (mut mentions, mut triggers) = (Sweep::new(mentions), Sweep::new(triggers));
        let mut quotes = Sweep::new(self.found.quotes.iter().map(|quote| (quote.span, ())).collect());
        html! {
            @for pair in cuts.windows(2) {
                @let words = &self.text[pair[0]..pair[1]];
                @let said = (!quotes.over(pair[0]).is_empty()).then_some("said");
                @let relations = triggers.over(pair[0]);
                @if let Some(entity) = mentions.over(pair[0]).first() {
                    a.m.(entity.entity_type.as_str()).(said.unwrap_or("named")) href={ "#" (self.entity_id(entity.id)) } data-tip=(entity_tip(entity)) { (words) }
                } @else if let Some(&first) = relations.first() {
                    a.t.(said.unwrap_or("named")) href={ "#" (self.relation_id(first)) } data-tip=(self.relation_tip(&relations)) { (words) }
                } @else if said.is_some() {
                    span.said { (words) }
                } @else { (words) }
            }
        }
    }

    fn relation_tip(&self, relations: &[usize]) -> String {
        let mut seen = BTreeSet::new();
        let lines = relations.iter().filter(|&&n| seen.insert(n)).map(|&n| {
            let relation = &self.found.relations[n];
            let (source, target) = (self.found.entity(relation.source), self.found.entity(relation.target));
            let status = relation.status.as_str();
            format!("{} — {} → {} ({status}), rule {}", source.name, relation.name, target.name, relation.first().rule)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// A name that leads to its entity.
    fn name(&self, id: EntityId) -> Markup {
        let entity = self.found.entity(id);
        html! { a.m.(entity.entity_type.as_str()) href={ "#" (self.entity_id(id)) } data-tip=(entity_tip(entity)) { (entity.name) } }
    }

    fn relation(&self, n: usize, relation: &Relation) -> Markup {
        html! {
            li id=(self.relation_id(n)) {
                (close())
                (self.name(relation.source)) " — " span.rel { (relation.name.replace('_', " ")) } " → " (self.name(relation.target))
                @if relation.status != Status::Asserted { " " span.(relation.status.as_str()) { (relation.status.as_str()) } }
                @for qualifier in &relation.qualifiers { " " span.faint { (qualifier.name.replace('_', " ")) ": " } (self.name(qualifier.entity)) }
                @for evidence in &relation.evidence {
                    blockquote { (self.proof(evidence)) }
                    span.faint { "rule " code { (evidence.rule) } }
                }
                @if let Some(measured) = relation.confidence { span.faint { ", right in " (measured.right) " of " (measured.count) } }
            }
        }
    }

    /// A sentence with source, target and trigger marked.
    fn proof(&self, evidence: &Evidence) -> Markup {
        let Span { start, end } = evidence.sentence;
        let marks = [(evidence.source, "s"), (evidence.target, "g"), (Some(evidence.trigger), "w")];
        let marks: Vec<(Span, &str)> = marks.into_iter().filter_map(|(span, class)| Some((span?, class))).collect();
        let mut cuts = BTreeSet::from([start, end]);
        cuts.extend(marks.iter().flat_map(|(span, _)| [span.start, span.end]).filter(|at| (start..end).contains(at)));
        let cuts: Vec<usize> = cuts.into_iter().collect();
        html! {
            @for pair in cuts.windows(2) {
                @let words = &self.text[pair[0]..pair[1]];
                @match marks.iter().find(|(span, _)| span.start <= pair[0] && pair[1] <= span.end) {
                    Some((_, class)) => mark.(*class) { (words) },
                    None => (words),
                }
            }
        }
    }

    fn entity(&self, entity: &Entity) -> Markup {
        let relations =
            self.found.relations.iter().enumerate().filter(|(_, r)| r.source == entity.id || r.target == entity.id);
        html! {
            li id=(self.entity_id(entity.id)) {
                (close())
                span.m.(entity.entity_type.as_str()) { (entity.name) } " "
                span.faint {
                    (entity.entity_type.as_str())
                    @if !entity.named { ", without a name" }
                    @if let Some(value) = &entity.value { ", " (value) }
                    @if let Some(key) = &entity.key { ", " code { (key) } }
                    // the id alone: a page that asks nothing of anyone leads nowhere either
                    @if let Some(wikidata) = &entity.wikidata { ", Wikidata " code { (wikidata) } }
                    ", " (count(entity.mentions.len(), "mention", "mentions"))
                }
                @for (n, relation) in relations {
                    br;
                    a href={ "#" (self.relation_id(n)) } {
                        (self.found.entity(relation.source).name) " — " (relation.name.replace('_', " ")) " → " (self.found.entity(relation.target).name)
                    }
                }
            }
        }
    }

    /// Names below each other, and an arc for each relation, which ends at its target.
    fn drawing(&self) -> Markup {
        let ends: BTreeSet<EntityId> = self.found.relations.iter().flat_map(|r| [r.source, r.target]).collect();
        let ends: Vec<EntityId> = ends.into_iter().collect();
        let y = |id: EntityId| ends.binary_search(&id).unwrap_or_default() * ROW + ROW / 2;
        let height = ends.len() * ROW;
        html! {
            svg viewBox=(format!("0 0 {WIDE} {height}")) role="group" aria-label="The relations as arcs between names" {
                @for (n, relation) in self.found.relations.iter().enumerate() {
                    a href={ "#" (self.relation_id(n)) } {
                        title { (self.relation_tip(&[n])) }
                        path.{ "arc-" (relation.status.as_str()) } d=(arc(y(relation.source), y(relation.target))) {}
                        path.head d=(format!("M {0} {1} l -8 -4 l 0 8 z", NAMES - 8, y(relation.target))) {}
                    }
                }
                @for &id in &ends {
                    @let entity = self.found.entity(id);
                    a href={ "#" (self.entity_id(id)) } {
                        title { (entity_tip(entity)) }
                        circle cx=(NAMES - 4) cy=(y(id)) r="3" {}
                        text x=(NAMES + 6) y=(y(id) + 4) { (shortened(&entity.name)) }
                    }
                }
            }
        }
    }
}

/// From one height to another, around the left.
fn arc(from: usize, to: usize) -> String {
    let far = (from.abs_diff(to) / 2 + 14).min(NAMES - 14) * 4 / 3;
    let (x, left) = (NAMES - 8, (NAMES - 8).saturating_sub(far).max(2));
    format!("M {x} {from} C {left} {from} {left} {to} {} {to}", x - 6)
}

/// A name in letters and digits, others by their number: what a link can lead to.
fn identifier(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("_{:x}_", u32::from(c)) };
    format!("d-{}", name.chars().map(letter).collect::<String>())
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    format!("{}…", name.chars().take(LETTERS - 1).collect::<String>().trim_end())
}

fn entity_tip(entity: &Entity) -> String {
    let mut lines = vec![format!("{}: {}", entity.entity_type, entity.name)];
    lines.extend([&entity.key, &entity.wikidata, &entity.value].into_iter().flatten().cloned());
    lines.join("\n")
}

fn close() -> Markup {
    // leads to nothing, so that nothing moves
    html! { a.close href="#nothing" aria-label="Close" { (PreEscaped("&times;")) } }
}

fn count(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// Spans, and which of them cover a place that moves forward.
struct Sweep<T> {
    coming: Vec<(Span, T)>,
    open: Vec<(Span, T)>,
}

impl<T: Copy> Sweep<T> {
    fn new(mut spans: Vec<(Span, T)>) -> Sweep<T> {
        spans.sort_by_key(|(span, _)| std::cmp::Reverse((span.start, span.end)));
        Sweep { coming: spans, open: Vec::new() }
    }

    fn over(&mut self, at: usize) -> Vec<T> {
        self.open.retain(|(span, _)| span.end > at);
        while let Some(&(span, thing)) = self.coming.last()
            && span.start <= at
        {
            self.coming.pop();
            if span.end > at {
                self.open.push((span, thing));
            }
        }
        self.open.iter().map(|&(_, thing)| thing).collect()
    }
}
