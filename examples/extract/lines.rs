//! Lines of JSON in pieces, and each as a document.

use crate::args;
use crate::compressed;
use crate::input::{Document, Source};
use crate::stream::{Content, Fault, Fields, Piece};
use dateline::Date;
use serde_json::{Map, Value};
use std::io::{self, BufRead};
use std::mem;
use std::sync::Arc;

/// Opens a file.
///
/// # Errors
/// When its beginning cannot be read.
pub(crate) fn open(file: Arc<str>, source: &Source, max_line: usize) -> io::Result<Pieces> {
    Ok(Pieces::of(file, compressed::open(source.open()?)?, max_line))
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
    /// The pieces of an open file.
    pub(crate) fn of(file: Arc<str>, reader: Box<dyn BufRead + Send>, max_line: usize) -> Pieces {
        Pieces { file, reader: Some(reader), max_line, line: 1, rest: Vec::new() }
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
        let first = self.line;
        self.line += match &content {
            Content::Lines(bytes) => bytes.iter().filter(|&&byte| byte == b'\n').count(),
            _ => 1,
        };
        Some(Piece { file: self.file.clone(), first, content })
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

/// What is needed to read the documents of lines.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'r> {
    pub(crate) fields: Fields<'r>,
    pub(crate) max_line: usize,
}

impl Reader<'_> {
    /// The documents of whole lines.
    pub(crate) fn documents(
        &self,
        bytes: &[u8],
        first: usize,
        file: &str,
    ) -> impl Iterator<Item = Result<Document, Fault>> {
        let lines = bytes.strip_suffix(b"\n").unwrap_or(bytes).split(|&byte| byte == b'\n');
        lines.enumerate().map(move |(n, line)| self.document(line, first + n, file))
    }

    /// Why a line that was too long to keep has no result.
    pub(crate) fn too_long(&self) -> Fault {
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
