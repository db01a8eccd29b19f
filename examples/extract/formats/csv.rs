//! Comma-separated values for spreadsheets and data frames: a row for each relation, or for each entity. Items of a list are
//! separated by ` | `.

use crate::graph::{Graph, Node};
use csv::{Writer, WriterBuilder};
use std::borrow::Cow;

/// The columns of relations. Positions are those of the trigger that is named first.
pub(super) const RELATIONS: &str = "documents,source,source_type,source_key,relation,target,target_type,target_key,status,\
                                    qualifiers,first_seen,last_seen,precision,rules,trigger,start,end,sentence\n";
/// The columns of entities. Positions are those of the mention that comes first.
pub(super) const ENTITIES: &str = "documents,id,type,name,named,key,wikidata,value,mentions,start,end\n";

/// The rows of relations.
pub(super) fn relations(graph: &Graph) -> String {
    rows(|row| {
        for edge in &graph.edges {
            let (source, target) = (&graph.nodes[edge.source], &graph.nodes[edge.target]);
            let statuses: Vec<&str> = edge.statuses().into_iter().map(|status| status.as_str()).collect();
            let qualifiers: Vec<String> =
                edge.qualifiers.iter().map(|(name, node)| format!("{name}: {}", graph.nodes[*node].name)).collect();
            let (first, last) = graph.seen(edge).unwrap_or_default();
            let proof = &edge.proofs[0];
            row(&[
                &graph.documents_of(edge).join(" | "),
                &source.name,
                source.kind.as_str(),
                source.key.as_deref().unwrap_or_default(),
                &edge.relation,
                &target.name,
                target.kind.as_str(),
                target.key.as_deref().unwrap_or_default(),
                &statuses.join(" | "),
                &qualifiers.join(" | "),
                first,
                last,
                &edge.precision.map(|precision| precision.to_string()).unwrap_or_default(),
                &edge.rules().join(" | "),
                &proof.trigger.text,
                &proof.trigger.start.to_string(),
                &proof.trigger.end.to_string(),
                &proof.sentence.text,
            ]);
        }
    })
}

/// The rows of entities.
pub(super) fn entities(graph: &Graph) -> String {
    rows(|row| {
        for node in &graph.nodes {
            let first = node.mentions.first().map(|mention| &mention.place);
            row(&[
                &documents_of(graph, node).join(" | "),
                &node.id,
                node.kind.as_str(),
                &node.name,
                if node.named { "true" } else { "false" },
                node.key.as_deref().unwrap_or_default(),
                node.wikidata.as_deref().unwrap_or_default(),
                node.value.as_deref().unwrap_or_default(),
                &node.mentions.len().to_string(),
                &first.map(|place| place.start.to_string()).unwrap_or_default(),
                &first.map(|place| place.end.to_string()).unwrap_or_default(),
            ]);
        }
    })
}

fn documents_of<'g>(graph: &'g Graph, node: &Node) -> Vec<&'g str> {
    let mut documents: Vec<usize> = node.mentions.iter().map(|mention| mention.document).collect();
    documents.dedup();
    documents.into_iter().map(|document| graph.documents[document].name.as_str()).collect()
}

fn rows(fill: impl Fn(&mut dyn FnMut(&[&str]))) -> String {
    let mut writer: Writer<Vec<u8>> = WriterBuilder::new().from_writer(Vec::new());
    fill(&mut |cells| {
        let cells = cells.iter().map(|cell| inert(cell));
        writer
            .write_record(cells.map(|cell| cell.into_owned()))
            .unwrap_or_else(|e| unreachable!("memory takes all: {e}"));
    });
    let bytes = writer.into_inner().unwrap_or_else(|e| unreachable!("memory takes all: {e}"));
    String::from_utf8(bytes).unwrap_or_else(|e| unreachable!("text stays text: {e}"))
}

/// A cell that no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe before it.
fn inert(cell: &str) -> Cow<'_, str> {
    let formula = |c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    // a lone dash is how standard input is called
    if cell != "-" && cell.trim_start_matches(' ').starts_with(formula) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}
