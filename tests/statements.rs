//! What is found in each press statement of `tests/statements/`, in a form that is read without counting offsets.
//!
//! A new statement needs no more than its text. After a change, look at what differs, and when all of it is meant:
//! `INSTA_UPDATE=always cargo test --test statements` (or `cargo insta review`), then commit `tests/snapshots/`.
//! With `CI` set nothing is written, and a difference or a missing snapshot fails.

use dateline::output::{Json, Offsets};
use dateline::{Entity, EntityId, Extraction, Extractor, Found, Span};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn every_statement_is_read_as_its_snapshot_says() {
    // all are compared before the test fails
    let differs = |path: &PathBuf| std::panic::catch_unwind(|| compare(path)).is_err();
    let different: Vec<String> = statements().iter().filter(|path| differs(path)).map(|path| stem(path)).collect();
    assert!(different.is_empty(), "{} differ: {}", different.len(), different.join(", "));
}

/// Passages of a sentence or a few, one for each turn of phrase, separated by empty lines.
#[test]
fn every_passage_is_read_as_the_snapshot_says() {
    let texts = read(&root().join("tests/passages.txt"));
    let told = |text: &str| {
        let found = Extractor::bundled().extract(text);
        let relations = found.relations.iter().map(|r| relation(text, &found, r) + &sides(text, r));
        let quotes = found.quotes.iter().map(|q| quote(text, &found, q));
        let lines: String = relations.chain(quotes).map(|line| format!("  {line}\n")).collect();
        format!("{text}\n{}", if lines.is_empty() { "  nothing\n" } else { &lines })
    };
    let passages: Vec<String> = texts.trim_end().split("\n\n").map(told).collect();
    snapshot("passages", &passages.join("\n"));
}

#[test]
fn the_json_of_the_example_is_as_its_snapshot_says() {
    let text = read(&root().join("examples/statement.txt"));
    let found = Extractor::bundled().extract(&text);
    let json = Json::new(&found, &text, Offsets::Chars).with_doc("examples/statement.txt");
    snapshot("example-as-json", &serde_json::to_string_pretty(&json).expect("a result can be serialised"));
}

#[test]
fn every_snapshot_of_a_statement_still_has_its_statement() {
    let statements: BTreeSet<String> = statements().iter().map(|path| stem(path)).collect();
    let is_of_a_statement = |path: &&PathBuf| {
        let other = ["example-as-json", "passages"].contains(&stem(path).as_str());
        read(path).starts_with("---\nsource: tests/statements.rs") && !other
    };
    let snapshots = files("tests/snapshots");
    let left_over: Vec<String> =
        snapshots.iter().filter(is_of_a_statement).map(|p| stem(p)).filter(|s| !statements.contains(s)).collect();
    assert!(left_over.is_empty(), "snapshots of nothing: {left_over:?}");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The texts, and not the annotations beside them.
fn statements() -> Vec<PathBuf> {
    files("tests/statements")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect()
}

/// The files of a folder, sorted.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root().join(folder)).into_iter().flatten().flatten().map(|file| file.path()).collect();
    files.sort();
    files
}

fn compare(path: &Path) {
    let text = read(path);
    snapshot(&stem(path), &render(&text, &Extractor::bundled().extract(&text)));
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The name of a file up to its first dot.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

fn snapshot(name: &str, content: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, content));
}

/// The text with its mentions marked, `[Malaysia|state 3]` for a name and `{its|state 3}` for a reference, then the lists.
fn render(text: &str, found: &Extraction) -> String {
    let mut out = format!("{}\n\n", marked(text, found).trim_end());
    if let Some(dateline) = &found.dateline {
        let name = |id: Option<EntityId>| id.map_or("?", |id| &found.entity(id).name);
        out += &format!("Dateline: {} | {}\n\n", name(dateline.place), name(dateline.date));
    }
    out += &section("Entities", found.entities.iter().map(|e| entity(text, e)));
    out += &section("Relations", found.relations.iter().map(|r| relation(text, found, r)));
    out += &section("Quotes", found.quotes.iter().map(|q| quote(text, found, q)));
    out
}

fn section(title: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| format!("  {line}\n")).collect();
    format!("{title}\n{}\n", if lines.is_empty() { "  none\n" } else { &lines })
}

