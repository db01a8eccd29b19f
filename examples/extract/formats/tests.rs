//! Each format is written from hostile names and texts, and read back by the parser of another library.

use super::{Frame, piece};
use crate::Document;
use crate::args::{Format, Wanted};
use crate::formats::{brat, html};
use crate::graph::{Graph, Identity};
use crate::record::Record;
use dateline::Extractor;
use dateline::output::Offsets;
use oxrdf::{Term, Triple};
use std::collections::BTreeSet;

/// Names that try to break out of every format there is.
const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"/><img src=x onerror=alert(1)>",
    "=HYPERLINK(\"http://evil.example/\")",
    "]]>&amp;&lt;--><!--",
    "\"\"\"^^<x> . <a> <b> <c> .",
    "\\\"]; evil [label=\"x\\",
    "+1\t@SUM(A1)\r\n-2",
    "\u{0}\u{1b}[2J\u{202e}\u{ffff}",
    "'; DROP TABLE x; -- {{7*7}} ${x} \\N \\n",
];

/// A document whose entities have these names, each stated to support the next.
fn hostile() -> Record {
    let place = |text: &str| serde_json::json!({"start": 0, "end": text.chars().count(), "text": text});
    let entities: Vec<_> = HOSTILE
        .iter()
        .map(|name| {
            serde_json::json!({"type": "organisation", "name": name, "named": true, "key": name, "wikidata": name,
                "value": name, "mentions": [place(name)]})
        })
        .collect();
    let relations: Vec<_> = HOSTILE
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let proof = serde_json::json!({"rule": name, "trigger": place(name), "sentence": place(name), "status": "asserted"});
            serde_json::json!({"type": name, "source": n, "target": (n + 1) % HOSTILE.len(), "status": "asserted", "evidence": [proof]})
        })
        .collect();
    let record = serde_json::json!({"doc": HOSTILE.concat(), "entities": entities, "relations": relations,
        "quotes": [{"start": 0, "end": 1, "text": HOSTILE[0], "speaker": 0}]});
    serde_json::from_value(record).expect("is a record")
}

/// A whole file.
fn written(format: Format, identity: Identity) -> String {
    let mut graph = Graph::new(identity, Wanted::default());
    graph.add(&hostile());
    let Frame { open, close, .. } = Frame::of(format, true);
    format!("{open}{}{close}", piece(format, &graph).expect("writes graphs"))
}

fn both(format: Format) -> [String; 2] {
    [Identity::Document, Identity::Run].map(|identity| written(format, identity))
}

#[test]
fn cells_of_csv_are_no_formulas_and_keep_their_text() {
    for format in [Format::Csv, Format::CsvEntities] {
        for text in both(format) {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let column = reader.headers().expect("has a head").iter().position(|h| h == "name" || h == "source");
            let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("is CSV");
            let names: Vec<&str> = rows.iter().map(|row| &row[column.expect("names a thing")]).collect();
            assert_eq!(names.len(), HOSTILE.len());
            for (name, expected) in names.iter().zip(HOSTILE) {
                assert_eq!(name.strip_prefix('\'').filter(|rest| *rest == expected).unwrap_or(name), expected);
            }
            for cell in rows.iter().flatten() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }
        }
    }
}

#[test]
fn strings_of_dot_end_where_they_should() {
    for text in both(Format::Dot) {
        let (bare, strings) = dot_strings(&text);
        assert!(bare.chars().all(|c| c.is_ascii_alphanumeric() || " \n{}[],=->_".contains(c)), "{bare}");
        let expected = HOSTILE.map(|name| name.replace(char::is_control, " "));
        for name in expected {
            assert!(strings.contains(&name), "{name:?} is not among {strings:?}");
        }
    }
}

/// What stands outside of strings, and the strings, as Graphviz reads them.
fn dot_strings(text: &str) -> (String, BTreeSet<String>) {
    let (mut bare, mut strings) = (String::new(), BTreeSet::new());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        if c != '"' {
            bare.push(c);
            continue;
        }
        let mut string = String::new();
        loop {
            match letters.next().expect("every string ends") {
                '"' => break,
                '\\' => string.push(letters.next().expect("something is escaped")),
                c => string.push(c),
            }
        }
        strings.insert(string.replace("&amp;", "&"));
    }
    (bare, strings)
}

