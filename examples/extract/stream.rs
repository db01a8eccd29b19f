//! Lines of JSON, each with a document → lines of JSON, each with what was found or with an error.
//!
//! The answers come in the order of the lines, one for each, whatever is wrong with it. Lines are read as they come and not
//! collected: what is in memory at a time depends on the number of threads and the longest line, not on the stream.

use crate::args::{self, Args};
use crate::compressed;
use crate::input::{Document, Source, Sources};
use crate::order;
use crate::output::Destination;
use crate::render::Renderer;
use crate::screen::complain;
use dateline::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use std::error::Error;
use std::io::{self, BufRead};
use std::mem;
use std::sync::Arc;

/// How a stream went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) results: usize,
    pub(crate) errors: usize,
    /// Files that could not be read to their ends, each of which is one of the errors.
    pub(crate) unreadable: usize,
}

/// Answers every line of the sources.
pub(crate) fn run(
    args: &Args,
    sources: &Sources,
    renderer: &Renderer<'_>,
    mut destination: Destination,
) -> Result<Counts, Box<dyn Error>> {
    let reading = Reading::new(args, renderer);
    let pieces = sources.list.iter().flat_map(|source| Pieces::open(source, reading.max_line));
    let mut counts = Counts::default();
    order::in_order(
        pieces,
        args.threads(),
        |piece| reading.answer(&piece),
        |(answers, counted)| -> io::Result<()> {
            counts.results += counted.results;
            counts.errors += counted.errors;
            counts.unreadable += counted.unreadable;
            destination.write(&answers)
        },
    )?;
    if counts.errors > 0 {
        let answers = counts.results + counts.errors;
        complain("warning", &format!("{} of {answers} answers are errors", counts.errors));
    }
    destination.finish()?;
    Ok(counts)
}

/// The names of the fields of a line.
struct Fields<'f> {
    doc: &'f str,
    text: &'f str,
    date: &'f str,
}

impl Fields<'_> {
    fn of(args: &Args) -> Fields<'_> {
        Fields { doc: &args.field_doc, text: &args.field_text, date: &args.field_date }
    }
}

/// Some lines of a file, or what is there instead.
pub(crate) struct Piece {
    file: Arc<str>,
    /// The number of its first line, from 1; 0 where there is no line, as the file could not be opened.
    line: usize,
    content: Content,
}

enum Content {
    /// Whole lines with their ends; only the last of a file may lack its end.
    Lines(Vec<u8>),
    /// A line that was too long to keep.
    TooLong,
    /// Nothing more can be read, for this reason. What was read of the line is dropped.
    Unreadable(String),
}

/// A file in pieces. One ends where what has been read so far holds no further whole line, so that no line waits for a later one.
pub(crate) struct Pieces {
    file: Arc<str>,
    /// `None` after the end.
    reader: Option<Box<dyn BufRead + Send>>,
    max_line: usize,
    /// The number of the line that comes next.
    line: usize,
    /// The beginning of that line.
    rest: Vec<u8>,
}

impl Pieces {
    /// Opens a file. One that cannot be opened is a single piece that tells why.
    fn open(source: &Source, max_line: usize) -> impl Iterator<Item = Piece> + Send + use<> {
        let file: Arc<str> = source.name().into();
        let (reader, failure) = match source.open().and_then(compressed::open) {
            Ok(reader) => (Some(reader), None),
            Err(e) => (None, Some(Content::Unreadable(format!("cannot be read: {e}")))),
        };
        let failure = failure.map(|content| Piece { file: file.clone(), line: 0, content });
        failure.into_iter().chain(Pieces::of(file, reader, max_line))
    }

    /// The pieces of an open file; none without a reader.
    pub(crate) fn of(file: Arc<str>, reader: Option<Box<dyn BufRead + Send>>, max_line: usize) -> Pieces {
        Pieces { file, reader, max_line, line: 1, rest: Vec::new() }
    }

    /// The next piece of content; `None` at the end.
    fn read(&mut self, reader: &mut dyn BufRead) -> io::Result<Option<Content>> {
        loop {
            let read = match reader.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if read.is_empty() {
                let rest = mem::take(&mut self.rest);
                return Ok((!rest.is_empty()).then_some(Content::Lines(rest)));
            }
            let end = read.iter().rposition(|&byte| byte == b'\n').map_or(read.len(), |at| at + 1);
            self.rest.extend_from_slice(&read[..end]);
            reader.consume(end);
            if self.rest.ends_with(b"\n") {
                return Ok(Some(Content::Lines(mem::take(&mut self.rest))));
            }
            if self.rest.len() > self.max_line {
                self.rest = Vec::new();
                skip_line(reader)?;
                return Ok(Some(Content::TooLong));
            }
        }
    }
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut reader = self.reader.take()?;
        let content = match self.read(&mut *reader) {
            Ok(content) => {
                self.reader = content.is_some().then_some(reader);
                content?
            }
            Err(e) => Content::Unreadable(format!("cannot be read on: {e}")),
        };
        let line = self.line;
        self.line += match &content {
            Content::Lines(bytes) => bytes.iter().filter(|&&byte| byte == b'\n').count(),
            Content::TooLong | Content::Unreadable(_) => 1,
        };
        Some(Piece { file: self.file.clone(), line, content })
    }
}

/// Reads to the end of the line without keeping it.
fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let read = match reader.fill_buf() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let end = read.iter().position(|&byte| byte == b'\n');
        let length = end.map_or(read.len(), |at| at + 1);
        reader.consume(length);
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}

