//! The example program `extract` where the system fails it: full disks, readers that leave, files that cannot be read.
#![cfg(target_os = "linux")]

#[path = "support/program.rs"]
mod program;

use program::{Said, folder, path};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

const LED: &str = "The workshop was led by Malaysia.\n";
const FORMATS: [&str; 12] =
    ["table", "json", "jsonl", "csv", "csv-entities", "html", "dot", "graphml", "turtle", "jsonld", "ftm", "brat"];
/// A disk on which no file grows beyond a kibibyte or half of one, as shells count.
const SMALL: &str = "ulimit -f 1; exec \"$0\" \"$@\"";
/// The same, where a program is told of it and not ended.
const SMALL_AND_TOLD: &str = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";

#[test]
fn a_full_disk_is_told_and_ends_the_run_with_status_1() {
    let files = folder(&[("a.txt", LED), ("b.txt", ""), ("c.jsonl", "{\"text\": \"\"}\n")]);
    let [a, b, lines] = ["a.txt", "b.txt", "c.jsonl"].map(|name| files.path().join(name).display().to_string());
    let mut runs: Vec<Vec<&str>> = FORMATS.iter().map(|format| vec!["--format", format, &a]).collect();
    runs.push(vec!["--merge", "--format", "graphml", &a, &b]);
    runs.push(vec!["--diff", &a, &b]);
    runs.push(vec!["--input", "jsonl", &lines]);
    for args in runs {
        let to_output = run(command(&args).args(["--output", "/dev/full"]));
        let full = File::create("/dev/full").expect("Linux has it");
        let to_stdout = run(command(&args).stdout(full));
        for (done, name) in [(to_output, "/dev/full"), (to_stdout, "standard output")] {
            let expected = format!("error: cannot write {name}: No space left on device (os error 28)\n");
            assert_eq!((done.stderr(), done.status()), (expected, 1), "{args:?}");
        }
    }
}

#[test]
fn a_run_that_fails_leaves_the_old_file_as_it_was_and_nothing_beside_it() {
    let files = folder(&[("a.txt", LED), ("b.txt", &LED.repeat(100)), ("out/out.jsonl", "of yesterday")]);
    let out = files.path().join("out/out.jsonl");
    let done = run(shell(SMALL_AND_TOLD, &["--format", "jsonl", path(&files), "--output"]).arg(&out));
    assert_eq!(done.status(), 1);
    assert!(done.stderr().starts_with(&format!("error: cannot write {}: ", out.display())), "{}", done.stderr());
    assert_eq!(fs::read_to_string(&out).expect("is there"), "of yesterday");
    assert_eq!(fs::read_dir(files.path().join("out")).expect("is there").count(), 1, "something was left beside it");
}

#[test]
fn a_run_that_is_killed_leaves_the_old_file_as_it_was() {
    let files = folder(&[("a.txt", &LED.repeat(100)), ("out/out.json", "of yesterday")]);
    let out = files.path().join("out/out.json");
    let done = run(shell(SMALL, &["--format", "json", path(&files), "--output"]).arg(&out));
    assert!(done.status.signal().is_some(), "{:?}", done.status);
    assert_eq!(fs::read_to_string(&out).expect("is there"), "of yesterday");
}

#[test]
fn of_a_folder_that_fills_the_disk_each_file_is_whole_or_not_there() {
    let files = folder(&[("in/a.txt", ""), ("in/b.txt", &LED.repeat(100)), ("in/c.txt", "")]);
    let (input, out) = (files.path().join("in"), files.path().join("out"));
    for (script, killed) in [(SMALL_AND_TOLD, false), (SMALL, true)] {
        let mut limited = shell(script, &["--format", "json", "--threads", "1"]);
        let done = run(limited.arg(&input).arg("--output").arg(format!("{}/", out.display())));
        assert_eq!(done.status.signal().is_some(), killed, "{:?}", done.status);
        let names: BTreeSet<String> = names(&out).into_iter().filter(|name| !name.starts_with('.')).collect();
        assert_eq!(names, BTreeSet::from(["a.json".to_owned()]));
        let alone = run(command(&["--format", "json"]).arg(input.join("a.txt"))).stdout();
        assert_eq!(fs::read_to_string(out.join("a.json")).expect("is there"), alone);
    }
}

