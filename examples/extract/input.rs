//! Paths → documents.

use crate::args::Input;
use dateline::Date;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Stdin,
    File(PathBuf),
}

/// All documents of a command line.
pub(crate) struct Sources {
    pub(crate) list: Vec<Source>,
    /// What is wrong with folders, in words.
    pub(crate) problems: Vec<String>,
    /// Folders without any file of the input.
    pub(crate) empty: Vec<PathBuf>,
    pub(crate) has_folder: bool,
}

/// A text with the name of where it comes from.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
    /// Its day, where that is known.
    pub(crate) day: Option<Date>,
    /// The first byte that is no UTF-8.
    bad_byte: Option<usize>,
}

impl Sources {
    /// The files that `paths` name, in their order; a folder's in the order of their names.
    pub(crate) fn find(paths: &[PathBuf], input: Input) -> Sources {
        let mut sources = Sources { list: Vec::new(), problems: Vec::new(), empty: Vec::new(), has_folder: false };
        if paths.is_empty() {
            sources.list.push(Source::Stdin);
        }
        for path in paths {
            if path.as_os_str() == "-" {
                sources.list.push(Source::Stdin);
            } else if path.is_dir() {
                sources.has_folder = true;
                sources.add_folder(path, input);
            } else {
                // also what does not exist: reading it tells why
                sources.list.push(Source::File(path.clone()));
            }
        }
        sources
    }

    fn add_folder(&mut self, folder: &Path, input: Input) {
        let before = self.list.len() + self.problems.len();
        for entry in WalkDir::new(folder).sort_by_file_name() {
            match entry {
                Ok(entry) if holds(entry.path(), input) => self.list.push(Source::File(entry.into_path())),
                Ok(_) => {}
                Err(e) => {
                    let path = e.path().unwrap_or(folder).display();
                    let why = e.io_error().map_or_else(|| e.to_string(), ToString::to_string);
                    self.problems.push(format!("cannot read {path}: {why}"));
                }
            }
        }
        if self.list.len() + self.problems.len() == before {
            self.empty.push(folder.to_owned());
        }
    }

    /// Whether the command line names a single document, whatever the content of folders.
    pub(crate) fn is_one_document(&self) -> bool {
        self.list.len() == 1 && !self.has_folder
    }
}

/// Whether a file of a folder is one of the input, as its name says.
fn holds(path: &Path, input: Input) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    // also a link that leads nowhere: reading it tells why
    input.endings().iter().any(|ending| name.ends_with(ending))
        && fs::metadata(path).map_or(true, |there| there.is_file())
}

impl Source {
    /// The path as it was given; `-` for standard input.
    pub(crate) fn name(&self) -> String {
        match self {
            Source::Stdin => "-".to_owned(),
            Source::File(path) => path.display().to_string(),
        }
    }

    pub(crate) fn read(&self) -> io::Result<Document> {
        let mut bytes = Vec::new();
        match self {
            Source::Stdin => {
                io::stdin().lock().read_to_end(&mut bytes)?;
            }
            Source::File(path) => bytes = fs::read(path)?,
        }
        let (text, bad_byte) = decode(bytes);
        Ok(Document { bad_byte, ..Document::new(self.name(), text, None) })
    }

    /// Opens it to read from its beginning.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Source::Stdin => Box::new(io::stdin()),
            Source::File(path) => Box::new(File::open(path)?),
        })
    }
}

impl Document {
    pub(crate) fn new(name: String, text: String, day: Option<Date>) -> Document {
        Document { name, text, day, bad_byte: None }
    }

    /// A text that comes from nowhere.
    #[cfg(test)]
    pub(crate) fn of(name: &str, text: &str) -> Document {
        Document::new(name.to_owned(), text.to_owned(), None)
    }

    /// What is wrong with the text, in words.
    pub(crate) fn fault(&self) -> Option<String> {
        let byte = self.bad_byte?;
        Some(format!("{}: no UTF-8 at byte {byte}; read with U+FFFD in place of what cannot be decoded", self.name))
    }
}

/// Decodes UTF-8, and tells the first byte that is none.
fn decode(bytes: Vec<u8>) -> (String, Option<usize>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(e) => (String::from_utf8_lossy(e.as_bytes()).into_owned(), Some(e.utf8_error().valid_up_to())),
    }
}
