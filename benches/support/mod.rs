//! What the benchmarks read, and what must be found in it.

#![allow(dead_code)] // each benchmark uses its part

use dateline::{Extraction, Extractor, Table};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A folder whose `.txt` files take the place of the project's own statements.
const FOLDER: &str = "DATELINE_TEXTS";

/// Texts with the number of relations that each must give.
pub(crate) struct Corpus {
    pub(crate) texts: Vec<String>,
    expected: Vec<usize>,
}

impl Corpus {
    /// The statements of the tests, with what their snapshots say; or the texts of the folder that the environment names,
    /// with what is found the first time.
    pub(crate) fn load() -> Corpus {
        match std::env::var_os(FOLDER) {
            Some(folder) => Corpus::of(texts(Path::new(&folder)).iter().map(|path| read(path)).collect()),
            None => {
                let files = texts(&root().join("tests/statements"));
                let expected = files.iter().map(|path| snapshot_relations(path)).collect();
                Corpus { texts: files.iter().map(|path| read(path)).collect(), expected }
            }
        }
    }

    /// Texts of which it is only known that they give the same each time.
    pub(crate) fn of(texts: Vec<String>) -> Corpus {
        assert!(!texts.is_empty(), "no texts");
        let expected = texts.iter().map(|text| Extractor::bundled().extract(text).relations.len()).collect();
        Corpus { texts, expected }
    }

    /// One text of `bytes` or a little more, made of all of them again and again, a page break between two.
    pub(crate) fn joined(&self, bytes: usize) -> String {
        let mut long = String::new();
        for text in self.texts.iter().cycle() {
            if long.len() >= bytes {
                break;
            }
            long += text;
            long += "\n\n";
        }
        long
    }

    pub(crate) fn bytes(&self) -> usize {
        self.texts.iter().map(String::len).sum()
    }

    /// Reads all texts and makes sure of what is found.
    pub(crate) fn extract(&self, extractor: &Extractor) -> usize {
        let each = self.texts.iter().zip(&self.expected);
        each.map(|(text, expected)| {
            let found: Extraction = extractor.extract(text);
            assert_eq!(found.relations.len(), *expected, "relations of: {}", text.lines().next().unwrap_or(""));
            found.relations.len()
        })
        .sum()
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The `.txt` files of a folder, sorted.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    files
}

/// How many relations the snapshot of a statement lists.
fn snapshot_relations(statement: &Path) -> usize {
    let name = statement.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let snapshot = read(&root().join("tests/snapshots").join(name + ".snap"));
    let list = snapshot.split("\nRelations\n").nth(1).unwrap_or_else(|| panic!("no relations in {snapshot}"));
    list.lines().take_while(|line| !line.is_empty()).filter(|line| line.contains("→")).count()
}

/// Every name of the bundled tables as it is written, each once.
pub(crate) fn bundled_names() -> Vec<String> {
    let mut names = Vec::new();
    for table in Table::ALL.into_iter().filter(|table| !matches!(table, Table::Tenures | Table::NotNames)) {
        let path = root().join("gazetteers").join(table.as_str());
        let files = if path.is_dir() { tables(&path) } else { vec![path.with_extension("tsv")] };
        for file in files {
            names.extend(names_of(&read(&file)));
        }
    }
    names.sort();
    names.dedup();
    names
}

fn tables(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

fn names_of(table: &str) -> Vec<String> {
    const NAMES: [&str; 9] =
        ["name", "official", "aliases", "acronyms", "native", "former", "demonyms", "title", "variants"];
    let mut lines = table.lines().map(|line| line.split('\t'));
    let header: Vec<bool> = lines.next().into_iter().flatten().map(|column| NAMES.contains(&column)).collect();
    let cells = lines.flat_map(|line| line.zip(&header).filter(|(_, is_name)| **is_name).map(|(cell, _)| cell));
    cells.flat_map(|cell| cell.split('|')).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// A table of organisations with `count` invented names of two to four words, the same each time.
pub(crate) fn invented_organisations(count: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ka", "ri", "mo", "ta", "lu", "san", "do", "vi", "per", "an", "chi", "wa", "zo", "be", "nu", "tra"];
    const LAST: [&str; 6] = ["", " Foundation", " Institute", " Group", " Society", " Centre"];
    let mut table = String::from("id\tname\n");
    for n in 0..count {
        // a number gives a name of its own: its digits to the base of sixteen, spread over two words; a million names have
        // some sixty thousand words
        let syllable = |digit: u32| SYLLABLES[(n >> (4 * digit)) & 15];
        let first = capital(&[syllable(4), syllable(1), syllable(2), syllable(0)].concat());
        let second = capital(&[syllable(3), syllable(0)].concat());
        let _ = writeln!(table, "bench-{n}\t{first} {second}{}", LAST[n % LAST.len()]);
    }
    table
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}
