//! What one text, folder or run says that another does not, no longer, or in another word.
//!
//! Facts are the same where relation and both sides are; sides are the same by key, or by type and name. Things without a name are
//! taken for the same where the same noun calls them, whatever document they are of.

use crate::args::{Format, Input};
use crate::graph::{Edge, Graph, Identity, Node};
use crate::input::Sources;
use crate::output::Destination;
use crate::record::Record;
use crate::render::Renderer;
use crate::screen::{self, Look, harmless};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The relations that are stances.
const STANCES: [&str; 2] = ["supports", "opposes"];

/// Compares what `old` and `new` say, and writes it. `Ok(false)`: some input could not be read, which has been told.
pub(crate) fn run(
    old: &PathBuf,
    new: &[PathBuf],
    renderer: &Renderer<'_>,
    mut destination: Destination,
) -> Result<bool, Box<dyn Error>> {
    let (old, all_old) = graph(std::slice::from_ref(old), renderer)?;
    let (new, all_new) = graph(new, renderer)?;
    let difference = Difference::between(&old, &new);
    destination.write_text(&match renderer.format {
        Format::Json => format!("{:#}\n", difference.json()),
        Format::Jsonl => difference.lines(),
        _ => difference.table(&renderer.look),
    })?;
    destination.finish()?;
    Ok(all_old && all_new)
}

/// The graph of all paths, and whether each of them could be read.
fn graph(paths: &[PathBuf], renderer: &Renderer<'_>) -> Result<(Graph, bool), Box<dyn Error>> {
    let mut graph = Graph::new(Identity::Noun, renderer.wanted.clone());
    let mut all = true;
    let is_run =
        |path: &PathBuf| path.is_file() && path.extension().is_some_and(|ending| ending == "json" || ending == "jsonl");
    let (runs, texts): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(is_run);
    for run in &runs {
        for record in records(run)? {
            graph.add(&record);
        }
    }
    // without any path, standard input
    let sources = if texts.is_empty() && !runs.is_empty() { None } else { Some(Sources::find(&texts, Input::Text)) };
    for source in sources.iter().flat_map(|sources| &sources.list) {
        match source.read() {
            Ok(document) => graph.add(&renderer.record(&document, &renderer.extract(&document))),
            Err(e) => {
                screen::complain("error", &format!("cannot read {}: {e}", source.name()));
                all = false;
            }
        }
    }
    for problem in sources.iter().flat_map(|sources| &sources.problems) {
        screen::complain("error", problem);
        all = false;
    }
    Ok((graph, all))
}

/// The records of an earlier run: an object, an array, or a line for each.
fn records(file: &Path) -> Result<Vec<Record>, String> {
    let name = file.display();
    let text = fs::read_to_string(file).map_err(|e| format!("cannot read {name}: {e}"))?;
    let fault = |e: serde_json::Error| format!("{name}:{}:{}: no result of an earlier run: {e}", e.line(), e.column());
    let records: Vec<Record> = if text.trim_start().starts_with('[') {
        serde_json::from_str(&text).map_err(fault)?
    } else {
        serde_json::Deserializer::from_str(&text).into_iter().collect::<Result<_, _>>().map_err(fault)?
    };
    match records.iter().find_map(|record| Some((record, record.fault()?))) {
        Some((record, fault)) => Err(format!("{name}: {}: {fault}", record.doc)),
        None => Ok(records),
    }
}

/// What changed from one graph to another.
#[derive(Default)]
struct Difference {
    new_entities: Vec<String>,
    gone_entities: Vec<String>,
    new: Vec<Fact>,
    gone: Vec<Fact>,
    changed: Vec<Change>,
}

/// A fact in words.
struct Fact {
    relation: String,
    source: String,
    target: String,
    documents: Vec<String>,
    trigger: String,
}

/// A fact that both have, with what of it changed.
struct Change {
    fact: Fact,
    /// `stance`, `status` or `word`.
    what: &'static str,
    from: String,
    to: String,
}

type Key<'g> = (&'g str, &'g str, &'g str);

