//! RDF, as Turtle and as JSON-LD, which say the same.
//!
//! Every fact is a reified statement with its status, and for each place that says it an annotation of the W3C model whose
//! selectors give position (in code points) and words. An asserted fact is also a plain triple: by a property of schema.org or
//! Wikidata where one fits (`rdf.tsv` beside this file), else by one of our own below `urn:dateline:relation:`. A fact that some
//! document denies is no plain triple. Names of documents and things become IRIs below `urn:dateline:`.

use super::{days, is_date};
use crate::graph::{Edge, Graph, Located, Node};
use crate::record::Place;
use dateline::{EntityType, Status};
use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{Literal, NamedNode, Term, Triple};
use oxttl::TurtleSerializer;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Which property says what a relation says, between which types.
const PROPERTIES: &str = include_str!("rdf.tsv");

const PREFIXES: [(&str, &str); 9] = [
    ("d", "urn:dateline:term:"),
    ("rel", "urn:dateline:relation:"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("wdt", "http://www.wikidata.org/prop/direct/"),
];

/// What may stand in an IRI as it is; no line of ours has a percent sign of its own.
const SAFE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b':');

/// The head of a Turtle file.
pub(super) fn turtle_prefixes() -> &'static str {
    static HEAD: LazyLock<String> =
        LazyLock::new(|| PREFIXES.iter().map(|(prefix, iri)| format!("@prefix {prefix}: <{iri}> .\n")).collect());
    &HEAD
}

/// The head of a JSON-LD file: its context, and the beginning of its graph.
pub(super) fn jsonld_open() -> &'static str {
    static HEAD: LazyLock<String> = LazyLock::new(|| {
        let context: Map<String, Value> =
            PREFIXES.iter().map(|&(prefix, iri)| (prefix.to_owned(), iri.into())).collect();
        format!("{{\"@context\": {}, \"@graph\": [\n", Value::Object(context))
    });
    &HEAD
}

/// Triples as Turtle, without a head.
pub(super) fn turtle(graph: &Graph) -> String {
    let mut serializer = TurtleSerializer::new();
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).unwrap_or_else(|e| unreachable!("{iri} is an IRI: {e}"));
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in triples(graph) {
        writer.serialize_triple(&triple).unwrap_or_else(|e| unreachable!("memory takes all: {e}"));
    }
    let bytes = writer.finish().unwrap_or_else(|e| unreachable!("memory takes all: {e}"));
    let text = String::from_utf8(bytes).unwrap_or_else(|e| unreachable!("text stays text: {e}"));
    // one head serves all pieces
    text.lines().skip_while(|line| line.starts_with("@prefix ")).map(|line| format!("{line}\n")).collect()
}

/// Objects of JSON-LD, one for each subject, with commas between.
pub(super) fn jsonld(graph: &Graph) -> String {
    let mut order: Vec<NamedNode> = Vec::new();
    let mut subjects: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for Triple { subject, predicate, object } in triples(graph) {
        let oxrdf::NamedOrBlankNode::NamedNode(subject) = subject else { continue };
        let about = subjects.entry(subject.as_str().to_owned()).or_insert_with(|| {
            let id = compact(&subject).into();
            order.push(subject.clone());
            Map::from_iter([("@id".to_owned(), id)])
        });
        let (key, value) = match &object {
            Term::NamedNode(node) if predicate.as_ref() == rdf::TYPE => ("@type".to_owned(), compact(node).into()),
            Term::NamedNode(node) => (compact(&predicate), json!({"@id": compact(node)})),
            Term::Literal(literal) => (compact(&predicate), value_of(literal)),
            _ => continue,
        };
        let values = about.entry(key).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(values) = values
            && !values.contains(&value)
        {
            values.push(value);
        }
    }
    let objects: Vec<String> = order
        .iter()
        .filter_map(|subject| subjects.remove(subject.as_str()))
        .map(|object| Value::Object(object).to_string())
        .collect();
    objects.join(",\n")
}

/// A literal as JSON-LD has it: with its type or language, or bare.
fn value_of(literal: &Literal) -> Value {
    match literal.language() {
        Some(language) => json!({"@value": literal.value(), "@language": language}),
        None if literal.datatype() == xsd::STRING => json!({"@value": literal.value()}),
        None => json!({"@value": literal.value(), "@type": literal.datatype().as_str()}),
    }
}

/// An IRI with its prefix, where it has one.
fn compact(iri: &NamedNode) -> String {
    let short =
        PREFIXES.iter().find_map(|(prefix, start)| Some(format!("{prefix}:{}", iri.as_str().strip_prefix(start)?)));
    short.unwrap_or_else(|| iri.as_str().to_owned())
}

