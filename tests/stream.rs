//! The example program `extract` on streams of documents: every line is answered, in order, whatever is wrong with it.

#[path = "support/program.rs"]
mod program;

use flate2::Compression;
use flate2::write::GzEncoder;
use program::{Said, folder, path};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::thread;
use tempfile::TempDir;

const LED: &str = "The workshop was led by Malaysia.";
const ERRORS: i32 = 3;

#[test]
fn a_bad_line_is_answered_with_what_is_wrong_and_the_run_goes_on() {
    let cases: &[(&[u8], Value, &str)] = &[
        (b"{\"text\": \"It rained.\"", Value::Null, "no object of JSON: EOF while parsing an object at byte 21"),
        (b"[\"It rained.\"]", Value::Null, "no object of JSON: invalid type: sequence, expected a map at byte 0"),
        (b"", Value::Null, "the line is empty; an object of JSON was expected"),
        (b"{\"doc\": \"a\"}", "a".into(), "the field `text` is missing"),
        (b"{\"doc\": 7, \"text\": null}", "7".into(), "the field `text` is null; text was expected"),
        (b"{\"doc\": [], \"text\": \"\"}", Value::Null, "the field `doc` is a list; text was expected"),
        (
            b"{\"doc\": \"b\", \"text\": \"\", \"date\": \"3 May\"}",
            "b".into(),
            "the field `date` is `3 May`: a day of the calendar was expected, such as 2024-11-15",
        ),
        (
            b"{\"doc\": \"c\", \"text\": \"\", \"date\": 2024}",
            "c".into(),
            "the field `date` is a number; text was expected",
        ),
        (b"{\"doc\": \"d\", \"text\": \"Caf\xe9\"}", "d".into(), "no UTF-8 at byte 25 of the line"),
        (b"\xff\xfe", Value::Null, "no UTF-8 at byte 0 of the line"),
    ];
    let good = line("good", LED);
    let mut input = Vec::new();
    for (bad, ..) in cases {
        input.extend([good.as_bytes(), b"\n", bad, b"\n"].concat());
    }
    let done = stream(&["--threads", "3"], &input);
    let answers = done.lines();
    assert_eq!(answers.len(), 2 * cases.len());
    for (n, (_, doc, error)) in cases.iter().enumerate() {
        assert_eq!(answers[2 * n]["relations"][0]["type"], "led_by");
        assert_eq!(answers[2 * n + 1], json!({"doc": doc, "file": "-", "line": 2 * n + 2, "error": error}));
    }
    assert_eq!(done.stderr(), "warning: 10 of 20 answers are errors\n");
    assert_eq!(done.status(), ERRORS);
}

#[test]
fn a_document_gives_the_same_in_a_stream_as_in_a_file() {
    let folder = folder(&[("a.txt", LED)]);
    let name = folder.path().join("a.txt").display().to_string();
    let alone = run(&["--format", "jsonl", &name], b"").stdout();
    let streamed = stream(&[], line(&name, LED).as_bytes());
    assert_eq!((streamed.stdout(), streamed.stderr(), streamed.status()), (alone, String::new(), 0));
}

#[test]
fn fields_may_have_other_names_and_most_may_be_missing() {
    let value = |done: &Output, n: usize| -> Value { done.lines()[n]["entities"][0]["value"].clone() };
    let named = ["--field-doc", "id", "--field-text", "body", "--field-date", "day"];
    let input = json!({"id": 7, "body": "Yesterday it rained.", "day": "2024-11-15", "text": 1, "doc": 2}).to_string();
    let done = stream(&named, input.as_bytes());
    assert_eq!((&done.json()["doc"], value(&done, 0)), (&"7".into(), "2024-11-14".into()));

    // without a name, a line is called by its number; without a day, --date holds
    let without =
        "{\"text\": \"Yesterday it rained.\"}\r\n{\"text\": \"Yesterday it rained.\", \"doc\": null, \"date\": \"\"}";
    let done = stream(&["--date", "2024-03-01"], without.as_bytes());
    for n in 0..2 {
        assert_eq!(done.lines()[n]["doc"], format!("-:{}", n + 1));
        assert_eq!(value(&done, n), "2024-02-29");
    }
    assert_eq!(done.status(), 0);
}

