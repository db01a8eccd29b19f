//! FollowTheMoney, the model of Aleph and OpenSanctions: one entity a line.
//!
//! States and agencies are a PublicBody (the model has no states), bodies and organisations an Organization, places an Address,
//! posts a Position, programmes a Project, documents that are named a Document; dates and themes are properties of what has them.
//! Facts are links: Occupancy, Membership, Succession, Representation where the model has the very thing, else UnknownLink with
//! the relation as its role. Each has status, day, sentence, and the statement (an Article) as its proof.

use super::days;
use crate::graph::{Edge, Graph, Node};
use dateline::{EntityType, Status};
use serde_json::json;
use std::collections::BTreeMap;

type Properties = BTreeMap<&'static str, Vec<String>>;

/// The lines of a graph.
pub(super) fn lines(graph: &Graph) -> String {
    let mut out = String::new();
    for document in &graph.documents {
        let mut properties = Properties::new();
        add(&mut properties, "title", &document.name);
        if let Some(day) = &document.day {
            add(&mut properties, "publishedAt", day);
        }
        line(&mut out, &id(&document.name), "Article", &properties);
    }
    let mut edges_of: Vec<Vec<&Edge>> = vec![Vec::new(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| edge.status() == Status::Asserted) {
        edges_of[edge.source].push(edge);
    }
    for (node, edges) in graph.nodes.iter().zip(&edges_of) {
        if let Some(schema) = schema(node.kind) {
            line(&mut out, &id(&node.id), schema, &properties(graph, node, edges));
        }
    }
    for edge in &graph.edges {
        if let Some((schema, properties)) = link(graph, edge) {
            line(&mut out, &id(&edge.proofs[0].id), schema, &properties);
        }
    }
    out
}

fn line(out: &mut String, id: &str, schema: &str, properties: &Properties) {
    out.push_str(&format!("{}\n", json!({"id": id, "schema": schema, "properties": properties})));
}

fn add(properties: &mut Properties, name: &'static str, value: &str) {
    let values = properties.entry(name).or_default();
    if !values.iter().any(|there| there == value) {
        values.push(value.to_owned());
    }
}

fn schema(kind: EntityType) -> Option<&'static str> {
    Some(match kind {
        EntityType::State | EntityType::Agency => "PublicBody",
        EntityType::Body | EntityType::Organisation => "Organization",
        EntityType::Place => "Address",
        EntityType::Person => "Person",
        EntityType::Role => "Position",
        EntityType::Event => "Event",
        EntityType::Instrument => "Document",
        EntityType::Programme => "Project",
        _ => return None,
    })
}

/// What an entity is called, where it belongs, and what is asserted of it that the model has a property for.
fn properties(graph: &Graph, node: &Node, asserted: &[&Edge]) -> Properties {
    let mut out = Properties::new();
    add(&mut out, "name", &node.name);
    if node.kind == EntityType::Place {
        add(&mut out, "full", &node.name);
    }
    if let Some(wikidata) = &node.wikidata {
        add(&mut out, "wikidataId", wikidata);
    }
    if let Some(country) = country(node) {
        add(&mut out, "country", country);
    }
    for edge in asserted {
        let target = &graph.nodes[edge.target];
        match (edge.relation.as_str(), node.kind) {
            ("role_at", EntityType::Role) if is_organisation(target.kind) && target.kind != EntityType::State => {
                add(&mut out, "organization", &id(&target.id));
            }
            ("role_at", EntityType::Role) | ("part_of", _) if country(target).is_some() => {
                add(&mut out, "country", country(target).unwrap_or_default());
            }
            ("held_at", EntityType::Event) => add(&mut out, "location", &target.name),
            ("organised_by", EntityType::Event) if is_legal(target.kind) => add(&mut out, "organizer", &id(&target.id)),
            ("themed", _) => add(&mut out, "keywords", &target.name),
            ("held_on", EntityType::Event) => match target.value.as_deref().and_then(days) {
                Some((day, None)) => add(&mut out, "date", day),
                Some((first, Some(last))) => {
                    add(&mut out, "startDate", first);
                    add(&mut out, "endDate", last);
                }
                None => {}
            },
            _ => {}
        }
    }
    out
}

/// A fact as a link; `None` where one side is a property only.
fn link(graph: &Graph, edge: &Edge) -> Option<(&'static str, Properties)> {
    let (source, target) = (&graph.nodes[edge.source], &graph.nodes[edge.target]);
    schema(source.kind).and(schema(target.kind))?;
    let (schema, from, to) = match (edge.relation.as_str(), source.kind, target.kind) {
        ("holds_role", EntityType::Person, EntityType::Role) => ("Occupancy", "holder", "post"),
        ("member_of", member, of) if is_legal(member) && is_organisation(of) => {
            ("Membership", "member", "organization")
        }
        ("succeeded", new, old) if is_legal(new) && is_legal(old) => ("Succession", "successor", "predecessor"),
        ("represented_by", client, agent) if is_legal(client) && is_legal(agent) => {
            ("Representation", "client", "agent")
        }
        _ => ("UnknownLink", "subject", "object"),
    };
    let mut out = Properties::new();
    add(&mut out, from, &id(&source.id));
    add(&mut out, to, &id(&target.id));
    if !matches!(schema, "Occupancy" | "Succession") {
        add(&mut out, "role", &edge.relation);
    }
    for status in edge.statuses() {
        add(&mut out, "status", status.as_str());
    }
    for (_, node) in &edge.qualifiers {
        let node = &graph.nodes[*node];
        if let Some((day, _)) = node.value.as_deref().and_then(days) {
            add(&mut out, "date", day);
        }
    }
    for rule in edge.rules() {
        add(&mut out, "description", &format!("found by the rule {rule}"));
    }
    for proof in &edge.proofs {
        add(&mut out, "summary", &proof.sentence.text);
        add(&mut out, "proof", &id(&graph.documents[proof.document].name));
    }
    Some((schema, out))
}

fn is_legal(kind: EntityType) -> bool {
    kind.is_agent()
}

/// Whether the model takes it for an Organization, of which PublicBody is a kind.
fn is_organisation(kind: EntityType) -> bool {
    kind.is_agent() && kind != EntityType::Person
}

/// The code of the state that a key of the tables begins with.
fn country(node: &Node) -> Option<&str> {
    let (kind, id) = node.key.as_deref()?.split_once(':')?;
    match kind {
        // states that are no more have longer codes in the model
        "state" if id == "su" => Some("suhh"),
        "state" if id == "yu" => Some("yucs"),
        "state" => Some(id),
        "agency" => id.split_once('-').map(|(state, _)| state).filter(|state| state.len() == 2),
        _ => None,
    }
}

/// An id of the letters that the model allows: others as a full stop and the number of their byte.
fn id(text: &str) -> String {
    let mut out = String::from("dateline-");
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            _ => out.push_str(&format!(".{byte:02x}")),
        }
    }
    out
}
