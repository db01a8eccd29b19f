//! How often each rule was right when it was last measured (`gazetteers/measured.tsv`).

use crate::error::Faults;
use rustc_hash::FxHashMap;

/// How often a rule was right when it was last measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Confidence {
    /// Relations of the rule that the annotators have too.
    pub right: u32,
    /// All that the rule found.
    pub count: u32,
}

impl Confidence {
    /// The share that was right, from 0 to 1.
    pub fn precision(self) -> f64 {
        f64::from(self.right) / f64::from(self.count.max(1))
    }
}

const COLUMNS: &str = "rule\tright\tcount";

/// Reads the table: rule id, how many right, of how many.
pub(super) fn read(file: &str, text: &str, faults: &mut Faults) -> FxHashMap<String, Confidence> {
    let mut out = FxHashMap::default();
    for (n, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |i: usize| cells.get(i).and_then(|cell| cell.parse::<u32>().ok());
        match (number(1), number(2)) {
            _ if n == 0 && line == COLUMNS => {}
            (Some(right), Some(count)) if n > 0 && cells.len() == 3 && right <= count && count > 0 => {
                out.insert(cells[0].to_owned(), Confidence { right, count });
            }
            _ => faults.push(
                file,
                n + 1,
                None,
                format!("`{}` and their numbers were expected", COLUMNS.replace('\t', " ")),
            ),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, Confidence, read};
    use crate::error::Faults;

    #[test]
    fn a_line_is_a_rule_and_two_numbers_and_what_is_none_is_told_with_its_line() {
        for (line, measured) in [
            ("a/b\t3\t4", Some((3, 4))),
            ("a/b\t4\t4", Some((4, 4))),
            ("a/b\t5\t4", None),
            ("a/b\t0\t0", None),
            ("a/b\t3\t4\tx", None),
            ("a/b\t3", None),
            (COLUMNS, None),
        ] {
            let mut faults = Faults::default();
            let read = read("m.tsv", &format!("{COLUMNS}\n{line}\n"), &mut faults);
            let wanted = measured.map(|(right, count)| Confidence { right, count });
            assert_eq!(read.get("a/b").copied(), wanted, "{line}");
            let told = faults.into_result().map_or_else(|e| e.faults()[0].line, |()| 0);
            assert_eq!(told, if wanted.is_some() { 0 } else { 2 }, "{line}");
        }
        let mut faults = Faults::default();
        assert!(read("m.tsv", "a/b\t3\t4\n", &mut faults).is_empty(), "the first line names the columns");
        assert!(faults.into_result().is_err());
    }
}