fn triples(graph: &Graph) -> Vec<Triple> {
    let mut out = Triples(Vec::new());
    for document in &graph.documents {
        let about = document_iri(&document.name);
        out.say(&about, rdf::TYPE.into_owned(), term("schema:CreativeWork"));
        out.say(&about, term("schema:name"), Literal::new_simple_literal(&document.name));
        if let Some(day) = &document.day {
            out.say(&about, term("schema:datePublished"), date_literal(day));
        }
    }
    for node in &graph.nodes {
        out.node(graph, node);
    }
    for edge in &graph.edges {
        out.edge(graph, edge);
    }
    for quote in &graph.quotes {
        let about = located_iri(&quote.id);
        out.say(&about, rdf::TYPE.into_owned(), term("schema:Quotation"));
        out.say(&about, term("schema:text"), english(&quote.said.place.text));
        if let Some(speaker) = quote.speaker {
            out.say(&about, term("schema:spokenByCharacter"), node_iri(&graph.nodes[speaker]));
        }
        out.annotation(graph, &format!("{}-annotation", quote.id), &about, &quote.said, &[]);
    }
    out.0
}

struct Triples(Vec<Triple>);

impl Triples {
    fn say(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        self.0.push(Triple::new(subject.clone(), predicate, object));
    }

    fn node(&mut self, graph: &Graph, node: &Node) {
        let about = node_iri(node);
        self.say(&about, rdf::TYPE.into_owned(), class(node.kind));
        self.say(&about, rdfs::LABEL.into_owned(), english(&node.name));
        if let Some(wikidata) = &node.wikidata {
            self.say(&about, term("owl:sameAs"), iri("http://www.wikidata.org/entity/", wikidata));
        }
        for (name, value) in [("d:key", &node.key), ("d:edtf", &node.value)] {
            if let Some(value) = value {
                self.say(&about, term(name), Literal::new_simple_literal(value));
            }
        }
        let mut documents: Vec<usize> = node.mentions.iter().map(|mention| mention.document).collect();
        documents.dedup();
        for document in documents {
            self.say(&document_iri(&graph.documents[document].name), term("schema:mentions"), about.clone());
        }
    }

    fn edge(&mut self, graph: &Graph, edge: &Edge) {
        let (source, target) = (&graph.nodes[edge.source], &graph.nodes[edge.target]);
        let own = iri("urn:dateline:relation:", &edge.relation);
        let statuses = edge.statuses();
        if statuses.contains(&Status::Asserted) && !statuses.contains(&Status::Negated) {
            self.plain(edge, source, target, &own);
        }
        let about = iri("urn:dateline:fact:", &edge.proofs[0].id);
        self.say(&about, rdf::TYPE.into_owned(), rdf::STATEMENT.into_owned());
        self.say(&about, rdf::SUBJECT.into_owned(), node_iri(source));
        self.say(&about, rdf::PREDICATE.into_owned(), own);
        self.say(&about, rdf::OBJECT.into_owned(), node_iri(target));
        for status in statuses {
            self.say(&about, term("d:status"), iri("urn:dateline:term:", status.as_str()));
        }
        if let Some(precision) = edge.precision {
            self.say(&about, term("d:precision"), Literal::new_typed_literal(precision.to_string(), xsd::DECIMAL));
        }
        if let Some((first, last)) = graph.seen(edge) {
            self.say(&about, term("d:firstSeen"), date_literal(first));
            self.say(&about, term("d:lastSeen"), date_literal(last));
        }
        for (name, node) in &edge.qualifiers {
            self.say(&about, iri("urn:dateline:term:", name), node_iri(&graph.nodes[*node]));
        }
        for proof in &edge.proofs {
            let said = Located { document: proof.document, place: proof.sentence.clone() };
            let more = [
                ("d:rule", Term::from(Literal::new_simple_literal(&proof.rule))),
                ("d:trigger", Term::from(english(&proof.trigger.text))),
                ("d:status", Term::from(iri("urn:dateline:term:", proof.status.as_str()))),
            ];
            self.annotation(graph, &proof.id, &about, &said, &more);
        }
    }

    /// A fact as one triple.
    fn plain(&mut self, edge: &Edge, source: &Node, target: &Node, own: &NamedNode) {
        let (from, to) = (node_iri(source), node_iri(target));
        match property(&edge.relation, source.kind, target.kind) {
            Some((property, _)) if target.kind == EntityType::Date => {
                let Some((start, end)) = target.value.as_deref().and_then(days) else {
                    return self.say(&from, own.clone(), to);
                };
                self.say(&from, property, date_literal(start));
                if let Some(end) = end {
                    self.say(&from, term("schema:endDate"), date_literal(end));
                }
            }
            Some((property, true)) => self.say(&to, property, from),
            Some((property, false)) => self.say(&from, property, to),
            None => self.say(&from, own.clone(), to),
        }
    }

