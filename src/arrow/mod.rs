//! Batches of texts in, batches of results out, for engines that work on columns: DataFusion, Polars, Spark, DuckDB.
//!
//! [`extract_batch`] does it all. Its halves can be used alone: [`Columns::read`] gives the documents of a batch, and [`Results`] takes
//! what was found in any documents.
//!
//! # What a batch of results holds
//!
//! A row for each document, in the order of the input: a document that cannot be read is a row too, with an `error` and without
//! results. A row says what [`Json`] says of the document and is made from it, so that names, values and positions are the same. What
//! JSON leaves out is null here.
//!
#![doc = include_str!("columns.md")]
//!
//! # Cost
//!
//! Putting results into columns costs about a third of what finding them does. A batch is read by one thread: give each thread a
//! batch of its own, of some hundred documents. Both batches are in memory as a whole; the results take several times the
//! length of the texts. More than 2 GiB of text in one column of results are an error.

mod columns;
mod results;

pub use columns::{Columns, Document, Documents};
pub use results::{Results, schema};

use crate::error::Error;
use crate::extractor::Extractor;
use crate::output::{Json, Offsets};
use arrow_array::RecordBatch;

/// Reads the texts of a batch: a row in, a row out, in the same order. `offsets` is the unit of all positions.
///
/// # Errors
/// When the batch lacks a column that is asked for, or has it of a type that cannot hold what it should; when the results do not
/// fit into a batch. A row with a null text or a bad date is no such error: its result tells in `error` what is wrong.
///
/// # Example
/// ```
/// use arrow_array::cast::AsArray;
/// use arrow_array::types::Int64Type;
/// use arrow_array::{ArrayRef, RecordBatch, StringArray};
/// use dateline::Extractor;
/// use dateline::arrow::{Columns, extract_batch};
/// use dateline::output::Offsets;
/// use std::sync::Arc;
///
/// let texts = [Some("Malaysia hosted the 46th ASEAN Summit."), None];
/// let batch = RecordBatch::try_from_iter([
///     ("id", Arc::new(StringArray::from(vec!["a", "b"])) as ArrayRef),
///     ("body", Arc::new(StringArray::from_iter(texts)) as ArrayRef),
/// ])?;
/// let found = extract_batch(Extractor::bundled(), &batch, &Columns::new("body").doc("id"), Offsets::Chars)?;
///
/// // a list of relations for each document; a source is a number of an entity of that document
/// let relations = found["relations"].as_list::<i32>().value(0);
/// let relations = relations.as_struct();
/// assert_eq!(relations["type"].as_string::<i32>().value(0), "hosted_by");
/// let source = relations["source"].as_primitive::<Int64Type>().value(0);
/// let entities = found["entities"].as_list::<i32>().value(0);
/// assert_eq!(entities.as_struct()["name"].as_string::<i32>().value(source as usize), "46th ASEAN Summit");
///
/// assert_eq!(found["error"].as_string::<i32>().value(1), "the column `body` is null; text was expected");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn extract_batch(
    extractor: &Extractor,
    batch: &RecordBatch,
    columns: &Columns,
    offsets: Offsets,
) -> Result<RecordBatch, Error> {
    let mut results = Results::new();
    for document in columns.read(batch)?.iter() {
        match document.text {
            Ok(text) => {
                let found = match document.date {
                    Some(date) => extractor.extract_on(text, date),
                    None => extractor.extract(text),
                };
                let json = Json::new(&found, text, offsets);
                results.push(&match document.doc {
                    Some(doc) => json.with_doc(doc),
                    None => json,
                });
            }
            Err(error) => results.push_error(document.doc, &error),
        }
    }
    results.finish()
}
