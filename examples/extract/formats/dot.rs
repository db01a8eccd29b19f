//! The language of Graphviz: entities as boxes, facts as arrows; dashed what is planned, dotted what was, red what is denied.

use crate::graph::Graph;
use dateline::{EntityType, Status};
use std::collections::BTreeSet;
use std::fmt::Write;

pub(super) const OPEN: &str = "\
digraph statements {
  graph [rankdir=LR, charset=\"UTF-8\"]
  node [shape=box, style=\"rounded,filled\", fillcolor=\"#eeeeee\", fontname=\"Helvetica\", fontsize=11]
  edge [fontname=\"Helvetica\", fontsize=9]
";
pub(super) const CLOSE: &str = "}\n";

/// The entities that facts join, and the facts.
pub(super) fn piece(graph: &Graph) -> String {
    let mut out = String::new();
    let joined: BTreeSet<usize> = graph.edges.iter().flat_map(|edge| [edge.source, edge.target]).collect();
    for node in joined.into_iter().map(|node| &graph.nodes[node]) {
        let (id, label, colour) = (quoted(&node.id), quoted(&node.name), colour(node.kind));
        let tooltip = quoted(&[node.kind.as_str(), node.key.as_deref().unwrap_or_default()].join(" "));
        line(&mut out, format_args!("  {id} [label={label}, tooltip={tooltip}, fillcolor=\"{colour}\"]"));
    }
    for edge in &graph.edges {
        let (source, target) = (quoted(&graph.nodes[edge.source].id), quoted(&graph.nodes[edge.target].id));
        let label = quoted(&edge.relation.replace('_', " "));
        let proof = &edge.proofs[0];
        let tooltip = quoted(&format!("{}: {}", proof.rule, proof.sentence.text));
        let look = match edge.status() {
            Status::Planned => ", style=dashed",
            Status::Negated => ", style=dashed, color=red, fontcolor=red",
            Status::Former => ", style=dotted",
            _ => "",
        };
        line(
            &mut out,
            format_args!("  {source} -> {target} [label={label}, labeltooltip={tooltip}, edgetooltip={tooltip}{look}]"),
        );
    }
    out
}

fn line(out: &mut String, line: std::fmt::Arguments<'_>) {
    // a string takes all
    let _ = writeln!(out, "{line}");
}

fn colour(kind: EntityType) -> &'static str {
    match kind {
        EntityType::State | EntityType::Place => "#d7ecd9",
        EntityType::Agency | EntityType::Body | EntityType::Organisation => "#d6e4f5",
        EntityType::Person | EntityType::Role => "#fbe3cf",
        EntityType::Event => "#efe0f7",
        _ => "#f4f1d0",
    }
}

/// A string that Graphviz reads as it was: quotes and backslashes escaped (a label knows `\n`, and so would make of a bare
/// backslash something else), ampersands too, which begin entities of HTML, and no control characters, which SVG cannot have.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
