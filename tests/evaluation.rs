//! The example program `evaluate`, and what it says of the statements of the tests. What counts as right is tested in
//! `examples/evaluate/tests.rs`.

#[path = "support/program.rs"]
mod program;

use dateline::Extractor;
use program::{Said, folder, path};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The least that the annotated statements of the tests must give.
const LEAST_RELATION_PRECISION: f64 = 0.95;
const LEAST_ENTITY_F1: f64 = 0.95;

const TEXT: &str = "Malaysia hosted the workshop in Kuching. Japan joined.\n";
const JSON: &str = r#"{
    "entities": [
        {"id": "m", "type": "state", "surfaces": ["Malaysia"]}, {"id": "k", "type": "place", "surfaces": ["Kuching"]},
        {"id": "w", "type": "event", "named": false, "surfaces": ["workshop"]}, {"id": "j", "type": "place", "surfaces": ["Japan"]}
    ],
    "relations": [
        {"type": "hosted_by", "source": "w", "target": "m"}, {"type": "visited", "source": "j", "target": "k"}
    ]
}"#;
const BRAT: &str = "T1\tstate 0 8\tMalaysia\nT2\tplace 32 39\tKuching\nT3\tevent 20 28\tworkshop\nT4\tplace 41 46\tJapan\n\
    R1\thosted_by Arg1:T3 Arg2:T1\nR2\tvisited Arg1:T4 Arg2:T2\nA1\tNominal T3\n";

#[test]
fn the_statements_are_read_nearly_as_annotated() {
    let figures = evaluate(&["--json", &statements()]).json();
    let figure = |group: &str, name: &str| figures[group][name].as_f64().expect("a number");
    assert!(figure("relations", "p") >= LEAST_RELATION_PRECISION, "{}", figures["relations"]);
    assert!(figure("entities_exact", "f1") >= LEAST_ENTITY_F1, "{}", figures["entities_exact"]);
}

#[test]
fn every_statement_has_its_annotation() {
    let files = |ending: &str| -> BTreeSet<PathBuf> {
        let all = std::fs::read_dir(statements()).expect("is there").flatten().map(|entry| entry.path());
        let own = all.filter(|path| path.extension().is_some_and(|e| e == ending));
        own.map(|path| path.with_extension("")).collect()
    };
    assert_eq!(files("txt"), files("json"));
}

#[test]
fn both_forms_of_annotation_give_the_same_figures() {
    let (json, brat) = (folder(&[("a.txt", TEXT), ("a.json", JSON)]), folder(&[("a.txt", TEXT), ("a.ann", BRAT)]));
    let figures = evaluate(&["--json", path(&json)]).json();
    assert_eq!(figures, evaluate(&["--json", path(&brat)]).json());
    assert_eq!(figures["documents"], 1);
    assert_eq!(figures["entities_exact"]["predicted"], 3);
    assert_eq!(figures["entity_types"]["place"]["r"], 0.5);
    assert_eq!(figures["relation_types"]["hosted_by"]["f1"], 1.0);
    assert_eq!(figures["rules"]["hosted_by/verb"], serde_json::json!({"right": 1, "count": 1, "p": 1.0}));
}

#[test]
fn what_the_extractor_writes_for_brat_is_read_back_without_a_difference() {
    let all: Vec<String> = std::fs::read_dir(statements())
        .expect("is there")
        .flatten()
        .map(|entry| entry.path().display().to_string())
        .filter(|path| path.ends_with(".txt"))
        .collect();
    let written = folder(&[]);
    let into = format!("{}/", path(&written));
    let mut args = vec!["--format", "brat", "--output", &into];
    args.extend(all.iter().map(String::as_str));
    let done = Command::new(program::build("extract")).args(args).output().expect("starts");
    assert_eq!((done.status(), done.stderr().as_str()), (0, ""));
    let figures = evaluate(&["--json", path(&written)]).json();
    assert_eq!(figures["documents"], all.len());
    for group in ["entities_exact", "relations", "quotes"] {
        assert!(figures[group]["predicted"].as_u64() > Some(15), "{group}: {}", figures[group]);
        assert_eq!(figures[group]["p"], 1.0, "{group}: {}", figures[group]);
    }
    // that `the ministry` means a name does not make it one, which standoff of brat cannot tell
    assert_eq!([&figures["relations"]["r"], &figures["quotes"]["r"]], [1.0, 1.0]);
}