/// What is needed to answer lines. Shared by all threads.
pub(crate) struct Reading<'r> {
    fields: Fields<'r>,
    max_line: usize,
    renderer: &'r Renderer<'r>,
}

/// Why a line has no result, as far as is known of which document.
struct Fault {
    doc: Option<String>,
    error: String,
}

impl Fault {
    fn new(error: impl Into<String>) -> Fault {
        Fault { doc: None, error: error.into() }
    }
}

/// The answer to a line without a result.
#[derive(Serialize)]
struct Failure<'f> {
    doc: Option<&'f str>,
    file: &'f str,
    line: usize,
    error: &'f str,
}

impl<'r> Reading<'r> {
    pub(crate) fn new(args: &'r Args, renderer: &'r Renderer<'r>) -> Reading<'r> {
        Reading { fields: Fields::of(args), max_line: args.max_line.get(), renderer }
    }

    /// The answers to the lines of a piece, and how many there are.
    pub(crate) fn answer(&self, piece: &Piece) -> (String, Counts) {
        let mut answers = String::new();
        let mut counts = Counts::default();
        let mut add = |line: usize, result: Result<String, Fault>| match result {
            Ok(result) => {
                answers.push_str(&result);
                counts.results += 1;
            }
            Err(fault) => {
                let failure = Failure { doc: fault.doc.as_deref(), file: &piece.file, line, error: &fault.error };
                let failure = serde_json::to_string(&failure);
                answers.push_str(&failure.unwrap_or_else(|e| unreachable!("text is always valid JSON: {e}")));
                answers.push('\n');
                counts.errors += 1;
            }
        };
        match &piece.content {
            Content::Lines(bytes) => {
                let lines = bytes.strip_suffix(b"\n").unwrap_or(bytes).split(|&byte| byte == b'\n');
                for (n, line) in lines.enumerate() {
                    let number = piece.line + n;
                    let result = self.document(line, number, &piece.file);
                    add(number, result.map(|document| self.renderer.render(&document).text));
                }
            }
            Content::TooLong => add(piece.line, Err(self.too_long())),
            Content::Unreadable(why) => {
                add(piece.line, Err(Fault::new(why)));
                counts.unreadable += 1;
            }
        }
        (answers, counts)
    }

    fn too_long(&self) -> Fault {
        Fault::new(format!("the line is longer than {} bytes", self.max_line))
    }

    /// The document of a line.
    fn document(&self, line: &[u8], number: usize, file: &str) -> Result<Document, Fault> {
        let mark = if number == 1 { "\u{feff}" } else { "" };
        let line = line.strip_prefix(mark.as_bytes()).unwrap_or(line);
        if line.len() > self.max_line {
            return Err(self.too_long());
        }
        match str::from_utf8(line) {
            Ok(line) => self.parse(line, number, file),
            Err(e) => {
                // the name may be readable all the same
                let doc = self.parse(&String::from_utf8_lossy(line), number, file).ok().map(|document| document.name);
                Err(Fault { doc, error: format!("no UTF-8 at byte {} of the line", e.valid_up_to()) })
            }
        }
    }

    fn parse(&self, line: &str, number: usize, file: &str) -> Result<Document, Fault> {
        let fields = &self.fields;
        let mut object: Map<String, Value> = serde_json::from_str(line).map_err(|e| Fault::new(no_object(line, &e)))?;
        let doc = match object.remove(fields.doc) {
            None | Some(Value::Null) => None,
            Some(Value::String(doc)) => Some(doc),
            Some(Value::Number(doc)) => Some(doc.to_string()),
            Some(other) => return Err(Fault::new(not_text(fields.doc, Some(&other)))),
        };
        let (text, day) = match (object.remove(fields.text), self.day(object.remove(fields.date))) {
            (Some(Value::String(text)), Ok(day)) => (text, day),
            (Some(Value::String(_)), Err(error)) => return Err(Fault { doc, error }),
            (other, _) => return Err(Fault { doc, error: not_text(fields.text, other.as_ref()) }),
        };
        Ok(Document::new(doc.unwrap_or_else(|| format!("{file}:{number}")), text, day))
    }

    fn day(&self, value: Option<Value>) -> Result<Option<Date>, String> {
        match value {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(day)) if day.is_empty() => Ok(None),
            Some(Value::String(day)) => {
                args::day(&day).map(Some).map_err(|e| format!("the field `{}` is `{day}`: {e}", self.fields.date))
            }
            Some(other) => Err(not_text(self.fields.date, Some(&other))),
        }
    }
}

/// Why a line is no object of JSON.
fn no_object(line: &str, error: &serde_json::Error) -> String {
    if line.trim().is_empty() {
        return "the line is empty; an object of JSON was expected".to_owned();
    }
    // the parser takes the line for a file, of which it is always the first line
    format!("no object of JSON: {}", error.to_string().replace(" at line 1 column ", " at byte "))
}

/// Why a field cannot be used.
fn not_text(field: &str, value: Option<&Value>) -> String {
    let kind = match value {
        None => return format!("the field `{field}` is missing"),
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "a truth value",
        Some(Value::Number(_)) => "a number",
        Some(Value::String(_)) => "text",
        Some(Value::Array(_)) => "a list",
        Some(Value::Object(_)) => "an object",
    };
    format!("the field `{field}` is {kind}; text was expected")
}
