//! The one way to write a table of the gazetteers. The tests compare with it, `examples/canonicalise.rs` writes it.

use dateline::Table;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// Columns whose cells are lists, items separated by `|`.
const LISTS: [&str; 12] = [
    "acronyms",
    "aliases",
    "demonyms",
    "former",
    "honours",
    "native",
    "organiser",
    "owner",
    "source",
    "state",
    "states",
    "variants",
];

/// Columns of `sources.tsv`, the table of where the lines of the others come from.
const SOURCES: [&str; 4] = ["key", "title", "licence", "note"];

/// A file of the gazetteers.
pub(crate) struct File {
    /// Its path below `gazetteers/`, with `/`.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What it is; `None` is `sources.tsv`.
    pub(crate) table: Option<Table>,
}

impl File {
    /// Its columns, in order.
    pub(crate) fn columns(&self) -> &'static [&'static str] {
        self.table.map_or(&SOURCES, Table::columns)
    }

    /// The columns by which its lines are sorted.
    fn order(&self) -> &'static [&'static str] {
        match self.table {
            Some(Table::Tenures) => &["person", "from", "office"],
            _ => &self.columns()[..1],
        }
    }

    /// What it says.
    pub(crate) fn text(&self) -> Result<String, String> {
        std::fs::read_to_string(&self.path).map_err(|e| format!("{}: {e}", self.name))
    }

    /// Its lines with their numbers; cells in the order of [`File::columns`], as they are written.
    pub(crate) fn rows(&self) -> Result<Vec<(usize, Vec<String>)>, String> {
        let text = self.text()?;
        let mut reader =
            csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).flexible(true).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|e| format!("{}: {e}", self.name))?.clone();
        if let Some(unknown) = header.iter().find(|c| !self.columns().contains(c)) {
            return Err(format!("{}:1: unknown column `{unknown}`", self.name));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| format!("{}: {e}", self.name))?;
            let line = record.position().map_or(0, |p| p.line() as usize);
            if record.len() != header.len() {
                return Err(format!("{}:{line}: {} cells, but {} columns", self.name, record.len(), header.len()));
            }
            let cell = |column: &str| header.iter().position(|c| c == column).map_or("", |at| &record[at]);
            rows.push((line, self.columns().iter().map(|c| cell(c).to_owned()).collect()));
        }
        Ok(rows)
    }

    /// Its canonical form: all columns in order, lines sorted, composed letters, no blanks around cells and items, no item twice.
    pub(crate) fn canonical(&self) -> Result<String, String> {
        let columns = self.columns();
        let at = |column: &&str| columns.iter().position(|c| c == column).unwrap_or(0);
        let order: Vec<usize> = self.order().iter().map(at).collect();
        let mut rows: Vec<Vec<String>> = self.rows()?.into_iter().map(|(_, row)| clean(columns, &row)).collect();
        rows.sort_by(|a, b| order.iter().map(|&i| &a[i]).cmp(order.iter().map(|&i| &b[i])));
        let lines = rows.iter().map(|row| row.join("\t"));
        Ok(std::iter::once(columns.join("\t")).chain(lines).map(|line| line + "\n").collect())
    }
}

fn clean(columns: &[&str], row: &[String]) -> Vec<String> {
    let composed = |cell: &String| cell.nfc().collect::<String>();
    row.iter()
        .zip(columns)
        .map(
            |(cell, column)| {
                if LISTS.contains(column) { list(&composed(cell)) } else { composed(cell).trim().to_owned() }
            },
        )
        .collect()
}

fn list(cell: &str) -> String {
    let mut items: Vec<&str> = Vec::new();
    for item in cell.split('|').map(str::trim).filter(|item| !item.is_empty()) {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    items.join("|")
}

/// All tables below `gazetteers/`, sorted by name; `rules/` and `words/` are of other forms.
pub(crate) fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteers");
    let mut files = Vec::new();
    for entry in folder(&root) {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() && name != "rules" && name != "words" {
            files.extend(folder(&entry).into_iter().filter_map(|path| file(&root, path, &name)));
        } else if let Some(stem) = name.strip_suffix(".tsv") {
            files.extend(file(&root, entry.clone(), stem));
        }
    }
    files
}

fn folder(path: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries
}

fn file(root: &Path, path: PathBuf, table: &str) -> Option<File> {
    let parts = path.strip_prefix(root).ok()?.iter().map(|part| part.to_string_lossy());
    let name = parts.collect::<Vec<_>>().join("/");
    (Table::from_name(table).is_some() || table == "sources").then(|| File {
        name,
        path,
        table: Table::from_name(table),
    })
}
