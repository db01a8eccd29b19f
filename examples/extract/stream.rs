//! Documents one after another → an answer for each: a line of JSON or a row of Parquet, with what was found or with an error.
//!
//! The answers come in the order of the documents, whatever is wrong with one. Documents are read as they come and not collected:
//! what is in memory at a time depends on the number of threads and the longest document, not on the stream.

use crate::answers::{Failure, Form, Lines};
use crate::args::{Args, Input};
use crate::input::{Document, Source, Sources};
use crate::lines;
use crate::order;
use crate::output::Destination;
use crate::render::Renderer;
#[cfg(feature = "parquet")]
use crate::rows;
use crate::screen::complain;
use std::error::Error;
use std::iter;
use std::sync::Arc;

/// How a stream went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) results: usize,
    pub(crate) errors: usize,
    /// Files that could not be read to their ends, each of which is one of the errors.
    pub(crate) unreadable: usize,
}

/// Answers every document of the sources.
pub(crate) fn run(
    args: &Args,
    sources: &Sources,
    renderer: &Renderer<'_>,
    destination: Destination,
) -> Result<Counts, Box<dyn Error>> {
    match renderer.format {
        #[cfg(feature = "parquet")]
        crate::args::Format::Parquet => answer_all::<rows::Rows>(args, sources, renderer, destination),
        _ => answer_all::<Lines>(args, sources, renderer, destination),
    }
}

fn answer_all<F: Form>(
    args: &Args,
    sources: &Sources,
    renderer: &Renderer<'_>,
    destination: Destination,
) -> Result<Counts, Box<dyn Error>> {
    let lines = lines::Reader { fields: Fields::of(args), max_line: args.max_line.get() };
    let reading = Reading { lines, renderer };
    let pieces = sources.list.iter().flat_map(|source| reading.pieces(source, args.input));
    let mut output = F::open(destination)?;
    let mut counts = Counts::default();
    order::in_order(
        pieces,
        args.threads(),
        |piece| reading.answer::<F>(piece),
        |answered| -> Result<(), Box<dyn Error>> {
            let answered = answered?;
            counts.results += answered.counts.results;
            counts.errors += answered.counts.errors;
            counts.unreadable += answered.counts.unreadable;
            if let Some(warning) = answered.warning {
                complain("warning", &warning);
            }
            F::write(&mut output, &answered.answers)
        },
    )?;
    if counts.errors > 0 {
        let answers = counts.results + counts.errors;
        complain("warning", &format!("{} of {answers} answers are errors", counts.errors));
    }
    F::close(output)?;
    Ok(counts)
}

/// The names of the fields of a line, or of the columns of a table.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'f> {
    pub(crate) doc: &'f str,
    pub(crate) text: &'f str,
    pub(crate) date: &'f str,
}

impl Fields<'_> {
    pub(crate) fn of(args: &Args) -> Fields<'_> {
        Fields { doc: &args.field_doc, text: &args.field_text, date: &args.field_date }
    }
}

/// Some documents of a file, or what is there instead.
pub(crate) struct Piece {
    pub(crate) file: Arc<str>,
    /// The number of its first line or row, from 1; 0 where the file as a whole is meant.
    pub(crate) first: usize,
    pub(crate) content: Content,
}

pub(crate) enum Content {
    /// A file that is a document.
    Whole(Source),
    /// Whole lines with their ends; only the last of a file may lack its end.
    Lines(Vec<u8>),
    /// A line that was too long to keep.
    TooLong,
    /// Rows of a table.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code))]
    Rows(Vec<Result<Document, Fault>>),
    /// Nothing more can be read, for this reason. What was read of a line is dropped.
    Unreadable(String),
}

/// Why there is no result, as far as is known of which document.
pub(crate) struct Fault {
    pub(crate) doc: Option<String>,
    pub(crate) error: String,
}

impl Fault {
    pub(crate) fn new(error: impl Into<String>) -> Fault {
        Fault { doc: None, error: error.into() }
    }
}

/// The pieces of a file, in their order.
type Pieces = Box<dyn Iterator<Item = Piece> + Send>;

/// What is needed to answer documents. Shared by all threads.
struct Reading<'r> {
    lines: lines::Reader<'r>,
    renderer: &'r Renderer<'r>,
}

/// The answers to a piece.
struct Answered<A> {
    answers: A,
    counts: Counts,
    /// What its reader should know.
    warning: Option<String>,
}

impl Reading<'_> {
    /// A file in pieces. One that cannot be opened is a single piece that tells why.
    fn pieces(&self, source: &Source, input: Input) -> Pieces {
        let file: Arc<str> = source.name().into();
        let alone = |content| iter::once(Piece { file: file.clone(), first: 0, content });
        let open = || -> Result<Pieces, Box<dyn Error>> {
            Ok(match input {
                Input::Text => Box::new(alone(Content::Whole(source.clone()))),
                Input::Jsonl => Box::new(lines::open(file.clone(), source, self.lines.max_line)?),
                #[cfg(feature = "parquet")]
                Input::Parquet => Box::new(rows::open(file.clone(), source, self.lines.fields, self.lines.max_line)?),
                #[cfg(not(feature = "parquet"))]
                Input::Parquet => return Err(crate::args::WITHOUT_PARQUET.into()),
            })
        };
        open().unwrap_or_else(|e| Box::new(alone(Content::Unreadable(format!("cannot be read: {e}")))))
    }

    fn answer<F: Form>(&self, piece: Piece) -> Result<Answered<F::Finished>, dateline::Error> {
        let mut answers = F::Answers::default();
        let mut counts = Counts::default();
        let (mut warning, mut unreadable) = (None, false);
        let mut add = |number: usize, document: Result<Document, Fault>| match document {
            Ok(document) => {
                counts.results += 1;
                F::add(&mut answers, self.renderer, &document);
            }
            Err(Fault { doc, error }) => {
                counts.errors += 1;
                let failure = Failure { doc: doc.as_deref(), file: &piece.file, line: number, error: &error };
                F::add_failure(&mut answers, &failure);
            }
        };
        match piece.content {
            Content::Whole(source) => {
                let read = source.read();
                warning = read.as_ref().ok().and_then(Document::fault);
                unreadable = read.is_err();
                add(0, read.map_err(|e| Fault { doc: Some(source.name()), error: format!("cannot be read: {e}") }));
            }
            Content::Lines(bytes) => {
                for (number, document) in (piece.first..).zip(self.lines.documents(&bytes, piece.first, &piece.file)) {
                    add(number, document);
                }
            }
            Content::TooLong => add(piece.first, Err(self.lines.too_long())),
            Content::Rows(documents) => {
                for (number, document) in (piece.first..).zip(documents) {
                    add(number, document);
                }
            }
            Content::Unreadable(why) => {
                unreadable = true;
                add(piece.first, Err(Fault::new(why)));
            }
        }
        counts.unreadable = usize::from(unreadable);
        Ok(Answered { answers: F::finish(answers)?, counts, warning })
    }
}
