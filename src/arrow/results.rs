//! Results → a batch, by way of the form that programs read: what that says of a document is what a row says.

use crate::error::Error;
use crate::output::Json;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};

/// The schema of a batch of results. A later version may add columns, and fields to structs, at their ends.
///
/// # Example
/// ```
/// assert_eq!(dateline::arrow::schema().field(0).name(), "doc");
/// ```
pub fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| Arc::new(Schema::new(columns())));
    SCHEMA.clone()
}

fn columns() -> Fields {
    let number = |name: &str| Field::new(name, DataType::Int64, false);
    let text = |name: &str| Field::new(name, DataType::Utf8, false);
    let flag = |name: &str| Field::new(name, DataType::Boolean, false);
    let object = |name: &str, fields: &[Field]| Field::new(name, DataType::Struct(fields.to_vec().into()), false);
    let texts = |name: &str| Field::new_list(name, Field::new_list_field(DataType::Utf8, false), false);
    let list = |name: &str, fields: &[Field]| {
        Field::new_list(name, Field::new_list_field(DataType::Struct(fields.to_vec().into()), false), false)
    };
    let maybe = |field: Field| field.with_nullable(true);

    let span = || [number("start"), number("end"), text("text")];
    let place = |fields: &[Field]| [&span()[..], fields].concat();
    let mention = place(&[text("kind"), text("found"), maybe(text("honorifics"))]);
    let entity = [
        number("id"),
        text("type"),
        text("name"),
        flag("named"),
        maybe(text("key")),
        maybe(texts("candidates")),
        maybe(text("wikidata")),
        maybe(text("value")),
        list("mentions", &mention),
    ];
    let evidence = [
        text("rule"),
        object("trigger", &span()),
        object("sentence", &span()),
        maybe(object("source", &span())),
        maybe(object("target", &span())),
        maybe(object("cue", &span())),
        text("status"),
    ];
    let relation = [
        text("type"),
        number("source"),
        number("target"),
        text("status"),
        maybe(object("confidence", &[Field::new("precision", DataType::Float64, false), number("count")])),
        maybe(list("qualifiers", &place(&[text("type"), number("entity")]))),
        list("evidence", &evidence),
    ];
    // null in the rows of errors, all of them
    [
        text("doc"),
        text("error"),
        text("offsets"),
        object("dateline", &place(&[maybe(number("place")), maybe(number("date"))])),
        list("entities", &entity),
        list("relations", &relation),
        list("quotes", &place(&[maybe(number("speaker"))])),
        list("findings", &place(&[text("message")])),
        texts("warnings"),
    ]
    .map(maybe)
    .to_vec()
    .into()
}

/// Collects results, and makes a batch of them.
///
/// # Example
/// ```
/// use dateline::Extractor;
/// use dateline::arrow::Results;
/// use dateline::output::{Json, Offsets};
///
/// let mut results = Results::new();
/// let text = "Malaysia hosted the workshop.";
/// results.push(&Json::new(&Extractor::bundled().extract(text), text, Offsets::Chars).with_doc("a"));
/// results.push_error(Some("b"), "the file is damaged");
/// assert_eq!(results.finish()?.num_rows(), 2);
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Results(Vec<Value>);

impl Results {
    /// No results yet.
    pub fn new() -> Results {
        Results::default()
    }

    /// Adds a row with what was found in a document.
    pub fn push(&mut self, result: &Json<'_>) {
        self.0
            .push(serde_json::to_value(result).unwrap_or_else(|e| unreachable!("a result is always valid JSON: {e}")));
    }

    /// Adds a row for a document that cannot be read, with its name where it has one, and with what is wrong.
    pub fn push_error(&mut self, doc: Option<&str>, error: &str) {
        self.0.push(json!({"doc": doc, "error": error}));
    }

    /// The rows that were added, in their order.
    ///
    /// # Errors
    /// When a column has more than 2 GiB of text.
    pub fn finish(self) -> Result<RecordBatch, Error> {
        let rows: Vec<&Value> = self.0.iter().collect();
        let schema = schema();
        let columns = schema.fields().iter().map(|field| array(field.data_type(), &of_field(&rows, field)));
        let batch = columns.collect::<Result<_, _>>().and_then(|columns| RecordBatch::try_new(schema.clone(), columns));
        batch.map_err(|e| Error::of_batch(None, format!("the results do not fit into a batch: {e}")))
    }
}

/// Values of JSON as an array of a type of the schema.
fn array(kind: &DataType, values: &[&Value]) -> Result<ArrayRef, ArrowError> {
    let there = || Some(NullBuffer::from_iter(values.iter().map(|value| !value.is_null())));
    Ok(match kind {
        DataType::Boolean => Arc::new(values.iter().map(|value| value.as_bool()).collect::<BooleanArray>()),
        DataType::Int64 => Arc::new(values.iter().map(|value| value.as_i64()).collect::<Int64Array>()),
        DataType::Float64 => Arc::new(values.iter().map(|value| value.as_f64()).collect::<Float64Array>()),
        DataType::Struct(fields) => {
            let columns = fields.iter().map(|field| array(field.data_type(), &of_field(values, field)));
            Arc::new(StructArray::try_new(fields.clone(), columns.collect::<Result<_, _>>()?, there())?)
        }
        DataType::List(item) => {
            let lists = values.iter().map(|value| value.as_array().map_or(&[][..], Vec::as_slice));
            let items: Vec<&Value> = lists.clone().flatten().collect();
            let offsets = OffsetBuffer::from_lengths(lists.map(<[Value]>::len));
            Arc::new(ListArray::try_new(item.clone(), offsets, array(item.data_type(), &items)?, there())?)
        }
        _ => {
            let length: usize = values.iter().filter_map(|value| value.as_str()).map(str::len).sum();
            i32::try_from(length).map_err(|_| ArrowError::OffsetOverflowError(length))?;
            Arc::new(values.iter().map(|value| value.as_str()).collect::<StringArray>())
        }
    })
}

/// What objects have in a field.
fn of_field<'v>(values: &[&'v Value], field: &Field) -> Vec<&'v Value> {
    values.iter().map(|value| value.get(field.name()).unwrap_or(&Value::Null)).collect()
}