#[test]
fn errors_are_listed_with_place_and_sentence() {
    let folder = folder(&[("a.txt", TEXT), ("a.json", JSON)]);
    let out = evaluate(&["--errors", path(&folder)]).stdout();
    let file = folder.path().join("a.txt").display().to_string();
    for expected in [
        format!("{file}:1: missed entity place: Japan\n    Japan joined.\n"),
        format!("{file}:1: extra entity state: Japan\n    Japan joined.\n"),
        format!(
            "{file}:1: missed relation visited: Japan → Kuching\n    Malaysia hosted the workshop in Kuching. … Japan joined.\n"
        ),
    ] {
        assert!(out.contains(&expected), "{expected} is missing in\n{out}");
    }
    let only = evaluate(&["--errors", "--only", "visited", path(&folder)]).stdout();
    assert!(only.contains("missed relation visited") && !only.contains("entit"), "{only}");
    assert_eq!(evaluate(&["--errors", "--json", path(&folder)]).json()["errors"][1]["what"], "Japan → Kuching");
}

#[test]
fn rules_are_measured_and_told() {
    let folder = folder(&[("a.txt", TEXT), ("a.json", JSON)]);
    let table = folder.path().join("measured.tsv");
    let done = evaluate(&["--by-rule", "--write-measured", &table.display().to_string(), path(&folder)]);
    assert!(done.stdout().lines().any(|line| line.split_whitespace().eq(["hosted_by/verb", "1.000", "1", "1"])));
    let written = std::fs::read_to_string(table).expect("is written");
    assert!(written.starts_with("rule\tright\tcount\n") && written.contains("hosted_by/verb\t1\t1\n"), "{written}");
}

#[test]
fn coarse_types_leave_out_relations() {
    let folder = folder(&[("a.txt", TEXT), ("a.json", JSON)]);
    let figures = evaluate(&["--coarse", "--json", path(&folder)]).json();
    assert_eq!((&figures["entity_types"]["LOC"]["f1"], &figures["relations"]["gold"]), (&1.0.into(), &0.into()));
}

#[test]
fn relations_that_no_rule_finds_are_told() {
    let folder = folder(&[("a.txt", TEXT), ("a.json", &JSON.replace("visited", "visits"))]);
    let done = evaluate(&[path(&folder)]);
    let file = folder.path().join("a.txt").display().to_string();
    assert_eq!((done.stderr(), done.status()), (format!("warning: {file}: no rule finds relations `visits`\n"), 0));
}

#[test]
fn what_is_wrong_with_the_input_is_told_at_once() {
    let broken = JSON.replace("\"Kuching\"", "\"Kuala\"");
    let folder = folder(&[
        ("a.txt", TEXT),
        ("a.json", &broken),
        ("b.txt", TEXT),
        ("b.json", JSON),
        ("b.ann", BRAT),
        ("c.txt", ""),
    ]);
    let done = evaluate(&[path(&folder)]);
    assert_eq!((done.status(), done.stdout()), (1, String::new()));
    let file = |name: &str| folder.path().join(name).display().to_string();
    let expected = format!(
        "error: {}:3:107: the text does not have the words `Kuala`\nerror: {}: only one annotation may stand beside it\n",
        file("a.json"),
        file("b.txt"),
    );
    assert_eq!(done.stderr(), expected);
    assert!(evaluate(&[&file("c.txt")]).stderr().contains("no NAME.txt with a NAME.json or NAME.ann beside it"));
    let done = evaluate(&["--only", "hosts", path(&folder)]);
    assert!(done.stderr().contains("nothing is called `hosts`") && done.status() == 2, "{}", done.stderr());
}

#[test]
fn every_measured_rule_exists() {
    let table = include_str!("../gazetteers/measured.tsv");
    let known: BTreeSet<&str> = Extractor::bundled().rules().iter().map(|rule| rule.id.as_str()).collect();
    let measured: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    let unknown: Vec<&&str> = measured.iter().filter(|id| !known.contains(**id)).collect();
    assert!(!measured.is_empty() && unknown.is_empty(), "measured again after a change of rules? {unknown:?}");
    assert!(measured.is_sorted(), "the table is sorted");
}

fn statements() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statements").display().to_string()
}

fn evaluate(args: &[&str]) -> Output {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    Command::new(PROGRAM.get_or_init(|| program::build("evaluate"))).args(args).output().expect("starts")
}
