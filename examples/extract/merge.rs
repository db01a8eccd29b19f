//! What only a whole run shows: contradictions between its statements.

use crate::graph::{Edge, Graph, Node};
use crate::screen::{self, Look, harmless};
use dateline::Status;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Words of posts that several persons hold at a time.
const SEVERAL: [&str; 11] = [
    "deputy",
    "vice",
    "assistant",
    "associate",
    "member",
    "senator",
    "ambassador",
    "spokesperson",
    "adviser",
    "director",
    "co",
];

/// Two statements that cannot both be right.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Contradiction {
    /// What is wrong, in words.
    pub(crate) message: String,
    /// Numbers of the edges.
    pub(crate) edges: [usize; 2],
    /// The day of both.
    pub(crate) day: String,
}

impl Contradiction {
    /// For programs.
    pub(crate) fn json(&self, graph: &Graph) -> Value {
        let edge = |at: usize| {
            let edge = &graph.edges[at];
            json!({
                "type": edge.relation, "source": graph.nodes[edge.source].id, "target": graph.nodes[edge.target].id,
                "documents": graph.documents_of(edge),
            })
        };
        json!({"message": self.message, "day": self.day, "edges": self.edges.map(edge)})
    }
}

/// Posts that two persons hold on one day, and facts that are stated and denied on one day. Posts that several may hold are left
/// out, and so are two names of which one is part of the other.
pub(crate) fn contradictions(graph: &Graph) -> Vec<Contradiction> {
    let mut out = Vec::new();
    let mut holders: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (at, edge) in graph.edges.iter().enumerate() {
        if edge.relation == "holds_role" && !is_held_by_several(&graph.nodes[edge.target]) {
            for day in days(graph, edge, Status::Asserted) {
                holders.entry((edge.target, day)).or_default().push(at);
            }
        }
        let denied: Vec<&str> = days(graph, edge, Status::Negated).collect();
        if let Some(day) = days(graph, edge, Status::Asserted).find(|day| denied.contains(day)) {
            let (source, target) = (&graph.nodes[edge.source].name, &graph.nodes[edge.target].name);
            let message = format!("{source} — {} → {target} is stated and denied", edge.relation);
            out.push(Contradiction { message, edges: [at, at], day: day.to_owned() });
        }
    }
    for ((post, day), edges) in holders {
        for (n, &a) in edges.iter().enumerate() {
            for &b in &edges[n + 1..] {
                let [one, other] = [a, b].map(|at| &graph.nodes[graph.edges[at].source]);
                if differ(one, other) {
                    let message = format!("{} and {} are both {}", one.name, other.name, graph.nodes[post].name);
                    out.push(Contradiction { message, edges: [a, b], day: day.to_owned() });
                }
            }
        }
    }
    out
}

/// The days, each once, on which an edge is stated so.
fn days<'g>(graph: &'g Graph, edge: &'g Edge, status: Status) -> impl Iterator<Item = &'g str> {
    let stated = edge.stated.iter().filter(move |(_, stated)| *stated == status);
    let days = stated.filter_map(|&(document, _)| graph.documents[document].day.as_deref());
    days.collect::<BTreeSet<_>>().into_iter()
}

fn is_held_by_several(post: &Node) -> bool {
    let name = post.name.to_lowercase();
    name.split(|c: char| !c.is_alphanumeric()).any(|word| SEVERAL.contains(&word))
}

/// Whether two names can be of two persons only.
fn differ(one: &Node, other: &Node) -> bool {
    if let (Some(one), Some(other)) = (&one.key, &other.key) {
        return one != other;
    }
    let words = |node: &Node| node.name.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (words(one), words(other));
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    !within(&one, &other) && !within(&other, &one)
}

/// The graph for people: facts with their documents and days, the most stated first, and contradictions.
pub(crate) fn table(graph: &Graph, look: &Look) -> String {
    let mut out = String::new();
    let joined: BTreeSet<usize> = graph.edges.iter().flat_map(|edge| [edge.source, edge.target]).collect();
    let title = format!(
        "{} documents, {} entities, {} of them in {} facts",
        graph.documents.len(),
        graph.nodes.len(),
        joined.len(),
        graph.edges.len()
    );
    screen::line(&mut out, look, &[(&title, &look.title)], 0, 2);
    screen::section(&mut out, look, "Facts", graph.edges.len());
    let mut edges: Vec<&Edge> = graph.edges.iter().collect();
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.stated.len()));
    for edge in edges {
        let (source, target) = (harmless(&graph.nodes[edge.source].name), harmless(&graph.nodes[edge.target].name));
        let link = format!("— {} →", edge.relation);
        let mut pieces =
            vec![(source.as_str(), &look.name), (link.as_str(), &look.relation), (target.as_str(), &look.name)];
        let statuses: Vec<String> = edge.statuses().iter().map(|status| format!("({})", status.as_str())).collect();
        if edge.statuses() != BTreeSet::from([Status::Asserted]) {
            pieces.extend(statuses.iter().map(|status| (status.as_str(), &look.status)));
        }
        screen::line(&mut out, look, &pieces, 2, 6);
        let days = match graph.seen(edge) {
            Some((first, last)) if first == last => format!("{first}:"),
            Some((first, last)) => format!("{first} to {last}:"),
            None => "no day:".to_owned(),
        };
        let documents: Vec<String> = graph.documents_of(edge).into_iter().map(harmless).collect();
        let mut pieces = vec![(days.as_str(), &look.label)];
        pieces.extend(documents.iter().map(|document| (document.as_str(), &look.faint)));
        screen::line(&mut out, look, &pieces, 6, 8);
    }
    let contradictions = contradictions(graph);
    screen::section(&mut out, look, "Contradictions", contradictions.len());
    for found in contradictions {
        let message = harmless(&format!("{}, on {}", found.message, found.day));
        let words: Vec<_> = message.split(' ').map(|word| (word, &look.name)).collect();
        screen::line(&mut out, look, &words, 2, 6);
        let documents = found.edges.iter().flat_map(|&edge| graph.documents_of(&graph.edges[edge]));
        let documents: BTreeSet<String> = documents.map(harmless).collect();
        let documents: Vec<_> = documents.iter().map(|document| (document.as_str(), &look.faint)).collect();
        screen::line(&mut out, look, &documents, 6, 8);
    }
    out
}
