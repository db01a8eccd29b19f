//! Document → text of the chosen format.

use crate::Document;
use crate::args::Format;
use crate::screen::Look;
use crate::table;
use dateline::output::{Json, Offsets};
use dateline::{Date, Extraction, Extractor};

/// Extracts, and puts the result in words. Shared by all threads.
pub(crate) struct Renderer<'r> {
    pub(crate) extractor: &'r Extractor,
    pub(crate) format: Format,
    pub(crate) offsets: Offsets,
    /// The day of all documents, where it is known.
    pub(crate) date: Option<Date>,
    /// The relations that are wanted; empty: all.
    pub(crate) only: &'r [String],
    /// Whether tables say why.
    pub(crate) explain: bool,
    /// Two names: tables say what joins them, and why nothing does.
    pub(crate) why_not: Option<[&'r str; 2]>,
    pub(crate) look: Look,
}

/// What is written of a document.
pub(crate) struct Rendered {
    pub(crate) text: String,
    /// What its reader should know.
    pub(crate) warnings: Vec<String>,
}

impl Renderer<'_> {
    pub(crate) fn render(&self, document: &Document) -> Rendered {
        if let Some(names) = self.why_not {
            let (found, near) = self.extractor.explain(&document.text, self.date);
            let text = table::why_not(document, &found, &near, names, &self.look);
            return Rendered { text, warnings: found.warnings };
        }
        let mut found = match self.date {
            Some(date) => self.extractor.extract_on(&document.text, date),
            None => self.extractor.extract(&document.text),
        };
        if !self.only.is_empty() {
            found.relations.retain(|relation| self.only.contains(&relation.name));
        }
        let text = match self.format {
            Format::Table => table::view(document, &found, self.explain, &self.look),
            Format::Json => self.json(document, &found, true),
            Format::Jsonl => self.json(document, &found, false),
        };
        Rendered { text, warnings: found.warnings }
    }

    fn json(&self, document: &Document, found: &Extraction, pretty: bool) -> String {
        let json = Json::new(found, &document.text, self.offsets).with_doc(&document.name);
        let written = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) };
        // only a map with keys that are no strings, or a failing writer, could make it fail
        written.unwrap_or_else(|e| unreachable!("a result is always valid JSON: {e}"))
    }
}

/// Joins what the documents gave.
pub(crate) struct Sequence {
    format: Format,
    one: bool,
    written: usize,
}

impl Sequence {
    /// `one`: a single document is expected.
    pub(crate) fn new(format: Format, one: bool) -> Sequence {
        Sequence { format, one, written: 0 }
    }

    /// The next document with what comes before it.
    pub(crate) fn next(&mut self, text: &str) -> String {
        let first = self.written == 0;
        self.written += 1;
        match self.format {
            Format::Jsonl => format!("{text}\n"),
            Format::Json if self.one => format!("{text}\n"),
            // JSON has no line breaks within strings, so indenting its lines changes nothing
            Format::Json => format!("{}  {}", if first { "[\n" } else { ",\n" }, text.replace('\n', "\n  ")),
            Format::Table => format!("{}{text}", if first { "" } else { "\n" }),
        }
    }

    /// What comes after the last document.
    pub(crate) fn end(&self) -> &'static str {
        match self.format {
            Format::Json if !self.one && self.written == 0 => "[]\n",
            Format::Json if !self.one => "\n]\n",
            _ => "",
        }
    }
}
