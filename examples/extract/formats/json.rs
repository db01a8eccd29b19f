//! The graph of a whole run as JSON, or as lines of JSON.

use crate::graph::{Edge, Graph, Node};
use crate::merge;
use serde_json::{Value, json};

/// Documents, nodes, edges and contradictions.
pub(super) fn object(graph: &Graph) -> String {
    let value = json!({
        "documents": documents(graph),
        "nodes": graph.nodes.iter().map(|node| json_node(graph, node)).collect::<Vec<_>>(),
        "edges": graph.edges.iter().map(|edge| json_edge(graph, edge)).collect::<Vec<_>>(),
        "contradictions": merge::contradictions(graph).iter().map(|found| found.json(graph)).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

/// The same, a line each, which tells in `line` what it is.
pub(super) fn lines(graph: &Graph) -> String {
    let tagged = |kind: &str, mut value: Value| {
        value["line"] = kind.into();
        format!("{value}\n")
    };
    let documents = documents(graph).into_iter().map(|value| tagged("document", value));
    let nodes = graph.nodes.iter().map(|node| tagged("node", json_node(graph, node)));
    let edges = graph.edges.iter().map(|edge| tagged("edge", json_edge(graph, edge)));
    let contradictions = merge::contradictions(graph);
    let contradictions = contradictions.iter().map(|found| tagged("contradiction", found.json(graph)));
    documents.chain(nodes).chain(edges).chain(contradictions).collect()
}

fn documents(graph: &Graph) -> Vec<Value> {
    graph.documents.iter().map(|document| json!({"doc": document.name, "day": document.day})).collect()
}

fn json_node(graph: &Graph, node: &Node) -> Value {
    let mentions = node.mentions.iter().map(|mention| {
        let place = &mention.place;
        json!({"doc": graph.documents[mention.document].name, "start": place.start, "end": place.end, "text": place.text})
    });
    let mut value = json!({"id": node.id, "type": node.kind, "name": node.name, "named": node.named});
    for (field, content) in [("key", &node.key), ("wikidata", &node.wikidata), ("value", &node.value)] {
        if let Some(content) = content {
            value[field] = content.as_str().into();
        }
    }
    value["mentions"] = mentions.collect();
    value
}

fn json_edge(graph: &Graph, edge: &Edge) -> Value {
    let stated = edge.stated.iter().map(|&(document, status)| {
        json!({"doc": graph.documents[document].name, "day": graph.documents[document].day, "status": status})
    });
    let proofs = edge.proofs.iter().map(|proof| {
        json!({
            "doc": graph.documents[proof.document].name, "rule": proof.rule, "status": proof.status,
            "trigger": proof.trigger.text, "sentence": proof.sentence.text,
            "start": proof.trigger.start, "end": proof.trigger.end,
        })
    });
    let qualifiers = edge.qualifiers.iter().map(|(name, node)| json!({"type": name, "node": graph.nodes[*node].id}));
    let seen = graph.seen(edge);
    json!({
        "type": edge.relation,
        "source": graph.nodes[edge.source].id,
        "target": graph.nodes[edge.target].id,
        "status": edge.status(),
        "first_seen": seen.map(|(first, _)| first),
        "last_seen": seen.map(|(_, last)| last),
        "precision": edge.precision,
        "stated": stated.collect::<Vec<_>>(),
        "qualifiers": qualifiers.collect::<Vec<_>>(),
        "evidence": proofs.collect::<Vec<_>>(),
    })
}
