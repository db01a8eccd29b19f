//! The example program `extract` with Parquet: every row is answered, in order, whatever is wrong with it, and answers can be rows.
#![cfg(feature = "parquet")]

#[path = "support/program.rs"]
mod program;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, Date32Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use program::{Said, folder, path};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

const LED: &str = "The workshop was led by Malaysia.";
const ERRORS: i32 = 3;

#[test]
fn rows_in_and_rows_out_say_what_lines_in_and_lines_out_say() {
    let hostile = "NUL \0, \u{feff}\u{202e}, 🇲🇾, \"quotes\", \\ and \r\n“Thailand”. =1+1";
    let texts: Vec<Option<&str>> = (0..200)
        .map(|n| match n % 10 {
            3 => None,
            5 => Some(hostile),
            7 => Some(""),
            _ => Some(LED),
        })
        .collect();
    let docs: Vec<String> = (0..200).map(|n| format!("{n}\u{202e}\"")).collect();
    let folder = TempDir::new().expect("a folder");
    let table = folder.path().join("in.parquet");
    write(
        &table,
        &[("doc", strings(docs.iter().map(|doc| Some(doc.as_str())))), ("text", strings(texts.iter().copied()))],
    );
    let lines: String =
        docs.iter().zip(&texts).map(|(doc, text)| json!({"doc": doc, "text": text}).to_string() + "\n").collect();
    fs::write(folder.path().join("in.jsonl"), lines).expect("writes");

    let out = folder.path().join("out.parquet");
    let mut said = Vec::new();
    for input in ["parquet", "jsonl"] {
        let from = folder.path().join("in").with_extension(input);
        let lines = run(&["--input", input, name(&from)]);
        assert_eq!(lines.status(), ERRORS, "{}", lines.stderr());
        for threads in ["1", "2"] {
            let args = ["--input", input, "--format", "parquet", "--threads", threads, "--output", name(&out)];
            let done = run(&[&args[..], &[name(&from)]].concat());
            assert_eq!((done.status(), done.stderr()), (ERRORS, "warning: 20 of 200 answers are errors\n".into()));
            let rows = read(&out);
            assert_eq!(rows.len(), 200);
            for ((row, line), doc) in rows.iter().zip(lines.lines()).zip(&docs) {
                assert_eq!(row["doc"], **doc);
                let relations = line["relations"].as_array().map(Vec::len);
                assert_eq!(row["relations"].as_u64(), relations.map(|count| count as u64), "{line}");
                let error = line.get("error").map(|error| format!("{}:{}: {}", name(&from), line["line"], told(error)));
                assert_eq!(row["error"], json!(error));
            }
            said.push(lines.lines().into_iter().filter(|line| line.get("error").is_none()).collect::<Vec<_>>());
        }
    }
    assert!(said.windows(2).all(|two| two[0] == two[1]), "rows say something else than lines");
}

#[test]
fn a_row_that_cannot_be_read_is_answered_with_what_is_wrong() {
    let folder = TempDir::new().expect("a folder");
    let table = folder.path().join("a.parquet");
    let long = "x".repeat(60);
    write(
        &table,
        &[
            ("id", Arc::new(Int64Array::from(vec![Some(1), None, Some(3), Some(4)]))),
            ("body", strings([Some(LED), None, Some(&long), Some("Yesterday it rained.")])),
            ("day", Arc::new(Date32Array::from(vec![None, None, None, Some(20_042)]))),
        ],
    );
    let named = ["--field-doc", "id", "--field-text", "body", "--field-date", "day", "--max-line", "50"];
    let done = run(&[&["--input", "parquet"], &named[..], &[name(&table)]].concat());
    let answers = done.lines();
    let file = name(&table);
    assert_eq!(answers[0]["relations"][0]["type"], "led_by");
    let missing = "the column `body` is null; text was expected";
    assert_eq!(answers[1], json!({"doc": null, "file": file, "line": 2, "error": missing}));
    assert_eq!(answers[2], json!({"doc": "3", "file": file, "line": 3, "error": "the text is longer than 50 bytes"}));
    assert_eq!(answers[3]["entities"][0]["value"], "2024-11-14");
    assert_eq!(done.status(), ERRORS);
}

#[test]
fn a_file_that_cannot_be_read_is_answered_and_the_others_are_read_all_the_same() {
    let folder = TempDir::new().expect("a folder");
    let good = folder.path().join("z.parquet");
    let rows: Vec<String> = (0..500).map(|n| format!("{LED} {}", n * 7919)).collect();
    write(&good, &[("text", strings(rows.iter().map(|text| Some(text.as_str()))))]);
    let bytes = fs::read(&good).expect("reads");
    let mut damaged = bytes.clone();
    damaged[100..400].fill(0xff);
    let bad = folder.path().join("a.parquet");
    for (what, content, error) in [
        (
            "no Parquet",
            &b"{\"text\": \"It rained.\"}\n"[..],
            "cannot be read: Parquet error: Invalid Parquet file. Corrupt footer",
        ),
        ("empty", b"", "cannot be read: EOF: Parquet file too small. Size is 0"),
        ("cut", &bytes[..bytes.len() - 9], "cannot be read: Parquet error: Invalid Parquet file. Corrupt footer"),
        ("damaged", &damaged, "cannot be read on: "),
    ] {
        fs::write(&bad, content).expect("writes");
        let done = run(&["--input", "parquet", path(&folder)]);
        let answers = done.lines();
        assert_eq!(answers.len(), 1 + rows.len(), "{what}");
        assert_eq!((&answers[0]["doc"], &answers[0]["file"]), (&Value::Null, &json!(name(&bad))), "{what}");
        assert!(told(&answers[0]["error"]).starts_with(error), "{what}: {}", answers[0]["error"]);
        assert_eq!(answers[500]["doc"], format!("{}:500", name(&good)), "{what}");
        assert_eq!(done.status(), 1, "{what}");
    }
}

