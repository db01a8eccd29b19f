//! Entities and facts as nodes and edges, of one document or of many.

use crate::args::Wanted;
use crate::formats;
use crate::record::{Place, Record};
use dateline::{EntityType, Status};
use std::collections::{BTreeSet, HashMap};

/// Relations that say the same in either direction, whichever of the two a document words.
const SYMMETRIC: [&str; 3] = ["in_collaboration_with", "in_conjunction_with", "met_with"];

/// What the formats for graphs write.
#[derive(Debug)]
pub(crate) struct Graph {
    pub(crate) documents: Vec<Source>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) quotes: Vec<Quote>,
    identity: Identity,
    wanted: Wanted,
    node_of: HashMap<String, usize>,
    edge_of: HashMap<(String, usize, usize), usize>,
}

/// When two entities are one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// Only within a document.
    Document,
    /// Across documents, where the tables, or type and name, tell: see [`Graph::add`].
    Run,
    /// As `Run`, and things without a name by the noun that calls them: to compare, not to count.
    Noun,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) name: String,
    /// Its day, month or year; nothing where not even the year is known.
    pub(crate) day: Option<String>,
}

/// An entity.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) id: String,
    pub(crate) kind: EntityType,
    pub(crate) named: bool,
    pub(crate) name: String,
    pub(crate) key: Option<String>,
    pub(crate) wikidata: Option<String>,
    pub(crate) value: Option<String>,
    /// Where it is named or referred to.
    pub(crate) mentions: Vec<Located>,
}

/// A place of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    pub(crate) document: usize,
    pub(crate) place: Place,
}

/// A fact.
#[derive(Debug)]
pub(crate) struct Edge {
    pub(crate) relation: String,
    pub(crate) source: usize,
    pub(crate) target: usize,
    /// What each document says of its status, in the order of the documents.
    pub(crate) stated: Vec<(usize, Status)>,
    /// Measured precision of the best rule that found it.
    pub(crate) precision: Option<f64>,
    /// Name and node of each.
    pub(crate) qualifiers: Vec<(String, usize)>,
    /// Never empty.
    pub(crate) proofs: Vec<Proof>,
}

/// A place that says a fact.
#[derive(Debug)]
pub(crate) struct Proof {
    /// Unique in the graph: the document, its relation, the proof.
    pub(crate) id: String,
    pub(crate) document: usize,
    pub(crate) rule: String,
    pub(crate) status: Status,
    pub(crate) trigger: Place,
    pub(crate) sentence: Place,
}

/// A direct quote.
#[derive(Debug)]
pub(crate) struct Quote {
    pub(crate) id: String,
    pub(crate) speaker: Option<usize>,
    pub(crate) said: Located,
}

impl Graph {
    /// A graph without anything, for the relations that are wanted.
    pub(crate) fn new(identity: Identity, wanted: Wanted) -> Graph {
        Graph {
            documents: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
            quotes: Vec::new(),
            identity,
            wanted,
            node_of: HashMap::new(),
            edge_of: HashMap::new(),
        }
    }

    /// Adds a document. Across documents, what the tables know is one thing by its key, a date by its value, and all else with a
    /// name by its type and name; a post by its name and its employers, so that two states have two Prime Ministers. A thing
    /// without a name, a post without an employer and a date without a value stay of their document.
    pub(crate) fn add(&mut self, record: &Record) {
        let document = self.documents.len();
        let day = record.day().and_then(formats::days).map(|(first, _)| first.to_owned());
        self.documents.push(Source { name: record.doc.clone(), day });
        let nodes: Vec<usize> = (0..record.entities.len()).map(|entity| self.node(record, document, entity)).collect();
        for (number, relation) in record.relations.iter().enumerate() {
            let precision = relation.confidence.map(|c| c.precision);
            if !self.wanted.takes(&relation.name, precision) {
                continue;
            }
            let [mut source, mut target] = [nodes[relation.source], nodes[relation.target]];
            if self.identity != Identity::Document
                && SYMMETRIC.contains(&relation.name.as_str())
                && self.nodes[target].id < self.nodes[source].id
            {
                (source, target) = (target, source);
            }
            let next = self.edges.len();
            let at = *self.edge_of.entry((relation.name.clone(), source, target)).or_insert(next);
            if at == next {
                self.edges.push(Edge {
                    relation: relation.name.clone(),
                    source,
                    target,
                    stated: Vec::new(),
                    precision: None,
                    qualifiers: Vec::new(),
                    proofs: Vec::new(),
                });
            }
            let edge = &mut self.edges[at];
            let mut here = edge.stated.iter().rev().take_while(|(of, _)| *of == document);
            if here.all(|(_, status)| *status != relation.status) {
                edge.stated.push((document, relation.status));
            }
            edge.precision = edge.precision.into_iter().chain(precision).reduce(f64::max);
            for qualifier in &relation.qualifiers {
                let qualifier = (qualifier.name.clone(), nodes[qualifier.entity]);
                if !edge.qualifiers.contains(&qualifier) {
                    edge.qualifiers.push(qualifier);
                }
            }
            edge.proofs.extend(relation.evidence.iter().enumerate().map(|(n, evidence)| Proof {
                id: format!("{}#r{number}.{n}", record.doc),
                document,
                rule: evidence.rule.clone(),
                status: evidence.status,
                trigger: evidence.trigger.clone(),
                sentence: evidence.sentence.clone(),
            }));
        }
        self.quotes.extend(record.quotes.iter().enumerate().map(|(n, quote)| Quote {
            id: format!("{}#q{n}", record.doc),
            speaker: quote.speaker.map(|id| nodes[id]),
            said: Located { document, place: quote.place.clone() },
        }));
    }

