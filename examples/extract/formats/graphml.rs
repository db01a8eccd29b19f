//! GraphML, which Gephi, yEd, Cytoscape and networkx read.

use crate::graph::Graph;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::io;

pub(super) const OPEN: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">
<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>
<key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>
<key id=\"named\" for=\"node\" attr.name=\"named\" attr.type=\"boolean\"/>
<key id=\"key\" for=\"node\" attr.name=\"key\" attr.type=\"string\"/>
<key id=\"wikidata\" for=\"node\" attr.name=\"wikidata\" attr.type=\"string\"/>
<key id=\"value\" for=\"node\" attr.name=\"value\" attr.type=\"string\"/>
<key id=\"mentions\" for=\"node\" attr.name=\"mentions\" attr.type=\"int\"/>
<key id=\"relation\" for=\"edge\" attr.name=\"label\" attr.type=\"string\"/>
<key id=\"status\" for=\"edge\" attr.name=\"status\" attr.type=\"string\"/>
<key id=\"documents\" for=\"edge\" attr.name=\"documents\" attr.type=\"string\"/>
<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"int\"/>
<key id=\"first\" for=\"edge\" attr.name=\"first_seen\" attr.type=\"string\"/>
<key id=\"last\" for=\"edge\" attr.name=\"last_seen\" attr.type=\"string\"/>
<key id=\"precision\" for=\"edge\" attr.name=\"precision\" attr.type=\"double\"/>
<key id=\"rules\" for=\"edge\" attr.name=\"rules\" attr.type=\"string\"/>
<key id=\"sentence\" for=\"edge\" attr.name=\"sentence\" attr.type=\"string\"/>
<graph id=\"statements\" edgedefault=\"directed\">
";
pub(super) const CLOSE: &str = "</graph>\n</graphml>\n";

/// All nodes and edges. The weight of an edge is the number of documents that state it.
pub(super) fn piece(graph: &Graph) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    write(graph, &mut writer).unwrap_or_else(|e| unreachable!("memory takes all: {e}"));
    let mut out = String::from_utf8(writer.into_inner()).unwrap_or_else(|e| unreachable!("text stays text: {e}"));
    out.push('\n');
    out
}

fn write(graph: &Graph, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    for node in &graph.nodes {
        let element = writer.create_element("node").with_attribute(("id", plain(&node.id).as_str()));
        element.write_inner_content(|writer| {
            data(writer, "label", &node.name)?;
            data(writer, "type", node.kind.as_str())?;
            data(writer, "named", if node.named { "true" } else { "false" })?;
            data(writer, "key", node.key.as_deref().unwrap_or_default())?;
            data(writer, "wikidata", node.wikidata.as_deref().unwrap_or_default())?;
            data(writer, "value", node.value.as_deref().unwrap_or_default())?;
            data(writer, "mentions", &node.mentions.len().to_string())
        })?;
    }
    for edge in &graph.edges {
        let ends =
            [("source", edge.source), ("target", edge.target)].map(|(end, node)| (end, plain(&graph.nodes[node].id)));
        let id = plain(&edge.proofs[0].id);
        let element = writer.create_element("edge").with_attribute(("id", id.as_str()));
        let element = element.with_attributes(ends.iter().map(|(end, id)| (*end, id.as_str())));
        element.write_inner_content(|writer| {
            let (first, last) = graph.seen(edge).unwrap_or_default();
            data(writer, "relation", &edge.relation)?;
            data(writer, "status", edge.status().as_str())?;
            data(writer, "documents", &graph.documents_of(edge).join(" | "))?;
            data(writer, "weight", &graph.documents_of(edge).len().to_string())?;
            data(writer, "first", first)?;
            data(writer, "last", last)?;
            data(writer, "precision", &edge.precision.map(|precision| precision.to_string()).unwrap_or_default())?;
            data(writer, "rules", &edge.rules().join(" | "))?;
            data(writer, "sentence", &edge.proofs[0].sentence.text)
        })?;
    }
    Ok(())
}

/// A value; nothing where it is empty.
fn data(writer: &mut Writer<Vec<u8>>, key: &str, value: &str) -> io::Result<()> {
    if !value.is_empty() {
        let element = writer.create_element("data").with_attribute(("key", key));
        element.write_text_content(BytesText::new(&plain(value)))?;
    }
    Ok(())
}

/// Text without what XML 1.0 cannot hold, even escaped, nor line breaks, which an attribute would not keep.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .map(|c| if is_xml(c) { c } else { char::REPLACEMENT_CHARACTER })
        .collect()
}

fn is_xml(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}
