//! The example program `extract`: its input, its output, its exit status.

#[path = "support/program.rs"]
mod program;

use program::{Said, folder, path};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

const HOSTED: &str = "Indonesia will host the 42nd ASEAN Summit.";
const LED: &str = "The workshop was led by Malaysia.";

#[test]
fn a_table_shows_entities_relations_and_quotes() {
    let done =
        extract(&["-"], "“We will meet again,” said Prime Minister Anwar Ibrahim. The workshop was led by Malaysia.");
    let out = done.stdout();
    for part in [
        "standard input",
        "Entities (",
        "workshop — led_by → Malaysia “was led",
        "Anwar Ibrahim:\n      We will meet again",
    ] {
        assert!(out.contains(part), "{part} is missing in\n{out}");
    }
    assert!(!out.contains('\x1b'), "colours outside a terminal:\n{out}");
    assert_eq!((done.stderr(), done.status()), (String::new(), 0));
}

#[test]
fn an_explanation_marks_the_words_that_prove_a_relation() {
    let out = extract(&["--explain"], LED).stdout();
    let proof = "
      The workshop was led by Malaysia.
          SSSSSSSS ^^^^^^^    TTTTTTTT
";
    assert!(out.contains(proof) && out.contains("rule led_by/verb right in "), "{out}");
    assert!(!extract(&[], LED).stdout().contains("SSSSSSSS"));
}

#[test]
fn an_explanation_says_why_two_names_are_not_related() {
    let text = "Efforts of Malaysia to support Japan persist. Malaysia hosted the Penang Forum.";
    let out = extract(&["--why-not", "malaysia", "Japan"], text).stdout();
    let near = "\
Rules that came near (4)
  supported_by/verb the verb has the other voice
      Efforts of Malaysia to support Japan persist.
                          ^^^^^^^^^^
  supported_by/under the verb has the other voice
      Efforts of Malaysia to support Japan persist.
                          ^^^^^^^^^^
  supported_by/fund-supports
      nothing of the right type stands where the source is sought
      Efforts of Malaysia to support Japan persist.
                          ^^^^^^^^^^
  supports/verb the verb is an infinitive that hangs on a noun
      Efforts of Malaysia to support Japan persist.
                          ^^^^^^^^^^
";
    assert!(out.contains(near), "{out}");
    let out = extract(&["--why-not", "Penang Forum", "Malaysia"], text).stdout();
    assert!(out.contains("Penang Forum — hosted_by → Malaysia"), "{out}");
    assert!(extract(&["--why-not", "Peru", "Japan"], text).stdout().contains("Nothing is called Peru."));
}

#[test]
fn standard_input_is_read_without_a_path_and_with_a_dash() {
    let without = extract(&["--format", "jsonl"], LED);
    let with = extract(&["--format", "jsonl", "-"], LED);
    assert_eq!(without.stdout(), with.stdout());
    let line = with.lines().remove(0);
    assert_eq!(line["doc"], "-");
    assert_eq!(line["relations"][0]["type"], "led_by");
}

#[test]
fn a_folder_is_read_to_its_depth_in_the_order_of_names() {
    let folder =
        folder(&[("b.txt", LED), ("a/z.txt", LED), ("a/k.TXT", ""), ("c.txt", HOSTED), ("notes.md", "no statement")]);
    let done = extract(&["--format", "jsonl", "--threads", "3", path(&folder)], "");
    let docs: Vec<String> = done.lines().iter().map(|line| line["doc"].as_str().expect("a name").to_owned()).collect();
    let expected = ["a/k.TXT", "a/z.txt", "b.txt", "c.txt"].map(|name| folder.path().join(name).display().to_string());
    assert_eq!(docs, expected);
    assert_eq!(done.stderr(), "");
}