#[test]
fn answers_come_in_the_order_of_the_lines_on_any_number_of_threads() {
    let long = LED.repeat(500);
    let text = |n: usize| if n.is_multiple_of(97) { &long } else { LED };
    let input: String = (0..2000).map(|n| line(&n.to_string(), text(n)) + "\n").collect();
    let one = stream(&["--threads", "1"], input.as_bytes()).stdout();
    let docs: Vec<Value> =
        one.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["doc"].clone()).collect();
    assert_eq!(docs, (0..2000).map(|n| n.to_string()).collect::<Vec<_>>());
    assert!(one == stream(&["--threads", "4"], input.as_bytes()).stdout(), "another result on four threads");
}

#[test]
fn what_is_compressed_is_known_by_its_content() {
    let lines: Vec<String> = (0..300).map(|n| line(&n.to_string(), LED) + "\n").collect();
    let plain = lines.concat().into_bytes();
    let expected = stream(&[], &plain).stdout();
    let (a, b) = plain.split_at(plain.len() / 3);
    let skipped = [&[0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
    for (name, bytes) in [
        ("with a mark of its encoding", [b"\xef\xbb\xbf", &plain[..]].concat()),
        ("gzip", gzip(&plain)),
        ("gzip in two members", [gzip(a), gzip(b)].concat()),
        ("zstd", zstd(&plain)),
        ("zstd in two frames", [zstd(a), zstd(b)].concat()),
        ("zstd between frames without content", [&skipped[..], &zstd(&plain), &skipped].concat()),
    ] {
        let done = stream(&[], &bytes);
        assert!(done.stdout() == expected, "{name}: {}", done.stderr());
        assert_eq!(done.status(), 0, "{name}");
    }
    assert_eq!(stream(&[], b"").stdout(), "");
}

#[test]
fn a_file_that_ends_early_is_answered_as_far_as_it_goes_and_then_with_an_error() {
    let lines: Vec<String> = (0..300).map(|n| line(&n.to_string(), &format!("{LED} {}", n * 7919)) + "\n").collect();
    let plain = lines.concat().into_bytes();
    for (name, bytes) in [("a.jsonl.gz", gzip(&plain)), ("a.jsonl.zst", zstd(&plain))] {
        let folder = folder(&[("b.jsonl", &line("after", LED))]);
        let cut = folder.path().join(name);
        fs::write(&cut, &bytes[..bytes.len() - 9]).expect("writes");
        let done = stream(&[path(&folder)], b"");
        let answers = done.lines();
        let (last, answers) = answers.split_last().expect("answers");
        assert_eq!(last["doc"], "after", "{name}: the next file is read all the same");
        let (error, results) = answers.split_last().expect("answers");
        for (n, result) in results.iter().enumerate() {
            assert_eq!(result["doc"], n.to_string(), "{name}");
        }
        assert_eq!((&error["file"], &error["line"]), (&json!(cut), &json!(results.len() + 1)), "{name}");
        assert!(
            error["error"].as_str().is_some_and(|error| error.starts_with("cannot be read on: ")),
            "{name}: {error}"
        );
        assert_eq!(done.status(), 1, "{name}");
    }
}

#[test]
fn a_line_of_a_hundred_megabytes_is_answered_and_not_kept() {
    let huge = line("huge", &"x".repeat(100 << 20));
    let input = [&line("before", LED), &huge, &line("after", LED), &huge].map(|line| line.clone() + "\n").concat();
    let answers = stream(&[], input.as_bytes()).lines();
    let docs: Vec<&Value> = answers.iter().map(|answer| &answer["doc"]).collect();
    assert_eq!(docs, [&json!("before"), &Value::Null, &json!("after"), &Value::Null]);
    let error =
        |n: usize| json!({"doc": null, "file": "-", "line": n, "error": "the line is longer than 1048576 bytes"});
    assert_eq!((&answers[1], &answers[3]), (&error(2), &error(4)));

    let short = [line("short", "It rained."), line("long", LED)].join("\n");
    let answers = stream(&["--max-line", "50"], short.as_bytes()).lines();
    assert_eq!(
        (&answers[0]["doc"], &answers[1]["error"]),
        (&json!("short"), &json!("the line is longer than 50 bytes"))
    );
}

#[test]
fn a_folder_is_searched_for_lines_of_json_and_a_missing_file_is_answered() {
    let texts =
        folder(&[("b.jsonl", &line("b", LED)), ("a/c.JSONL", &line("c", LED)), ("a.txt", LED), ("d.json", "{}")]);
    fs::write(texts.path().join("d.jsonl.gz"), gzip(line("d", LED).as_bytes())).expect("writes");
    let missing = texts.path().join("missing.jsonl").display().to_string();
    let done = stream(&[&missing, path(&texts)], b"");
    let answers = done.lines();
    let docs: Vec<&Value> = answers[1..].iter().map(|answer| &answer["doc"]).collect();
    assert_eq!(docs, ["c", "b", "d"]);
    assert_eq!((&answers[0]["file"], &answers[0]["line"]), (&json!(missing), &json!(0)));
    assert_eq!(done.status(), 1);
    let empty = TempDir::new().expect("a folder");
    assert!(stream(&[path(&empty)], b"").stderr().contains("no .jsonl file below"));
}

#[test]
fn no_line_waits_for_a_later_one() {
    let mut child = start(&["--input", "jsonl"]);
    let mut input = child.stdin.take().expect("is piped");
    let mut output = BufReader::new(child.stdout.take().expect("is piped"));
    for n in 0..3 {
        writeln!(input, "{}", line(&n.to_string(), LED)).expect("is read");
        let mut answer = String::new();
        output.read_line(&mut answer).expect("is answered");
        assert!(answer.starts_with(&format!("{{\"doc\":\"{n}\",")), "{answer}");
    }
    drop(input);
    assert!(child.wait().expect("ends").success());
}

#[test]
fn a_killed_run_has_written_whole_answers_to_the_first_lines() {
    let mut child = start(&["--input", "jsonl"]);
    let mut input = child.stdin.take().expect("is piped");
    let writer =
        thread::spawn(move || (0..).take_while(|n| writeln!(input, "{}", line(&n.to_string(), LED)).is_ok()).count());
    let mut lines = BufReader::new(child.stdout.take().expect("is piped")).lines();
    let mut docs: Vec<String> = (0..500).map(|_| doc(&lines.next().expect("is answered").expect("is UTF-8"))).collect();
    child.kill().expect("is killed");
    // what is left in the pipe; only its last line may be cut
    let rest: Vec<String> = lines.map_while(Result::ok).collect();
    docs.extend(rest.iter().take(rest.len().saturating_sub(1)).map(|line| doc(line)));
    let given = writer.join().expect("ends");
    assert!(docs.len() <= given);
    assert_eq!(docs, (0..docs.len()).map(|n| n.to_string()).collect::<Vec<_>>());
    assert!(!child.wait().expect("ends").success());
}

#[test]
fn what_a_stream_cannot_be_written_as_ends_with_status_2() {
    for wrong in [
        &["--format", "csv"][..],
        &["--merge"],
        &["--diff", "old.txt"],
        &["--why-not", "a", "b"],
        &["--output", "folder/"],
        &["--max-line", "0"],
    ] {
        let done = stream(wrong, b"");
        assert_eq!((done.status(), done.stdout()), (2, String::new()), "{wrong:?}");
        assert!(done.stderr().starts_with("error: "), "{wrong:?}: {}", done.stderr());
    }
}

/// A line of JSON with a document.
fn line(doc: &str, text: &str) -> String {
    json!({"doc": doc, "text": text}).to_string()
}

/// Whose answer a line is.
fn doc(answer: &str) -> String {
    let answer: Value = serde_json::from_str(answer).expect("a line of JSON");
    answer["doc"].as_str().expect("a name").to_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("compresses");
    encoder.finish().expect("compresses")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// Runs the program on lines of JSON.
fn stream(args: &[&str], input: &[u8]) -> Output {
    run(&[&["--input", "jsonl"], args].concat(), input)
}

/// Runs the program with `input` on its standard input.
fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = start(args);
    let mut stdin = child.stdin.take().expect("is piped");
    thread::scope(|scope| {
        // it may well end without reading
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().expect("ends")
    })
}

fn start(args: &[&str]) -> Child {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let mut command = Command::new(PROGRAM.get_or_init(|| program::build("extract")));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("starts")
}
