//! Reads one tab-separated table; every fault is named with file, line and column.

use super::schema::Table;
use crate::error::Faults;

/// A line of a table.
pub(crate) struct Row<'r> {
    pub(crate) line: usize,
    record: &'r csv::StringRecord,
    table: Table,
}

impl Row<'_> {
    /// The cell of a column, empty where the table has none of that name.
    pub(crate) fn get(&self, column: &str) -> &str {
        let at = self.table.columns().iter().position(|c| *c == column);
        at.and_then(|at| self.record.get(at)).unwrap_or("")
    }

    /// The columns of these names that the table has, with their cells.
    pub(crate) fn cells(&self, columns: &'static [&'static str]) -> impl Iterator<Item = (&'static str, &str)> {
        let at = |column: &&str| self.table.columns().iter().position(|c| c == column);
        columns
            .iter()
            .filter_map(move |column| Some((*column, self.record.get(at(column)?)?)))
            .filter(|(_, cell)| !cell.is_empty())
    }

    /// The items of a cell that holds a list.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split('|').filter(|item| !item.is_empty())
    }
}

/// Calls `each` for every sound line of `text`.
pub(crate) fn read(
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
    let mut first = true;
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
        if first {
            first = false;
            if let Some(bad) = record.iter().find(|c| !columns.contains(c)) {
                faults.push(
                    file,
                    line,
                    Some(bad),
                    format!("unknown column; a table of {} has {}", table.as_str(), columns.join(", ")),
                );
                return;
            }
            if record.iter().ne(columns.iter().copied()) {
                faults.push(file, line, None, format!("the columns must be, in this order: {}", columns.join(", ")));
                return;
            }
            continue;
        }
        if record.len() != columns.len() {
            faults.push(
                file,
                line,
                None,
                format!("{} cells were expected, one for each column, not {}", columns.len(), record.len()),
            );
            continue;
        }
        each(Row { line, record: &record, table }, faults);
    }
}