#[test]
fn graphml_is_xml_with_the_names_in_it() {
    for text in both(Format::Graphml) {
        // a parser of HTML would forgive too much
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        let (mut nodes, mut edges, mut words, mut other) = (0, 0, String::new(), BTreeSet::new());
        loop {
            use quick_xml::events::Event;
            match reader.read_event().expect("is XML") {
                Event::Eof => break,
                Event::Start(start) => match start.name().as_ref() {
                    "node" => nodes += 1,
                    "edge" => edges += 1,
                    name => _ = other.insert(name.to_owned()),
                },
                Event::Text(text) => words.push_str(&text),
                Event::GeneralRef(reference) => {
                    words.push_str(quick_xml::escape::resolve_predefined_entity(&reference).expect("is of XML"));
                }
                _ => {}
            }
        }
        assert_eq!((nodes, edges), (HOSTILE.len(), HOSTILE.len()));
        assert_eq!(other, BTreeSet::from(["graphml", "graph", "data"].map(str::to_owned)));
        for name in HOSTILE.iter().filter(|name| !name.contains(char::is_control)) {
            assert!(words.contains(name), "{name:?} is missing in {words:?}");
        }
        assert!(!text.contains(['\u{0}', '\u{1b}', '\u{ffff}']));
    }
}

#[test]
fn turtle_and_json_ld_say_the_same_and_nothing_else() {
    for (turtle, jsonld) in both(Format::Turtle).into_iter().zip(both(Format::Jsonld)) {
        let from_turtle: BTreeSet<String> = oxttl::TurtleParser::new()
            .for_slice(&turtle)
            .map(|triple| triple.expect("is Turtle").to_string())
            .collect();
        let from_json: BTreeSet<String> = oxjsonld::JsonLdParser::new()
            .for_slice(&jsonld)
            .map(|quad| Triple::from(quad.expect("is JSON-LD")).to_string())
            .collect();
        assert_eq!(from_turtle, from_json);
        let labels: BTreeSet<String> = oxttl::TurtleParser::new()
            .for_slice(&turtle)
            .map(|triple| triple.expect("is Turtle"))
            .filter(|triple| triple.predicate == oxrdf::vocab::rdfs::LABEL)
            .filter_map(|triple| match triple.object {
                Term::Literal(label) => Some(label.value().to_owned()),
                _ => None,
            })
            .collect();
        assert_eq!(labels, HOSTILE.map(str::to_owned).into());
    }
}

#[test]
fn follow_the_money_has_a_line_for_each_thing_with_an_id_of_few_letters() {
    for text in both(Format::Ftm) {
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("is a line of JSON")).collect();
        assert_eq!(lines.len(), 1 + 2 * HOSTILE.len());
        for line in &lines {
            let id = line["id"].as_str().expect("has an id");
            assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-'), "{id}");
            assert!(id.ends_with(|c: char| c.is_ascii_alphanumeric()), "{id}");
        }
        let names: BTreeSet<&str> = lines.iter().filter_map(|line| line["properties"]["name"][0].as_str()).collect();
        assert_eq!(names, HOSTILE.into());
    }
}

#[test]
fn the_graph_as_json_keeps_names() {
    let graph: serde_json::Value = serde_json::from_str(&written(Format::Json, Identity::Run)).expect("is JSON");
    let names: BTreeSet<&str> =
        graph["nodes"].as_array().expect("a list").iter().filter_map(|node| node["name"].as_str()).collect();
    assert_eq!(names, HOSTILE.into());
    assert_eq!(graph["edges"].as_array().map(Vec::len), Some(HOSTILE.len()));
    for line in written(Format::Jsonl, Identity::Run).lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("is a line of JSON");
        assert!(["document", "node", "edge", "contradiction"].contains(&line["line"].as_str().expect("is told")));
    }
}

/// A statement whose theme, quote and own words are hostile.
fn statement() -> Document {
    let text = HOSTILE.map(|name| {
        format!(
            "The workshop was led by Malaysia under the theme “{name}”. “We {name} shall all meet again soon,” said \
             Prime Minister Anwar Ibrahim. Lao\r\nPDR will join the Penang \"'>{name} Forum. {name}\n"
        )
    });
    Document::of("<svg onload=alert(1)>'\".txt", &text.concat())
}