fn entity(text: &str, entity: &Entity) -> String {
    let name = if entity.named { entity.name.clone() } else { format!("({})", entity.name) };
    let mut line = format!("{:>2} {:<12} {name}", entity.id, entity.entity_type);
    for equal in entity.key.iter().chain(&entity.value) {
        line += &format!(" = {equal}");
    }
    if !entity.candidates.is_empty() {
        line += &format!(", or {}", entity.candidates.join(", "));
    }
    line += &format!(" ⟨{}⟩", distinct(entity.mentions.iter().map(|m| words(text, m.span))));
    let titles = distinct(entity.mentions.iter().filter_map(|m| m.honorifics).map(|span| words(text, span)));
    if titles.is_empty() { line } else { format!("{line} titled {titles}") }
}

fn relation(text: &str, found: &Extraction, r: &dateline::Relation) -> String {
    let name = |id| &found.entity(id).name;
    let (source, target) = (name(r.source), name(r.target));
    let mut line = format!("{source} —{}→ {target} ({})", r.name, r.status.as_str());
    for qualifier in &r.qualifiers {
        line += &format!(" {} {}", qualifier.name, name(qualifier.entity));
    }
    for evidence in &r.evidence {
        line += &format!(" by {} ⟨{}⟩", evidence.rule, words(text, evidence.trigger));
        if let Some(cue) = evidence.cue {
            line += &format!(" for ⟨{}⟩", words(text, cue));
        }
    }
    line
}

/// The words for both sides in each place that says a relation.
fn sides(text: &str, r: &dateline::Relation) -> String {
    let side = |span: Option<Span>| span.map_or("…".to_owned(), |span| words(text, span));
    r.evidence.iter().map(|e| format!(" of ⟨{}⟩ and ⟨{}⟩", side(e.source), side(e.target))).collect()
}

fn quote(text: &str, found: &Extraction, quote: &dateline::Quote) -> String {
    format!("{}: “{}”", quote.speaker.map_or("nobody", |id| &found.entity(id).name), words(text, quote.span))
}

/// Different forms, each once, in the order of the text.
fn distinct(forms: impl Iterator<Item = String>) -> String {
    let mut seen = BTreeSet::new();
    forms.filter(|form| seen.insert(form.clone())).collect::<Vec<_>>().join(" · ")
}

/// The words of a span in one line.
fn words(text: &str, span: Span) -> String {
    span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, a sentence a line, with every mention in brackets.
fn marked(text: &str, found: &Extraction) -> String {
    let mut spans = Vec::new();
    // position, then what closes before what opens, the inner before the outer
    let mut marks: Vec<(usize, isize, String)> = Vec::new();
    for entity in &found.entities {
        for mention in &entity.mentions {
            let (open, close) = if mention.found == Found::Reference { ("{", "}") } else { ("[", "]") };
            let (start, end) = (mention.span.start, mention.span.end);
            marks.push((end, -(start as isize) - 1, format!("|{} {}{close}", entity.entity_type, entity.id)));
            marks.push((start, isize::MAX - end as isize, open.to_owned()));
            spans.push(mention.span);
        }
    }
    let inside = |at: usize| spans.iter().any(|span| span.start < at && at < span.end);
    marks.extend(sentence_starts(text).filter(|&at| !inside(at)).map(|at| (at, 0, "\n".to_owned())));
    marks.sort();
    let mut out = String::new();
    let mut done = 0;
    for (at, _, mark) in marks {
        out += &text[done..at];
        out += &mark;
        done = at;
    }
    out += &text[done..];
    out.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Where a reader would begin a new line; only to keep the lines of a snapshot short.
fn sentence_starts(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(' ').map(|(at, _)| at + 1).filter(|&at| {
        let before = text[..at].trim_end().trim_end_matches(['"', '”', '’', ')']);
        let last_word = before.trim_end_matches(['.', '?', '!']);
        let letters = last_word.chars().rev().take_while(|c| c.is_alphanumeric()).count();
        before.len() > last_word.len()
            && letters > 3
            && text[at..].starts_with(|c: char| c.is_uppercase() || "\"“".contains(c))
    })
}