#[test]
fn whoever_has_seen_enough_ends_the_run_quietly_in_every_format() {
    let files: Vec<(String, String)> = (0..30).map(|n| (format!("{n}.txt"), LED.repeat(60))).collect();
    let files = folder(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>());
    for format in FORMATS.into_iter().filter(|format| *format != "brat") {
        let mut child = command(&["--format", format, path(&files)]).stdout(Stdio::piped()).spawn().expect("starts");
        let mut first = String::new();
        BufReader::with_capacity(1, child.stdout.take().expect("is piped")).read_line(&mut first).expect("reads");
        let done = child.wait_with_output().expect("ends");
        assert_eq!((done.stderr(), done.status()), (String::new(), 0), "{format}");
        assert!(!first.is_empty(), "{format}");
    }
}

#[test]
fn of_a_thousand_files_those_that_cannot_be_read_are_told_and_counted_and_the_rest_is_done() {
    let files: Vec<String> = (0..1000).map(|n| format!("{n:03}.txt")).collect();
    let files = folder(&files.iter().map(|name| (name.as_str(), LED)).collect::<Vec<_>>());
    let file = |name: &str| files.path().join(name);
    fs::write(file("500.txt"), b"The workshop was led by Malaysia, \xff said.").expect("writes");
    fs::create_dir(file("a-folder.txt")).expect("makes a folder");
    symlink("nowhere", file("a-link.txt")).expect("makes a link");
    symlink("itself.txt", file("itself.txt")).expect("makes a link");
    // only its owner is kept from reading it, and not where that is root
    fs::set_permissions(file("700.txt"), fs::Permissions::from_mode(0o000)).expect("may");
    let kept_out = File::open(file("700.txt")).is_err();
    let done = run(&mut command(&["--format", "jsonl", path(&files)]));
    let unreadable = 2 + usize::from(kept_out);
    assert_eq!((done.lines().len(), done.status()), (1002 - unreadable, 1));
    assert!(done.lines().iter().all(|line| line["relations"][0]["type"] == "led_by"));
    let told = done.stderr();
    for expected in [
        format!("warning: {}: no UTF-8 at byte 34; ", file("500.txt").display()),
        format!("error: cannot read {}: No such file or directory", file("a-link.txt").display()),
        format!("error: cannot read {}: ", file("itself.txt").display()),
        format!("error: {unreadable} of 1002 could not be read\n"),
    ] {
        assert_eq!(told.matches(&expected).count(), 1, "{expected}\n{told}");
    }
    assert_eq!(told.lines().count(), 2 + unreadable, "{told}");
}

#[test]
fn every_file_of_names_or_rules_that_cannot_be_read_is_told() {
    let files = folder(&[("a.txt", LED), ("places/bad.tsv", "id\tname\nx\n"), ("other.tsv", "id\tname\n")]);
    let file = |name: &str| files.path().join(name).display().to_string();
    let mut args = Vec::new();
    for (option, name) in [
        ("--gazetteer", "places/none.tsv"),
        ("--gazetteer", "none.jsonl"),
        ("--gazetteer", "other.tsv"),
        ("--gazetteer", "places/bad.tsv"),
        ("--rules", "none.toml"),
    ] {
        args.extend([option.to_owned(), file(name)]);
    }
    let done = run(command(&[]).args(&args).arg(file("a.txt")));
    assert_eq!((done.status(), done.stdout()), (1, String::new()));
    let told = done.stderr();
    for name in ["places/none.tsv", "none.jsonl", "other.tsv", "places/bad.tsv", "none.toml"] {
        assert_eq!(told.lines().filter(|line| line.contains(&file(name))).count(), 1, "{name}\n{told}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("is there").map(|entry| entry.expect("an entry").file_name());
    entries.map(|name| name.to_string_lossy().into_owned()).collect()
}

/// The program with these arguments.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new(extract());
    command.args(args).stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

/// The same, begun by a shell that may limit it.
fn shell(script: &str, args: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(extract()).args(args).stdin(Stdio::null());
    command
}

fn extract() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| program::build("extract"))
}

fn run(command: &mut Command) -> Output {
    command.output().expect("starts")
}