impl Difference {
    fn between(old: &Graph, new: &Graph) -> Difference {
        let mut out =
            Difference { new_entities: missing(new, old), gone_entities: missing(old, new), ..Difference::default() };
        let (before, after) = (facts(old), facts(new));
        // the other stance on the same thing
        let turned = |key: &Key<'_>, there: &BTreeMap<Key<'_>, &Edge>, here: &BTreeMap<Key<'_>, &Edge>| {
            let other = STANCES.into_iter().find(|other| STANCES.contains(&key.0) && *other != key.0)?;
            let (mirrored, same) = ((other, key.1, key.2), there.contains_key(key));
            (!same && there.contains_key(&mirrored) && !here.contains_key(&mirrored)).then_some(other)
        };
        for (key, edge) in &after {
            let fact = || Fact::of(new, edge);
            let Some(earlier) = before.get(key) else {
                match turned(key, &before, &after) {
                    Some(other) => {
                        out.changed.push(Change { fact: fact(), what: "stance", from: other.into(), to: key.0.into() });
                    }
                    None => out.new.push(fact()),
                }
                continue;
            };
            let mut compare = |what, from: String, to: String| {
                if from != to {
                    out.changed.push(Change { fact: fact(), what, from, to });
                }
            };
            compare("status", statuses(earlier), statuses(edge));
            if STANCES.contains(&key.0) {
                compare("word", words(earlier), words(edge));
            }
        }
        let gone = before.iter().filter(|(key, _)| !after.contains_key(*key) && turned(key, &after, &before).is_none());
        out.gone = gone.map(|(_, edge)| Fact::of(old, edge)).collect();
        out
    }

    fn json(&self) -> Value {
        json!({
            "new": self.new.iter().map(Fact::json).collect::<Vec<_>>(),
            "gone": self.gone.iter().map(Fact::json).collect::<Vec<_>>(),
            "changed": self.changed.iter().map(Change::json).collect::<Vec<_>>(),
            "new_entities": self.new_entities,
            "gone_entities": self.gone_entities,
        })
    }

    /// A line for each difference, which tells in `line` what it is.
    fn lines(&self) -> String {
        let tagged = |kind: &str, mut value: Value| {
            value["line"] = kind.into();
            format!("{value}\n")
        };
        let entities = |kind: &'static str, names: &[String]| -> String {
            names.iter().map(|name| tagged(kind, json!({"name": name}))).collect()
        };
        let facts =
            |kind: &str, facts: &[Fact]| -> String { facts.iter().map(|fact| tagged(kind, fact.json())).collect() };
        [
            facts("new", &self.new),
            facts("gone", &self.gone),
            self.changed.iter().map(|change| tagged("changed", change.json())).collect(),
            entities("new_entity", &self.new_entities),
            entities("gone_entity", &self.gone_entities),
        ]
        .concat()
    }

    fn table(&self, look: &Look) -> String {
        let mut out = String::new();
        for (title, sign, facts) in [("New", "+", &self.new), ("Gone", "-", &self.gone)] {
            screen::section(&mut out, look, title, facts.len());
            facts.iter().for_each(|fact| fact.line(&mut out, look, sign, &[]));
        }
        screen::section(&mut out, look, "Changed", self.changed.len());
        for change in &self.changed {
            let told = harmless(&format!("{}: {} → {}", change.what, change.from, change.to));
            change.fact.line(&mut out, look, "~", &[(&told, &look.status)]);
        }
        for (title, names) in [("New entities", &self.new_entities), ("Gone entities", &self.gone_entities)] {
            screen::section(&mut out, look, title, names.len());
            for name in names {
                screen::line(&mut out, look, &[(&harmless(name), &look.name)], 2, 6);
            }
        }
        if out.is_empty() {
            screen::line(&mut out, look, &[("Nothing changed.", &look.faint)], 0, 2);
        }
        out.trim_start().to_owned()
    }
}

impl Fact {
    fn of(graph: &Graph, edge: &Edge) -> Fact {
        Fact {
            relation: edge.relation.clone(),
            source: graph.nodes[edge.source].name.clone(),
            target: graph.nodes[edge.target].name.clone(),
            documents: graph.documents_of(edge).into_iter().map(str::to_owned).collect(),
            trigger: edge.proofs[0].trigger.text.clone(),
        }
    }

    fn json(&self) -> Value {
        json!({
            "type": self.relation, "source": self.source, "target": self.target, "documents": self.documents,
            "trigger": self.trigger,
        })
    }

    fn line(&self, out: &mut String, look: &Look, sign: &str, more: &[(&str, &console::Style)]) {
        let (source, target) = (harmless(&self.source), harmless(&self.target));
        let (link, trigger) = (format!("— {} →", self.relation), format!("“{}”", harmless(&self.trigger)));
        let mut pieces = vec![(sign, &look.label), (source.as_str(), &look.name), (link.as_str(), &look.relation)];
        pieces.push((&target, &look.name));
        pieces.extend(more);
        if more.is_empty() {
            pieces.push((&trigger, &look.faint));
        }
        screen::line(out, look, &pieces, 2, 6);
    }
}

impl Change {
    fn json(&self) -> Value {
        let mut value = self.fact.json();
        value["what"] = self.what.into();
        value["from"] = self.from.as_str().into();
        value["to"] = self.to.as_str().into();
        value
    }
}

fn facts(graph: &Graph) -> BTreeMap<Key<'_>, &Edge> {
    let id = |node: usize| graph.nodes[node].id.as_str();
    graph.edges.iter().map(|edge| ((edge.relation.as_str(), id(edge.source), id(edge.target)), edge)).collect()
}

/// The named entities of one that the other has not.
fn missing(of: &Graph, from: &Graph) -> Vec<String> {
    let there: BTreeSet<&str> = from.nodes.iter().map(|node| node.id.as_str()).collect();
    let named = of.nodes.iter().filter(|node| node.named && !there.contains(node.id.as_str()));
    named.map(|node: &Node| format!("{} ({})", node.name, node.kind)).collect()
}

fn statuses(edge: &Edge) -> String {
    edge.statuses().into_iter().map(|status| status.as_str()).collect::<Vec<_>>().join(", ")
}

/// The words that say it, each once.
fn words(edge: &Edge) -> String {
    let words: BTreeSet<String> = edge.proofs.iter().map(|proof| proof.trigger.text.to_lowercase()).collect();
    words.into_iter().collect::<Vec<_>>().join(", ")
}