#[test]
fn a_missing_column_is_told_with_those_that_exist() {
    let folder = TempDir::new().expect("a folder");
    let table = folder.path().join("a.parquet");
    write(&table, &[("id", Arc::new(Int64Array::from(vec![7]))), ("body", strings([Some(LED)]))]);
    for (args, error) in [
        (&[][..], "column `text`: the column is missing; there are `id`, `body`"),
        (
            &["--field-text", "body", "--field-doc", "name"],
            "column `name`: the column is missing; there are `id`, `body`",
        ),
        (&["--field-text", "id"], "column `id`: the column is of the type Int64; text was expected"),
    ] {
        let done = run(&[&["--input", "parquet"], args, &[name(&table)]].concat());
        let error = format!("cannot be read: {error}");
        assert_eq!(done.json(), json!({"doc": null, "file": name(&table), "line": 0, "error": error}));
        assert_eq!(done.status(), 1);
    }
}

#[test]
fn files_that_are_documents_become_rows_too() {
    let texts = folder(&[("a.txt", LED), ("b/c.txt", "Caf\u{e9}")]);
    fs::write(texts.path().join("d.txt"), b"Caf\xe9 hosts were led by Malaysia.").expect("writes");
    let out = texts.path().join("out.parquet");
    let missing = texts.path().join("missing.txt");
    let done = run(&["--format", "parquet", "--output", name(&out), path(&texts), name(&missing)]);
    let rows = read(&out);
    let docs = ["a.txt", "b/c.txt", "d.txt", "missing.txt"].map(|file| json!(texts.path().join(file)));
    assert_eq!(rows.iter().map(|row| row["doc"].clone()).collect::<Vec<_>>(), docs);
    assert_eq!(rows.iter().map(|row| row["error"].is_null()).collect::<Vec<_>>(), [true, true, true, false]);
    assert!(done.stderr().contains("d.txt: no UTF-8 at byte 3"), "{}", done.stderr());
    assert_eq!(done.status(), 1);
}

#[test]
fn a_file_without_rows_gives_one_without_rows() {
    let folder = TempDir::new().expect("a folder");
    let (table, out) = (folder.path().join("a.parquet"), folder.path().join("b.parquet"));
    write(&table, &[("text", strings([]))]);
    let done = run(&["--input", "parquet", "--format", "parquet", "--output", name(&out), name(&table)]);
    assert_eq!((read(&out), done.status(), done.stderr()), (vec![], 0, String::new()));
}

#[test]
fn what_parquet_cannot_do_ends_with_status_2() {
    for (wrong, why) in [
        (&["--input", "parquet"][..], "cannot come from standard input"),
        (&["--input", "parquet", "-"], "cannot come from standard input"),
        (&["--input", "parquet", "--format", "csv", "a.parquet"], "with --format jsonl or parquet"),
        (&["--format", "parquet", "--merge", "a.txt"], "a row for each document"),
        (&["--format", "parquet", "--diff", "a.txt", "b.txt"], "a row for each document"),
        (&["--format", "parquet", "--output", "folder/", "a.txt"], "write one file"),
    ] {
        let done = run(wrong);
        assert_eq!((done.status(), done.stdout()), (2, String::new()), "{wrong:?}");
        assert!(done.stderr().contains(why), "{wrong:?}: {}", done.stderr());
    }
}

fn strings<'t>(values: impl IntoIterator<Item = Option<&'t str>>) -> ArrayRef {
    Arc::new(StringArray::from_iter(values))
}

fn told(error: &Value) -> &str {
    error.as_str().expect("words")
}

fn name(path: &Path) -> &str {
    path.to_str().expect("is UTF-8")
}

/// Writes a file of these columns, in several groups of rows.
fn write(path: &Path, columns: &[(&str, ArrayRef)]) {
    let columns = columns.iter().map(|(name, column)| (*name, column.clone(), true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).expect("a batch");
    let properties =
        WriterProperties::builder().set_compression(Compression::SNAPPY).set_max_row_group_row_count(Some(90)).build();
    let file = File::create(path).expect("a file");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("writes");
    writer.close().expect("writes");
}

/// The rows of a file: name, error, and the number of relations.
fn read(path: &Path) -> Vec<Value> {
    let file = File::open(path).expect("was written");
    let batches = ParquetRecordBatchReaderBuilder::try_new(file).expect("is Parquet").build().expect("is read");
    let mut rows = Vec::new();
    for batch in batches.map(|batch| batch.expect("is read")) {
        let text = |column: &str, row| {
            let column = batch[column].as_string::<i32>();
            column.is_valid(row).then(|| column.value(row).to_owned())
        };
        let relations = batch["relations"].as_list::<i32>();
        for row in 0..batch.num_rows() {
            let found = relations.is_valid(row).then(|| relations.value(row));
            // what a relation joins are entities of the same row
            let entities = batch["entities"].as_list::<i32>();
            for side in found.iter().flat_map(|found| {
                ["source", "target"].map(|side| found.as_struct().column_by_name(side).expect("is there").clone())
            }) {
                let sides = side.as_primitive::<Int64Type>();
                assert!(sides.values().iter().all(|&entity| entity < entities.value_length(row).into()));
            }
            rows.push(json!({
                "doc": text("doc", row),
                "error": text("error", row),
                "relations": found.map(|found| found.len()),
            }));
        }
    }
    rows
}

/// Runs the program.
fn run(args: &[&str]) -> Output {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let mut command = Command::new(PROGRAM.get_or_init(|| program::build("extract")));
    command.args(args).output().expect("starts")
}
