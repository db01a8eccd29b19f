//! The modules of the crate stand on each other in one direction.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// From the bottom to the top. A module may use those before it; the ones of a line may use each other.
const LAYERS: &[&[&str]] = &[
    &["span", "schema", "error", "few", "work"],
    &["text"],
    &["gazetteer"],
    &["mention"],
    &["entity"],
    &["syntax"],
    &["relation"],
    &["quote"],
    &["calendar", "link"],
    &["extraction", "output", "bundled"],
    &["extractor"],
    &["arrow"],
];

#[test]
fn no_module_uses_one_above_it() {
    let faults: Vec<String> = sources(&src()).iter().flat_map(|path| upward(path)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_has_its_layer() {
    let listed: BTreeSet<String> = LAYERS.concat().into_iter().map(String::from).collect();
    let there: BTreeSet<String> =
        sources(&src()).iter().map(|path| module(path)).filter(|module| module != "lib").collect();
    assert_eq!(there, listed);
}

#[test]
fn an_extractor_may_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<dateline::Extractor>();
    shared::<dateline::Extraction>();
    shared::<dateline::Error>();
}

/// The uses of a file that point upward.
fn upward(path: &Path) -> Vec<String> {
    let Some(own) = layer(&module(path)) else { return Vec::new() };
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    let used = code.flat_map(|(n, line)| line.split("crate::").skip(1).map(move |rest| (n + 1, word(rest))));
    let above = used.filter(|(_, module)| layer(module).is_some_and(|layer| layer > own));
    above.map(|(line, module)| format!("{}:{line} uses {module}", path.display())).collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The module of the top level that a file belongs to.
fn module(path: &Path) -> String {
    let below = path.strip_prefix(src()).unwrap_or(path);
    below.iter().next().unwrap_or_default().to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let files = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|e| e == "rs")).collect()
}
