//! Every form of a result is read back by a parser that is not ours.

use crate::args::{Format, Wanted};
use crate::formats::{Frame, brat, html, piece};
use crate::graph::{Graph, Identity};
use crate::input::Document;
use crate::record::Record;
use crate::screen::Look;
use crate::text::Text;
use crate::{merge, table};
use dateline::Extractor;
use dateline::output::Offsets;
use oxrdf::Triple;
use quick_xml::events::Event;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Writes what is found in a text, and the graph of things that are called like its lines.
pub fn every_format(text: &str) {
    let document = Document::new("a.txt".to_owned(), text.to_owned(), None);
    let found = Extractor::bundled().extract(text);
    let record = Record::of(&found, text, &document.name, Offsets::Chars);
    table::view(&document, &found, true, &Look::plain());
    page(&html::article(&document, &found), found.relations.len());
    let annotations = brat::annotations(&record);
    // overlapping mentions are right in brat, and no annotation that is measured against
    if let Err(faults) = crate::brat::read(&annotations, &Text::new(text.to_owned())) {
        for fault in &faults {
            assert!(fault.message.ends_with("overlaps another mention"), "{fault}\n{annotations}");
        }
    }
    graphs(&[&record, &called_like_its_lines(text)]);
}

/// Things with any names, keys and values, each in a relation with the next.
fn called_like_its_lines(text: &str) -> Record {
    let names: Vec<&str> = text.split('\n').take(5).collect();
    let place = |text: &str| json!({"start": 0, "end": text.chars().count(), "text": text});
    let entity = |name: &&str| {
        json!({"type": "organisation", "name": name, "named": true, "key": name, "wikidata": name, "value": name,
            "mentions": [place(name)]})
    };
    let relation = |(n, name): (usize, &&str)| {
        let proof = json!({"rule": name, "trigger": place(name), "sentence": place(name), "status": "asserted"});
        json!({"type": name, "source": n, "target": (n + 1) % names.len(), "status": "planned", "evidence": [proof],
            "qualifiers": [{"type": name, "entity": n}]})
    };
    let record = json!({"doc": names[0], "entities": names.iter().map(entity).collect::<Vec<_>>(),
        "relations": names.iter().enumerate().map(relation).collect::<Vec<_>>(),
        "quotes": [{"start": 0, "end": 1, "text": names[0], "speaker": 0}]});
    serde_json::from_value(record).expect("is a record")
}

fn graphs(records: &[&Record]) {
    for identity in [Identity::Document, Identity::Run] {
        let mut graph = Graph::new(identity, Wanted::default());
        records.iter().for_each(|record| graph.add(record));
        let written = |format| {
            let Frame { open, close, .. } = Frame::of(format, true);
            format!("{open}{}{close}", piece(format, &graph).expect("writes graphs"))
        };
        merge::table(&graph, &Look::plain());
        rows(&written(Format::Csv), graph.edges.len());
        rows(&written(Format::CsvEntities), graph.nodes.len());
        xml(&written(Format::Graphml), graph.nodes.len(), graph.edges.len());
        rdf(&written(Format::Turtle), &written(Format::Jsonld));
        dot(&written(Format::Dot));
        serde_json::from_str::<Value>(&written(Format::Json)).expect("is JSON");
        for format in [Format::Jsonl, Format::Ftm] {
            for line in written(format).lines() {
                serde_json::from_str::<Value>(line).expect("is a line of JSON");
            }
        }
    }
}

fn rows(text: &str, count: usize) {
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .collect::<Result<_, _>>()
        .expect("is CSV with rows of one length");
    assert_eq!(rows.len(), count);
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']) && (cell == "-" || !cell.starts_with('-')), "{cell:?}");
    }
}

fn xml(text: &str, nodes: usize, edges: usize) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut found = (0, 0);
    loop {
        match reader.read_event().expect("is XML") {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => {
                start.attributes().for_each(|attribute| drop(attribute.expect("is an attribute")));
                match start.name().as_ref() {
                    "node" => found.0 += 1,
                    "edge" => found.1 += 1,
                    "graphml" | "graph" | "data" | "key" => {}
                    other => panic!("what is {other}"),
                }
            }
            Event::GeneralRef(name) => {
                let number = name.strip_prefix('#').is_some();
                assert!(number || quick_xml::escape::resolve_predefined_entity(&name).is_some(), "{name:?}");
            }
            _ => {}
        }
    }
    assert_eq!(found, (nodes, edges));
    let allowed = |c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(allowed), "XML has no such letter");
}

fn rdf(turtle: &str, jsonld: &str) {
    let from_turtle: BTreeSet<String> = oxttl::TurtleParser::new()
        .for_slice(turtle)
        .map(|triple| triple.unwrap_or_else(|e| panic!("{e}\n{turtle}")).to_string())
        .collect();
    let from_json: BTreeSet<String> = oxjsonld::JsonLdParser::new()
        .for_slice(jsonld)
        .map(|quad| Triple::from(quad.unwrap_or_else(|e| panic!("{e}\n{jsonld}"))).to_string())
        .collect();
    assert_eq!(from_turtle, from_json);
}

/// Outside of strings there is nothing but what the writer itself says.
fn dot(text: &str) {
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        assert!(c == '"' || c.is_ascii_alphanumeric() || " \n{}[],=->_".contains(c), "{c:?} outside of strings\n{text}");
        while c == '"' {
            match letters.next().expect("every string ends") {
                '"' => break,
                '\\' => _ = letters.next().expect("something is escaped"),
                _ => {}
            }
        }
    }
}

fn page(article: &str, relations: usize) {
    let Frame { open, close, .. } = Frame::of(Format::Html, true);
    let page = scraper::Html::parse_document(&format!("{open}{article}{close}"));
    let all = scraper::Selector::parse("*").expect("is a selector");
    const KNOWN: &str =
        "a article blockquote body br circle code div h1 h2 head html li main mark meta p path span style svg text title ul";
    let mut cards = 0;
    for element in page.select(&all) {
        let name = element.value().name();
        assert!(KNOWN.split(' ').any(|known| known == name), "{name}");
        cards += usize::from(name == "li" && element.attr("id").is_some_and(|id| id.contains("-r")));
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on") && !["src", "srcset", "style", "action"].contains(&name), "{name}={value}");
            assert!(name != "href" || value.starts_with('#'), "{value}");
        }
    }
    assert_eq!(cards, relations);
}