#[test]
fn json_is_an_object_for_one_document_and_an_array_for_more() {
    let folder = folder(&[("a.txt", LED), ("b.txt", HOSTED)]);
    let (a, b) = (file(&folder, "a.txt"), file(&folder, "b.txt"));
    assert_eq!(extract(&["--format", "json", &a], "").json()["doc"], a);
    let two = extract(&["--format", "json", &b, &a], "").json();
    assert_eq!((&two[0]["doc"], &two[1]["doc"]), (&Value::from(b), &Value::from(a)));
    let empty = TempDir::new().expect("a folder");
    let none = extract(&["--format", "json", path(&empty)], "");
    assert_eq!((none.json(), none.status()), (Value::Array(Vec::new()), 0));
    assert!(none.stderr().starts_with("warning: "), "{}", none.stderr());
}

#[test]
fn empty_input_gives_an_empty_result() {
    let done = extract(&["--format", "json"], "");
    let json = done.json();
    for list in ["entities", "relations", "quotes"] {
        assert_eq!(json[list], Value::Array(Vec::new()), "{list}");
    }
    assert_eq!((done.stderr(), done.status()), (String::new(), 0));
    assert!(extract(&[], "").stdout().contains("Nothing found."));
}

#[test]
fn what_is_no_utf8_is_replaced_and_the_file_named() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("latin.txt"), b"Caf\xe9. The workshop was led by Malaysia.").expect("writes");
    let name = file(&folder, "latin.txt");
    let done = extract(&["--format", "jsonl", &name], "");
    assert_eq!(done.lines()[0]["relations"][0]["type"], "led_by");
    assert_eq!(done.stderr().lines().count(), 1);
    assert!(done.stderr().starts_with("warning: ") && done.stderr().contains(&name), "{}", done.stderr());
    assert_eq!(done.status(), 0);
}

#[test]
fn a_missing_file_is_told_and_the_others_are_read() {
    let folder = folder(&[("a.txt", LED), ("b.txt", HOSTED)]);
    let missing = file(&folder, "missing.txt");
    let done = extract(&["--format", "jsonl", &file(&folder, "a.txt"), &missing, &file(&folder, "b.txt")], "");
    assert_eq!(done.lines().len(), 2);
    let expected = format!(
        "error: cannot read {missing}: No such file or directory (os error 2)\nerror: 1 of 3 could not be read\n"
    );
    assert_eq!((done.stderr(), done.status()), (expected, 1));
}

