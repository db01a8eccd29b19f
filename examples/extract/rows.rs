//! Parquet: files in pieces, whose rows are documents; answers as rows.

use crate::answers::{Failure, Form};
use crate::args;
use crate::input::{Document, Source};
use crate::output::Destination;
use crate::render::Renderer;
use crate::stream::{Content, Fault, Fields, Piece};
use arrow_array::RecordBatch;
use dateline::arrow::{self, Columns, Results};
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use std::error::Error;
use std::fs::File;
use std::sync::Arc;

/// How many rows are a piece: few enough for long texts.
const ROWS: usize = 16;

/// How many bytes of a group of rows are kept until they are written.
const ROW_GROUP: usize = 8 << 20;
/// How many bytes of a column are a page.
const PAGE: usize = 256 << 10;

/// A file in pieces.
pub(crate) struct Pieces {
    file: Arc<str>,
    columns: Columns,
    longest: usize,
    /// `None` after an error.
    reader: Option<ParquetRecordBatchReader>,
    /// The number of the row that comes next.
    row: usize,
}

/// Opens a file.
///
/// # Errors
/// When it is no Parquet, or lacks a column.
pub(crate) fn open(
    file: Arc<str>,
    source: &Source,
    fields: Fields<'_>,
    longest: usize,
) -> Result<Pieces, Box<dyn Error>> {
    let Source::File(path) = source else { return Err("Parquet cannot be read from a pipe".into()) };
    // the types of Parquet itself, which are fewer
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let table = ParquetRecordBatchReaderBuilder::try_new_with_options(File::open(path)?, options)?;
    let schema = table.schema().clone();
    let position = |name: &str| schema.fields().iter().position(|field| field.name() == name);
    // a column of the name that nobody chose may be missing
    let wanted = |name: &str, default: &str| position(name).is_some() || name != default;
    let mut columns = Columns::new(fields.text);
    if wanted(fields.doc, args::DOC) {
        columns = columns.doc(fields.doc);
    }
    if wanted(fields.date, args::DATE) {
        columns = columns.date(fields.date);
    }
    // says what is wrong with the columns, before any row is read
    columns.read(&RecordBatch::new_empty(schema.clone())).map_err(in_words)?;
    let used = [fields.doc, fields.text, fields.date].into_iter().filter_map(position);
    let mask = ProjectionMask::roots(table.parquet_schema(), used);
    let reader = table.with_projection(mask).with_batch_size(ROWS).build()?;
    Ok(Pieces { file, columns, longest, reader: Some(reader), row: 1 })
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let batch = self.reader.as_mut()?.next()?.map_err(|e| e.to_string());
        let first = self.row;
        let content = match batch.and_then(|batch| self.columns.read(&batch).map_err(in_words)) {
            Ok(rows) => {
                self.row += rows.len();
                let rows = (first..).zip(rows.iter());
                Content::Rows(rows.map(|(number, row)| document(&row, number, &self.file, self.longest)).collect())
            }
            Err(e) => {
                self.reader = None;
                Content::Unreadable(format!("cannot be read on: {e}"))
            }
        };
        Some(Piece { file: self.file.clone(), first, content })
    }
}

/// What is wrong with a batch, for a reader who asked for a file.
fn in_words(error: dateline::Error) -> String {
    let fault = &error.faults()[0];
    fault.column.iter().map(|column| format!("column `{column}`: ")).chain([fault.message.clone()]).collect()
}

/// The document of a row.
fn document(row: &arrow::Document<'_>, number: usize, file: &str, longest: usize) -> Result<Document, Fault> {
    let doc = row.doc.map(str::to_owned);
    match &row.text {
        Ok(text) if text.len() > longest => {
            Err(Fault { doc, error: format!("the text is longer than {longest} bytes") })
        }
        Ok(text) => {
            let doc = doc.unwrap_or_else(|| format!("{file}:{number}"));
            Ok(Document::new(doc, (*text).to_owned(), row.date))
        }
        Err(error) => Err(Fault { doc, error: error.clone() }),
    }
}

/// A row for each document.
pub(crate) enum Rows {}

impl Form for Rows {
    type Answers = Results;
    type Finished = RecordBatch;
    type Output = ArrowWriter<Destination>;

    fn add(answers: &mut Results, renderer: &Renderer<'_>, document: &Document) {
        answers.push(&renderer.view(document, &renderer.wanted(document)));
    }

    fn add_failure(answers: &mut Results, failure: &Failure<'_>) {
        let Failure { doc, file, line, error } = failure;
        let place = if *line == 0 { (*file).to_owned() } else { format!("{file}:{line}") };
        answers.push_error(*doc, &format!("{place}: {error}"));
    }

    fn finish(answers: Results) -> Result<RecordBatch, dateline::Error> {
        answers.finish()
    }

    fn open(destination: Destination) -> Result<Self::Output, Box<dyn Error>> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_bytes(Some(ROW_GROUP))
            .set_data_page_size_limit(PAGE)
            .set_dictionary_page_size_limit(PAGE)
            // lists as the standard of Parquet names them
            .set_coerce_types(true)
            .build();
        // no schema of Arrow: that of Parquet says it all
        let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
        ArrowWriter::try_new_with_options(destination, arrow::schema(), options).map_err(cause)
    }

    fn write(output: &mut Self::Output, answers: &RecordBatch) -> Result<(), Box<dyn Error>> {
        output.write(answers).map_err(cause)
    }

    fn close(output: Self::Output) -> Result<(), Box<dyn Error>> {
        output.into_inner().map_err(cause)?.finish()
    }
}

/// The error of the output that is behind one of Parquet.
fn cause(error: ParquetError) -> Box<dyn Error> {
    match error {
        ParquetError::External(cause) => cause,
        other => other.into(),
    }
}
