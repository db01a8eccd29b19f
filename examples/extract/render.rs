//! Document → text of the chosen format.

use crate::Document;
use crate::args::{Format, Wanted};
use crate::formats::{self, Frame, brat, html};
use crate::graph::{Graph, Identity};
use crate::record::Record;
use crate::screen::Look;
use crate::{merge, table};
use dateline::output::{Json, Offsets};
use dateline::{Date, Extraction, Extractor};

/// Extracts, and puts the result in words. Shared by all threads.
pub(crate) struct Renderer<'r> {
    pub(crate) extractor: &'r Extractor,
    pub(crate) format: Format,
    pub(crate) offsets: Offsets,
    /// The day of the documents that do not bring their own, where it is known.
    pub(crate) date: Option<Date>,
    /// The relations that are wanted.
    pub(crate) wanted: Wanted,
    /// Whether tables say why.
    pub(crate) explain: bool,
    /// Two names: tables say what joins them, and why nothing does.
    pub(crate) why_not: Option<[&'r str; 2]>,
    /// Whether all documents become one graph.
    pub(crate) merge: bool,
    pub(crate) look: Look,
}

/// What is written of a document.
pub(crate) struct Rendered {
    pub(crate) text: String,
    /// The document's own text, where the format wants it beside the result.
    copy: Option<String>,
    /// What a graph of all documents takes up.
    record: Option<Record>,
    /// What its reader should know.
    pub(crate) warnings: Vec<String>,
}

impl Renderer<'_> {
    pub(crate) fn render(&self, document: &Document) -> Rendered {
        let done = |text, warnings| Rendered { text, copy: None, record: None, warnings };
        if let Some(names) = self.why_not {
            let (found, near) = self.extractor.explain(&document.text, document.day.or(self.date));
            let text = table::why_not(document, &found, &near, names, &self.look);
            return done(text, found.warnings);
        }
        if self.merge {
            let found = self.extract(document);
            let record = Some(self.record(document, &found));
            return Rendered { record, ..done(String::new(), found.warnings) };
        }
        let found = self.wanted(document);
        let text = match self.format {
            Format::Table => table::view(document, &found, self.explain, &self.look),
            Format::Json => self.json(document, &found, true) + "\n",
            Format::Jsonl => self.json(document, &found, false) + "\n",
            Format::Html => html::article(document, &found),
            Format::Brat => brat::annotations(&self.record(document, &found)),
            format => {
                let mut graph = Graph::new(Identity::Document, Wanted::default());
                graph.add(&self.record(document, &found));
                formats::piece(format, &graph).unwrap_or_default()
            }
        };
        let copy = (self.format == Format::Brat).then(|| document.text.clone());
        Rendered { copy, ..done(text, found.warnings) }
    }

    /// All that is found in a document, wanted or not.
    pub(crate) fn extract(&self, document: &Document) -> Extraction {
        match document.day.or(self.date) {
            Some(date) => self.extractor.extract_on(&document.text, date),
            None => self.extractor.extract(&document.text),
        }
    }

    /// The same without the relations that are not wanted.
    pub(crate) fn wanted(&self, document: &Document) -> Extraction {
        let mut found = self.extract(document);
        found.relations.retain(|r| self.wanted.takes(&r.name, r.confidence.map(|c| c.precision())));
        found
    }

    /// What was found, ready to be written.
    pub(crate) fn view<'d>(&self, document: &'d Document, found: &'d Extraction) -> Json<'d> {
        Json::new(found, &document.text, self.offsets).with_doc(&document.name)
    }

    /// What was found, as programs read it.
    pub(crate) fn record(&self, document: &Document, found: &Extraction) -> Record {
        Record::of(found, &document.text, &document.name, self.format.offsets(self.offsets))
    }

    fn json(&self, document: &Document, found: &Extraction, pretty: bool) -> String {
        let json = self.view(document, found);
        let written = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) };
        // only a map with keys that are no strings, or a failing writer, could make it fail
        written.unwrap_or_else(|e| unreachable!("a result is always valid JSON: {e}"))
    }
}

/// Joins what the documents gave.
pub(crate) struct Sequence {
    format: Format,
    frame: Frame,
    written: usize,
    /// The graph of all documents, where one is wanted.
    graph: Option<Graph>,
    look: Look,
}

impl Sequence {
    /// `one`: a single document is expected.
    pub(crate) fn new(renderer: &Renderer<'_>, one: bool) -> Sequence {
        Sequence {
            format: renderer.format,
            frame: Frame::of(renderer.format, one || renderer.merge),
            written: 0,
            graph: renderer.merge.then(|| Graph::new(Identity::Run, renderer.wanted.clone())),
            look: renderer.look.clone(),
        }
    }

    /// The next document with what comes before it; nothing yet where all become one graph.
    pub(crate) fn next(&mut self, rendered: &Rendered) -> String {
        match (&mut self.graph, &rendered.record) {
            (Some(graph), Some(record)) => {
                graph.add(record);
                String::new()
            }
            _ => self.framed(&rendered.text),
        }
    }

    fn framed(&mut self, piece: &str) -> String {
        let before = if self.written == 0 { self.frame.open } else { self.frame.between };
        self.written += 1;
        match self.format {
            // JSON has no line breaks within strings, so indenting its lines changes nothing
            Format::Json if !self.frame.open.is_empty() => {
                format!("{before}\n  {}", piece.trim_end().replace('\n', "\n  "))
            }
            _ => format!("{before}{piece}"),
        }
    }

    /// What comes after the last document.
    pub(crate) fn end(&mut self) -> String {
        if let Some(graph) = self.graph.take() {
            let piece = formats::piece(self.format, &graph).filter(|_| self.format != Format::Table);
            let piece = self.framed(&piece.unwrap_or_else(|| merge::table(&graph, &self.look)));
            return piece + self.frame.close;
        }
        match self.format {
            Format::Json if self.written == 0 && !self.frame.open.is_empty() => "[]\n".to_owned(),
            _ if self.written == 0 => format!("{}{}", self.frame.open, self.frame.close),
            _ => self.frame.close.to_owned(),
        }
    }

    /// The files that a document becomes where each has its own: how they end, and what is in them.
    pub(crate) fn files(&self, rendered: &Rendered) -> Vec<(&'static str, String)> {
        let Frame { open, close, .. } = Frame::of(self.format, true);
        let mut files = vec![(self.format.extension(), format!("{open}{}{close}", rendered.text))];
        files.extend(rendered.copy.iter().map(|copy| ("txt", copy.clone())));
        files
    }
}