#[test]
fn a_page_has_no_script_no_request_and_the_whole_text() {
    let document = statement();
    let found = Extractor::bundled().extract(&document.text);
    assert!(found.relations.len() >= 9 && !found.quotes.is_empty());
    let Frame { open, close, .. } = Frame::of(Format::Html, true);
    let page = scraper::Html::parse_document(&format!("{open}{}{close}", html::article(&document, &found)));
    let all = |selector: &str| -> Vec<scraper::ElementRef<'_>> {
        page.select(&scraper::Selector::parse(selector).expect("is a selector")).collect()
    };
    let names: BTreeSet<&str> = all("*").iter().map(|element| element.value().name()).collect();
    let known = "a article blockquote body br circle code div h1 h2 head html li main mark meta p path span style svg text title ul";
    assert!(names.iter().all(|name| known.split(' ').any(|known| known == *name)), "{names:?}");
    let ids: BTreeSet<&str> = all("[id]").iter().filter_map(|element| element.attr("id")).collect();
    for element in all("*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on") && !["src", "srcset", "style", "action"].contains(&name), "{name}={value}");
            if name == "href" {
                let to = value.strip_prefix('#').unwrap_or_else(|| panic!("leads away: {value}"));
                assert!(to == "nothing" || ids.contains(to), "{to} is nowhere");
            }
        }
    }
    // HTML has one kind of line break, and no U+0000
    let text: String = all("div.text")[0].text().collect();
    let expected = document.text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{0}', "");
    assert_eq!(text, expected);
    assert_eq!(all("h1")[0].text().collect::<String>(), document.name);
    assert_eq!(all("ul.cards > li[id*='-r']").len(), found.relations.len());
}

#[test]
fn annotations_of_brat_point_to_their_words() {
    let document = statement();
    let found = Extractor::bundled().extract(&document.text);
    let record = Record::of(&found, &document.text, &document.name, Offsets::Chars);
    let letters: Vec<char> = document.text.chars().collect();
    let (mut mentions, mut relations, mut pieces) = (BTreeSet::new(), 0, 0);
    let annotations = brat::annotations(&record);
    for line in annotations.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let words: Vec<&str> = cells[1].split(' ').collect();
        match line.chars().next().expect("is not empty") {
            'T' => {
                let (kind, spans) = cells[1].split_once(' ').expect("has spans");
                assert!(kind == "quote" || dateline::EntityType::from_name(kind).is_some(), "{line}");
                let spans: Vec<String> = spans
                    .split(';')
                    .map(|span| {
                        let (start, end) = span.split_once(' ').expect("has two ends");
                        let [start, end] = [start, end].map(|n| n.parse::<usize>().expect("is a number"));
                        letters[start..end].iter().collect()
                    })
                    .collect();
                pieces = pieces.max(spans.len());
                assert_eq!(spans.join(" ").replace('\t', " "), cells[2], "{line}");
                mentions.insert(cells[0]);
            }
            'R' => {
                relations += 1;
                let ends = words[1..].iter().map(|word| word.split_once(':').expect("is an argument").1);
                assert!(ends.clone().count() == 2 && ends.clone().all(|end| mentions.contains(end)), "{line}");
            }
            '*' => {
                assert!(words[0] == "Coref" && words[1..].iter().all(|mention| mentions.contains(mention)), "{line}")
            }
            'A' => match words[..] {
                ["Status", _, status] => assert!(["planned", "negated", "former"].contains(&status), "{line}"),
                ["Nominal", mention] => assert!(mentions.contains(mention), "{line}"),
                _ => panic!("what is {line}"),
            },
            '#' => assert!(words[0] == "AnnotatorNotes" && cells[2].starts_with("rule "), "{line}"),
            _ => panic!("what is {line}"),
        }
    }
    let speakers = found.quotes.iter().filter(|quote| quote.speaker.is_some()).count();
    assert_eq!(relations, found.relations.len() + speakers, "{annotations}");
    assert!(mentions.len() > 20 && pieces > 1, "{annotations}");
}