#[test]
fn a_wrong_command_line_ends_with_status_2() {
    for wrong in [
        &["--colour"][..],
        &["--format", "xml"],
        &["--offsets", "lines"],
        &["--only-relations", "likes"],
        &["--threads", "0"],
        &["--date", "2026-02-30"],
        &["--date", "20260203"],
        &["--without-rule", "led_by/nothing"],
        &["--min-confidence", "1.1"],
        &["--merge", "--format", "html"],
        &["--merge", "--diff", "a.txt"],
        &["--diff", "a.txt", "--format", "dot"],
    ] {
        let done = extract(wrong, "");
        assert_eq!((done.status(), done.stdout()), (2, String::new()), "{wrong:?}");
        assert!(done.stderr().starts_with("error: "), "{wrong:?}: {}", done.stderr());
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let folder = TempDir::new().expect("a folder");
    for n in 0..40 {
        fs::write(folder.path().join(format!("{n}.txt")), LED.repeat(50)).expect("writes");
    }
    let mut child = command(&["--format", "jsonl", path(&folder)]).spawn().expect("starts");
    drop(child.stdout.take());
    let done = child.wait_with_output().expect("ends");
    assert_eq!((done.stderr(), done.status()), (String::new(), 0));
}

#[test]
fn offsets_count_in_the_unit_that_is_asked_for() {
    let text = "Çà 𝄞 Malaysia.";
    for (unit, start) in [("chars", 5), ("utf16", 6), ("bytes", 10)] {
        let json = extract(&["--format", "json", "--offsets", unit], text).json();
        assert_eq!(json["entities"][0]["mentions"][0]["start"], start, "{unit}");
    }
}

#[test]
fn only_the_wanted_relations_are_given() {
    let text = format!("{LED} {HOSTED}");
    let json = extract(&["--format", "json", "--only-relations", "hosted_by,visited"], &text).json();
    let types: Vec<&Value> = json["relations"].as_array().expect("a list").iter().map(|r| &r["type"]).collect();
    assert_eq!(types, ["hosted_by"]);
}

#[test]
fn a_relation_without_a_measured_rule_is_below_any_precision() {
    let relations =
        |least: &str| extract(&["--format", "json", "--min-confidence", least], LED).json()["relations"].clone();
    for relation in relations("0.5").as_array().expect("a list") {
        assert!(relation["confidence"]["precision"].as_f64().is_some_and(|precision| precision >= 0.5), "{relation}");
    }
    let all = extract(&["--format", "json"], LED).json();
    let measured = all["relations"].as_array().expect("a list").iter().filter(|r| r["confidence"].is_object()).count();
    assert_eq!(relations("0").as_array().map(Vec::len), Some(measured));
}

#[test]
fn every_format_has_its_head_once_for_several_documents_and_for_none() {
    let two = folder(&[("a.txt", LED), ("b.txt", HOSTED)]);
    let none = TempDir::new().expect("a folder");
    for (format, head, end) in [
        ("csv", "documents,source,", ""),
        ("csv-entities", "documents,id,", ""),
        ("html", "<!doctype html>", "</html>\n"),
        ("dot", "digraph ", "}\n"),
        ("graphml", "<?xml ", "</graphml>\n"),
        ("turtle", "@prefix d: ", ""),
        ("jsonld", "{\"@context\": ", "]}\n"),
        ("ftm", "", ""),
    ] {
        for input in [&two, &none] {
            let done = extract(&["--format", format, path(input)], "");
            let out = done.stdout();
            assert!(out.starts_with(head) && out.ends_with(end), "{format}: {out}");
            assert!(head.is_empty() || out.matches(head).count() == 1, "{format}: {out}");
            assert_eq!(done.status(), 0, "{format}: {}", done.stderr());
        }
    }
}

#[test]
fn a_folder_takes_a_file_for_each_document() {
    let texts = folder(&[("in/a.txt", LED), ("in/below/b.txt", HOSTED)]);
    let (input, out) = (file(&texts, "in"), file(&texts, "out/"));
    for (format, names) in [
        ("brat", &["a.ann", "a.txt", "below/b.ann", "below/b.txt"][..]),
        ("html", &["a.html", "below/b.html"]),
        ("json", &["a.json", "below/b.json"]),
    ] {
        let done = extract(&["--format", format, "--output", &out, &input], "");
        assert_eq!((done.status(), done.stdout(), done.stderr()), (0, String::new(), String::new()), "{format}");
        for name in names {
            assert!(Path::new(&out).join(name).is_file(), "{name} is missing");
        }
    }
    assert_eq!(fs::read_to_string(Path::new(&out).join("a.txt")).expect("is there"), LED);
    let alone = extract(&["--format", "json", &file(&texts, "in/a.txt")], "").stdout();
    assert_eq!(fs::read_to_string(Path::new(&out).join("a.json")).expect("is there"), alone);
    assert!(extract(&["--format", "brat", &input], "").stderr().contains("--output FOLDER/"));
}

#[test]
fn a_run_becomes_one_graph_with_days_and_contradictions() {
    let holds = |name: &str| format!("HANOI, 3 March 2026 – The Minister of Health of Malaysia, {name}, met Japan.");
    let folder = folder(&[
        ("a.txt", "HANOI, 1 March 2026 – The workshop was led by Japan. Malaysia hosted the Penang Forum."),
        ("b.txt", "HANOI, 9 March 2026 – The workshop was led by Japan. The Penang Forum was hosted by Malaysia."),
        ("c.txt", &holds("Aminah Exampleton")),
        ("d.txt", &holds("Borhan Sampleman")),
        ("e.txt", "HANOI, 3 March 2026 – The Minister of Health of Japan, Chieko Instanceda, met Malaysia."),
    ]);
    let graph = extract(&["--merge", "--format", "json", path(&folder)], "").json();
    let list = |name: &str| graph[name].as_array().expect("a list").clone();
    let of = |relation: &str| list("edges").into_iter().filter(|edge| edge["type"] == relation).collect::<Vec<_>>();
    let hosted = of("hosted_by");
    assert_eq!((hosted.len(), &hosted[0]["target"]), (1, &Value::from("state:my")));
    assert_eq!((&hosted[0]["first_seen"], &hosted[0]["last_seen"]), (&"2026-03-01".into(), &"2026-03-09".into()));
    assert_eq!(of("led_by").len(), 2, "two workshops without names are two");
    assert_eq!(of("met_with").len(), 3, "{graph:#}");
    let messages: Vec<Value> = list("contradictions").into_iter().map(|found| found["message"].clone()).collect();
    assert_eq!(messages, ["Aminah Exampleton and Borhan Sampleman are both Minister of Health"]);
    let table = extract(&["--merge", path(&folder)], "").stdout();
    assert!(table.contains("  Penang Forum — hosted_by → Malaysia\n      2026-03-01 to 2026-03-09: "), "{table}");
    assert!(table.contains("Contradictions (1)"), "{table}");
    let only = extract(&["--merge", "--only-relations", "holds_role", "--format", "json", path(&folder)], "").json();
    assert_eq!(only["contradictions"].as_array().map(Vec::len), Some(1), "employers count although they are not given");
}

#[test]
fn two_statements_are_compared() {
    let folder = folder(&[
        (
            "old.txt",
            "Malaysia condemned the Penang Agreement. Japan will host the Penang Forum. Thailand supported the Penang Plan. Peru welcomed the Penang Pact.",
        ),
        (
            "new.txt",
            "Malaysia criticised the Penang Agreement. Japan hosted the Penang Forum. Thailand opposed the Penang Plan. Chile joined ASEAN.",
        ),
    ]);
    let (old, new) = (file(&folder, "old.txt"), file(&folder, "new.txt"));
    let found = extract(&["--diff", &old, "--format", "json", &new], "").json();
    let told = |name: &str, fields: &[&str]| -> Vec<String> {
        let list = found[name].as_array().expect("a list");
        list.iter()
            .map(|item| fields.iter().map(|f| item[*f].as_str().expect("text")).collect::<Vec<_>>().join(" "))
            .collect()
    };
    assert_eq!(told("new", &["source", "type", "target"]), ["Chile member_of ASEAN"]);
    assert_eq!(told("gone", &["source", "type", "target"]), ["Peru supports Penang Pact"]);
    let changed = told("changed", &["source", "what", "from", "to"]);
    assert_eq!(
        changed,
        ["Japan status planned asserted", "Malaysia word condemned criticised", "Thailand stance supports opposes"]
            .map(|expected| expected.replace("Japan", "Penang Forum"))
    );
    assert_eq!(found["new_entities"], serde_json::json!(["Chile (state)", "ASEAN (body)"]));

    // an earlier run may stand for its texts
    let run = file(&folder, "run.jsonl");
    extract(&["--format", "jsonl", "--output", &run, &old], "");
    assert_eq!(extract(&["--diff", &run, "--format", "json", &new], "").json(), found);
    assert_eq!(extract(&["--diff", &run, &old], "").stdout(), "Nothing changed.\n");
    let table = extract(&["--diff", &old, &new], "").stdout();
    assert!(table.contains("  ~ Malaysia — opposes → Penang Agreement word: condemned → criticised\n"), "{table}");
    fs::write(&run, "{\"entities\": []}\n").expect("writes");
    let failed = extract(&["--diff", &run, &new], "");
    assert!(failed.stderr().contains(&format!("{run}:1:")), "{}", failed.stderr());
    assert_eq!(failed.status(), 1);
}

#[test]
fn an_output_file_is_replaced_at_the_end_or_left_alone() {
    let folder = folder(&[("a.txt", LED), ("out.jsonl", "of yesterday")]);
    let out = file(&folder, "out.jsonl");
    let failed = extract(&["--format", "jsonl", "--output", &out, &file(&folder, "missing.txt")], "");
    assert_eq!((failed.status(), fs::read_to_string(&out).expect("is there")), (1, "of yesterday".to_owned()));
    let done = extract(&["--format", "jsonl", "--output", &out, &file(&folder, "a.txt")], "");
    assert_eq!((done.status(), done.stdout()), (0, String::new()));
    assert!(fs::read_to_string(&out).expect("is there").contains("led_by"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "a temporary file was left");
    let nowhere = file(&folder, "no/such/folder.jsonl");
    let failed = extract(&["--output", &nowhere], LED);
    assert_eq!(failed.status(), 1);
    assert!(failed.stderr().contains(&nowhere), "{}", failed.stderr());
}

#[test]
fn own_names_are_found() {
    let columns = "id\tname\taliases\tacronyms\tstate\tkind\tparent\twikidata\tsource";
    let folder = folder(&[
        ("organisations/mine.tsv", &format!("{columns}\nzyx\tZyxwv Circle\t\tZXC\t\tngo\t\t\teditors\n")),
        ("organisations/bad.tsv", &format!("{columns}\nzyx\tZyxwv Circle\n")),
        ("names.tsv", columns),
    ]);
    let table = file(&folder, "organisations/mine.tsv");
    let json = extract(&["--format", "json", "--gazetteer", &table], "The workshop was led by ZXC.").json();
    let keys: Vec<&Value> = json["entities"].as_array().expect("a list").iter().map(|e| &e["key"]).collect();
    assert!(keys.contains(&&Value::from("organisation:zyx")), "{json}");

    let bad = file(&folder, "organisations/bad.tsv");
    let failed = extract(&["--gazetteer", &bad], LED);
    assert!(failed.stderr().contains(&format!("{bad}:2: ")), "{}", failed.stderr());
    let unclear = extract(&["--gazetteer", &file(&folder, "names.tsv")], LED);
    assert!(unclear.stderr().contains("states, places, agencies"), "{}", unclear.stderr());
    assert_eq!((failed.status(), unclear.status()), (1, 1));
}

#[test]
fn json_lines_hold_names_of_any_tables() {
    let folder = folder(&[
        (
            "mine.jsonl",
            r#"{"table": "organisations", "id": "zyx", "name": "Zyxwv Circle", "acronyms": ["ZXC"]}
{"table": "agencies", "id": "my-zyx", "name": "Zyxwv Board", "state": "my"}"#,
        ),
        ("bad.jsonl", "\n{\"table\": \"agencies\"}\n"),
    ]);
    let own = ["--format", "json", "--gazetteer", &file(&folder, "mine.jsonl")];
    let json = extract(&own, "The workshop was led by ZXC and the Zyxwv Board.").json();
    let keys: Vec<&str> =
        json["entities"].as_array().expect("a list").iter().filter_map(|e| e["key"].as_str()).collect();
    assert_eq!(keys, ["organisation:zyx", "agency:my-zyx"]);

    let bad = file(&folder, "bad.jsonl");
    let failed = extract(&["--gazetteer", &bad], LED);
    assert!(failed.stderr().contains(&format!("{bad}:2: ")), "{}", failed.stderr());
    assert_eq!(failed.status(), 1);
}

#[test]
fn rules_are_added_and_taken_away() {
    let rule = r#"
[[rule]]
id = "mentors/verb"
relation = "mentors"
verbs = ["train"]
source = "agent"
source_types = ["agent"]
target = "patient"
target_types = ["agent"]
examples = [{ text = "Japan trained Malaysia.", finds = ["Japan -> Malaysia"] }]
counter = ["Japan left on a train."]
"#;
    let folder = folder(&[("mine.toml", rule), ("bad.toml", &rule.replace("relation", "relations"))]);
    let own = ["--format", "json", "--rules", &file(&folder, "mine.toml"), "--without-rule", "led_by/verb"];
    let text = format!("{LED} {HOSTED} Japan trained Malaysia.");
    let types = |args: &[&str]| -> Vec<String> {
        let json = extract(args, &text).json();
        let relations = json["relations"].as_array().expect("a list");
        relations.iter().map(|r| r["type"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(types(&own), ["hosted_by", "mentors"]);
    assert_eq!(types(&[&own[..], &["--only-relations", "mentors"]].concat()), ["mentors"]);

    let bad = file(&folder, "bad.toml");
    let failed = extract(&["--rules", &bad], LED);
    assert!(failed.stderr().contains(&format!("{bad}:4: ")), "{}", failed.stderr());
    assert_eq!(failed.status(), 1);
}

#[test]
fn the_day_of_the_documents_gives_relative_dates_their_values() {
    let json = extract(&["--format", "json", "--date", "2024-11-15"], "Malaysia and Japan met yesterday.").json();
    let values: Vec<&str> =
        json["entities"].as_array().expect("a list").iter().filter_map(|e| e["value"].as_str()).collect();
    assert_eq!(values, ["2024-11-14"]);
}

#[test]
fn a_day_that_the_calendar_does_not_have_is_a_finding() {
    let done = extract(&[], "Malaysia and Japan met on 31 February 2024.");
    let end = "\nFindings (1)\n  the calendar has no such day: `31 February 2024`\n";
    assert!(done.stdout().ends_with(end), "{}", done.stdout());
    assert_eq!((done.stderr(), done.status()), (String::new(), 0));
}

#[test]
fn each_warning_is_told_once() {
    let folder = folder(&[("a.txt", LED), ("b.txt", HOSTED)]);
    let late = extract(&["--date", "2199-01-01", path(&folder)], "");
    assert_eq!(late.stdout().matches("Findings (1)\n  the document is of 2199-01-01").count(), 2, "{}", late.stdout());
    assert_eq!(late.stderr().lines().count(), 1, "{}", late.stderr());
    assert!(late.stderr().starts_with("warning: the document is of 2199-01-01"), "{}", late.stderr());
    assert_eq!(late.status(), 0);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let done = extract(&[], "“Press \x1b[2J the red \u{202e}button,” said Prime Minister Anwar Ibrahim.");
    assert!(done.stdout().contains("Quotes (1)"), "{}", done.stdout());
    assert!(!done.stdout().contains(['\x1b', '\u{202e}']), "{:?}", done.stdout());
}

#[test]
fn control_characters_do_not_reach_the_terminal_from_graphs_either() {
    let text = "The workshop was led by Malaysia under the theme “Press \x1b[2J the \u{202e}button”.";
    let folder = folder(&[("a\x1b[2J.txt", text), ("b.txt", HOSTED)]);
    let (hostile, other) = (file(&folder, "a\x1b[2J.txt"), file(&folder, "b.txt"));
    for args in [&["--merge", &hostile][..], &["--diff", &hostile, &other], &["--diff", &other, &hostile]] {
        let done = extract(args, "");
        assert!(done.stdout().contains("button"), "{args:?}: {}", done.stdout());
        assert!(!done.stdout().contains(['\x1b', '\u{202e}']), "{args:?}: {:?}", done.stdout());
    }
}

#[test]
fn help_version_and_completions() {
    assert!(extract(&["--help"], "").stdout().contains("Examples:"));
    assert_eq!(extract(&["--version"], "").stdout(), format!("extract {}\n", env!("CARGO_PKG_VERSION")));
    assert!(extract(&["--completions", "bash"], "").stdout().contains("--only-relations"));
}

/// Runs the program with `input` on its standard input.
fn extract(args: &[&str], input: &str) -> Output {
    let mut child = command(args).spawn().expect("starts");
    // it may well end without reading
    let _ = child.stdin.take().expect("is piped").write_all(input.as_bytes());
    child.wait_with_output().expect("ends")
}

fn command(args: &[&str]) -> Command {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let mut command = Command::new(PROGRAM.get_or_init(|| program::build("extract")));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn file(folder: &TempDir, name: &str) -> String {
    Path::new(path(folder)).join(name).display().to_string()
}