    fn node(&mut self, record: &Record, document: usize, number: usize) -> usize {
        let entity = &record.entities[number];
        let id = self.shared_id(record, number).unwrap_or_else(|| format!("{}#e{number}", record.doc));
        let next = self.nodes.len();
        let at = *self.node_of.entry(id.clone()).or_insert(next);
        if at == next {
            self.nodes.push(Node {
                id,
                kind: entity.kind,
                named: entity.named,
                name: entity.name.clone(),
                key: entity.key.clone(),
                wikidata: entity.wikidata.clone(),
                value: entity.value.clone(),
                mentions: Vec::new(),
            });
        }
        let node = &mut self.nodes[at];
        // the fullest name of all documents
        if entity.name.chars().count() > node.name.chars().count() {
            node.name.clone_from(&entity.name);
        }
        node.mentions.extend(entity.mentions.iter().map(|place| Located { document, place: place.clone() }));
        at
    }

    /// What an entity is called across documents; `None` where it is only itself.
    fn shared_id(&self, record: &Record, number: usize) -> Option<String> {
        let entity = &record.entities[number];
        let kind = entity.kind.as_str();
        let noun = self.identity == Identity::Noun;
        let named = || format!("{kind}:{}", folded(&entity.name));
        match entity.kind {
            _ if self.identity == Identity::Document => None,
            EntityType::Role => {
                let mut employers: Vec<String> = record
                    .relations
                    .iter()
                    .filter(|r| r.name == "role_at" && r.source == number && r.target != number)
                    .filter(|r| record.entities[r.target].kind != EntityType::Role)
                    .filter_map(|r| self.shared_id(record, r.target))
                    .collect();
                employers.sort_unstable();
                employers.dedup();
                (noun || !employers.is_empty()).then(|| format!("{}@{}", named(), employers.join("+")))
            }
            EntityType::Date if !noun => entity.value.as_ref().map(|value| format!("{kind}:{value}")),
            EntityType::Date => Some(format!("{kind}:{}", entity.value.as_ref().unwrap_or(&entity.name))),
            _ if entity.key.is_some() => entity.key.clone(),
            _ if entity.named || noun => Some(named()),
            _ => None,
        }
    }

    /// First and last day of the documents that state an edge, as far as they are known.
    pub(crate) fn seen(&self, edge: &Edge) -> Option<(&str, &str)> {
        let days = || edge.stated.iter().filter_map(|&(document, _)| self.documents[document].day.as_deref());
        Some((days().min()?, days().max()?))
    }

    /// The names of the documents that state an edge, each once.
    pub(crate) fn documents_of(&self, edge: &Edge) -> Vec<&str> {
        let mut documents: Vec<usize> = edge.stated.iter().map(|&(document, _)| document).collect();
        documents.dedup();
        documents.into_iter().map(|document| self.documents[document].name.as_str()).collect()
    }
}

impl Edge {
    /// Asserted, if any document asserts it; else planned, negated, former.
    pub(crate) fn status(&self) -> Status {
        self.statuses().into_iter().next().unwrap_or_default()
    }

    /// All that documents say of its status.
    pub(crate) fn statuses(&self) -> BTreeSet<Status> {
        self.stated.iter().map(|&(_, status)| status).collect()
    }

    /// The rules that found it, each once.
    pub(crate) fn rules(&self) -> Vec<&str> {
        let mut rules: Vec<&str> = Vec::new();
        for proof in &self.proofs {
            if !rules.contains(&proof.rule.as_str()) {
                rules.push(&proof.rule);
            }
        }
        rules
    }
}

/// A name without capitals and line breaks.
fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