    /// An annotation of the W3C model: the body is stated, or quoted, at that place.
    fn annotation(&mut self, graph: &Graph, id: &str, body: &NamedNode, said: &Located, more: &[(&str, Term)]) {
        let (about, target) = (located_iri(id), located_iri(&format!("{id}-target")));
        let (position, words) = (located_iri(&format!("{id}-position")), located_iri(&format!("{id}-words")));
        let Place { start, end, text } = &said.place;
        let number = |n: &usize| Literal::new_typed_literal(n.to_string(), xsd::NON_NEGATIVE_INTEGER);
        self.say(&about, rdf::TYPE.into_owned(), term("oa:Annotation"));
        self.say(&about, term("oa:hasBody"), body.clone());
        self.say(&about, term("oa:hasTarget"), target.clone());
        for (name, value) in more {
            self.say(&about, term(name), value.clone());
        }
        self.say(&target, rdf::TYPE.into_owned(), term("oa:SpecificResource"));
        self.say(&target, term("oa:hasSource"), document_iri(&graph.documents[said.document].name));
        self.say(&target, term("oa:hasSelector"), position.clone());
        self.say(&target, term("oa:hasSelector"), words.clone());
        self.say(&position, rdf::TYPE.into_owned(), term("oa:TextPositionSelector"));
        self.say(&position, term("oa:start"), number(start));
        self.say(&position, term("oa:end"), number(end));
        self.say(&words, rdf::TYPE.into_owned(), term("oa:TextQuoteSelector"));
        self.say(&words, term("oa:exact"), Literal::new_simple_literal(text));
    }
}

/// The property for a relation between these types, and whether it is stated the other way round.
fn property(relation: &str, source: EntityType, target: EntityType) -> Option<(NamedNode, bool)> {
    PROPERTIES.lines().skip(1).find_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let takes = |cell: &str, kind: EntityType| cell.split('|').any(|name| name == kind.as_str());
        let fits = cells[0] == relation && takes(cells[1], source) && takes(cells[2], target);
        fits.then(|| (term(cells[4]), cells[3] == "inverse"))
    })
}

fn class(kind: EntityType) -> NamedNode {
    match kind {
        EntityType::State => term("schema:Country"),
        EntityType::Place => term("schema:Place"),
        EntityType::Agency => term("schema:GovernmentOrganization"),
        EntityType::Body | EntityType::Organisation => term("schema:Organization"),
        EntityType::Person => term("schema:Person"),
        EntityType::Event => term("schema:Event"),
        EntityType::Instrument => term("schema:CreativeWork"),
        // neither a post nor a scheme, a date or a motto is what a class of schema.org says
        other => iri("urn:dateline:term:", other.as_str()),
    }
}

/// A term of ours, written with its prefix.
fn term(name: &str) -> NamedNode {
    let full = PREFIXES
        .iter()
        .find_map(|(prefix, start)| Some(format!("{start}{}", name.strip_prefix(prefix)?.strip_prefix(':')?)));
    NamedNode::new_unchecked(full.unwrap_or_else(|| unreachable!("{name} has no prefix")))
}

/// An IRI that begins so; whatever cannot stand in one is encoded.
fn iri(start: &str, rest: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{start}{}", utf8_percent_encode(rest, SAFE)))
}

fn document_iri(name: &str) -> NamedNode {
    iri("urn:dateline:document:", name)
}

/// Something of a document: its name, `#`, and what is unique in it.
fn located_iri(id: &str) -> NamedNode {
    let (document, part) = id.rsplit_once('#').unwrap_or((id, ""));
    NamedNode::new_unchecked(format!("{}#{}", document_iri(document).as_str(), utf8_percent_encode(part, SAFE)))
}

fn node_iri(node: &Node) -> NamedNode {
    match &node.key {
        Some(key) if node.kind != EntityType::Role => iri("urn:dateline:", key),
        _ if node.id.contains('#') => located_iri(&node.id),
        _ => iri("urn:dateline:", &node.id),
    }
}

fn english(text: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, "en")
}

/// A day, month or year with its type; any other form of EDTF as it is.
fn date_literal(value: &str) -> Literal {
    match value.len() {
        4 if is_date(value) => Literal::new_typed_literal(value, xsd::G_YEAR),
        7 if is_date(value) => Literal::new_typed_literal(value, xsd::G_YEAR_MONTH),
        10 if is_date(value) => Literal::new_typed_literal(value, xsd::DATE),
        _ => Literal::new_simple_literal(value),
    }
}
