//! The one error of the crate: something in the data that an [`Extractor`](crate::Extractor) is built from, or in a batch of texts.

use std::fmt;
use std::sync::Arc;

/// Why an extractor could not be built: one or more faults in tables or rules, each with file, line and column. With the feature
/// `arrow` also why a batch could not be read.
///
/// Cheap to clone. Extraction itself never fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    faults: Arc<[Fault]>,
}

/// One fault of the data: where it is, what it is, what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The file as it was named to the builder.
    pub file: String,
    /// Line, from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// Name of the column or key, where one is to blame.
    pub column: Option<String>,
    /// What is wrong and what was expected, in a sentence.
    pub message: String,
}

impl Error {
    /// All faults, in the order of files and lines.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// A single fault of a batch of texts or results.
    #[cfg(feature = "arrow")]
    pub(crate) fn of_batch(column: Option<&str>, message: String) -> Error {
        let fault = Fault { file: "record batch".to_owned(), line: 0, column: column.map(str::to_owned), message };
        Error { faults: [fault].into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.faults.iter().enumerate() {
            if n > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if let Some(column) = &self.column {
            write!(f, ": {column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for Error {}

/// Collects faults while data is read, so that all are told at once.
#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn push(&mut self, file: &str, line: usize, column: Option<&str>, message: impl Into<String>) {
        self.0.push(Fault { file: file.to_owned(), line, column: column.map(str::to_owned), message: message.into() });
    }

    /// `Ok` when nothing was found.
    pub(crate) fn into_result(self) -> Result<(), Error> {
        if self.0.is_empty() {
            return Ok(());
        }
        // some are found only when all has been read; files stay in the order in which they were read
        let mut files: Vec<String> = Vec::new();
        for fault in &self.0 {
            if !files.contains(&fault.file) {
                files.push(fault.file.clone());
            }
        }
        let mut faults = self.0;
        faults.sort_by_key(|f| (files.iter().position(|file| *file == f.file), f.line));
        Err(Error { faults: faults.into() })
    }
}
