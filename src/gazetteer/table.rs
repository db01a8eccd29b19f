//! Reads one table, tab-separated or as JSON Lines; every fault is named with file, line and column.

use super::schema::Table;
use crate::error::Faults;
use std::borrow::Cow;

/// A line of a table.
pub(crate) struct Row<'r> {
    pub(crate) line: usize,
    pub(crate) table: Table,
    /// In the order of the table's columns; empty where the file has none of that name.
    cells: Vec<Cow<'r, str>>,
}

impl Row<'_> {
    /// The cell of a column, empty where the table has none of that name.
    pub(crate) fn get(&self, column: &str) -> &str {
        let at = self.table.columns().iter().position(|c| *c == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell)
    }

    /// The columns of these names that the table has, with their cells.
    pub(crate) fn cells(&self, columns: &'static [&'static str]) -> impl Iterator<Item = (&'static str, &str)> {
        columns.iter().map(|column| (*column, self.get(column))).filter(|(_, cell)| !cell.is_empty())
    }

    /// The items of a cell that holds a list.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split('|').filter(|item| !item.is_empty())
    }
}

/// Calls `each` for every sound line of a tab-separated `text`, whose first line names its columns: any of the table's, in
/// any order, the first one of the table among them.
pub(crate) fn read_tabs(
    table: Table,
    file: &str,
    text: &str,
    faults: &mut Faults,
    mut each: impl FnMut(Row<'_>, &mut Faults),
) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let columns = table.columns();
    let mut record = csv::StringRecord::new();
    // for each column of the file, its place among the table's
    let mut header: Option<Vec<usize>> = None;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) => {
                faults.push(file, reader.position().line() as usize, None, e.to_string());
                break;
            }
        }
        let line = record.position().map_or(0, |p| p.line() as usize);
        let Some(header) = &header else {
            match read_header(table, &record) {
                Ok(found) => header = Some(found),
                Err(wrong) => return wrong.tell(file, line, faults),
            }
            continue;
        };
        if record.len() != header.len() {
            let message = format!("{} cells were expected, one for each column, not {}", header.len(), record.len());
            faults.push(file, line, None, message);
            continue;
        }
        let mut cells = vec![Cow::Borrowed(""); columns.len()];
        for (cell, &at) in record.iter().zip(header) {
            cells[at] = Cow::Borrowed(cell);
        }
        each(Row { line, table, cells }, faults);
    }
}

/// What is wrong with a line: the column to blame, where there is one, and why.
#[derive(Default)]
struct Wrong(Vec<(Option<String>, String)>);

impl Wrong {
    fn column(&mut self, column: &str, message: impl Into<String>) {
        self.0.push((Some(column.to_owned()), message.into()));
    }

    fn tell(self, file: &str, line: usize, faults: &mut Faults) {
        for (column, message) in self.0 {
            faults.push(file, line, column.as_deref(), message);
        }
    }

    fn unless_empty<T>(self, sound: T) -> Result<T, Wrong> {
        if self.0.is_empty() { Ok(sound) } else { Err(self) }
    }
}

impl From<String> for Wrong {
    fn from(message: String) -> Wrong {
        Wrong(vec![(None, message)])
    }
}

/// Where each column of the file stands among the table's.
fn read_header(table: Table, record: &csv::StringRecord) -> Result<Vec<usize>, Wrong> {
    let columns = table.columns();
    let mut header = Vec::with_capacity(record.len());
    let mut wrong = Wrong::default();
    for name in record {
        match columns.iter().position(|c| *c == name) {
            None => wrong.column(name, unknown_column(table)),
            Some(at) if header.contains(&at) => wrong.column(name, "the column stands twice"),
            Some(at) => header.push(at),
        }
    }
    for missing in required(table).iter().filter(|c| !record.iter().any(|name| name == **c)) {
        wrong.column(missing, MISSING);
    }
    wrong.unless_empty(header)
}

const MISSING: &str = "the column is missing";

fn unknown_column(table: Table) -> String {
    format!("unknown column; a table of {} has {}", table.as_str(), table.columns().join(", "))
}

/// The columns that no table of the kind can do without.
fn required(table: Table) -> &'static [&'static str] {
    match table {
        Table::Tenures => &["person", "office"],
        Table::Honorifics => &["id", "title"],
        Table::NotNames => &["surface"],
        _ => &["id", "name"],
    }
}

/// Calls `each` for every sound line of JSON Lines: an object with `table`, and columns of that table as strings or lists of
/// strings.
pub(crate) fn read_json_lines(file: &str, text: &str, faults: &mut Faults, mut each: impl FnMut(Row<'_>, &mut Faults)) {
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match read_object(line) {
            Ok((table, cells)) => each(Row { line: n + 1, table, cells }, faults),
            Err(wrong) => wrong.tell(file, n + 1, faults),
        }
    }
}

type Object = (Table, Vec<Cow<'static, str>>);

fn read_object(line: &str) -> Result<Object, Wrong> {
    use serde_json::{Map, Value};
    let object: Map<String, Value> = serde_json::from_str(line).map_err(|e| format!("an object was expected: {e}"))?;
    let mut wrong = Wrong::default();
    let name = object.get("table").and_then(Value::as_str).unwrap_or("");
    let Some(table) = Table::from_name(name) else {
        let names = Table::ALL.map(Table::as_str).join(", ");
        wrong.column("table", format!("one of {names} was expected, not `{name}`"));
        return Err(wrong);
    };
    let columns = table.columns();
    let mut cells = vec![Cow::Borrowed(""); columns.len()];
    for (column, value) in object.iter().filter(|(column, _)| *column != "table") {
        let Some(at) = columns.iter().position(|c| c == column) else {
            wrong.column(column, unknown_column(table));
            continue;
        };
        let strings = match value {
            Value::String(one) => Some(vec![one.as_str()]),
            Value::Array(items) => items.iter().map(Value::as_str).collect(),
            Value::Null => Some(Vec::new()),
            _ => None,
        };
        match strings {
            Some(strings) => cells[at] = Cow::Owned(strings.join("|")),
            None => wrong.column(column, "a string or a list of strings was expected"),
        }
    }
    for &column in required(table) {
        // of another kind, which has been told, or empty
        let told = object.get(column).is_some_and(|value| value.is_number() || value.is_boolean() || value.is_object());
        let at = columns.iter().position(|c| *c == column);
        if at.is_none_or(|at| cells[at].is_empty()) && !told {
            wrong.column(column, MISSING);
        }
    }
    wrong.unless_empty((table, cells))
}
