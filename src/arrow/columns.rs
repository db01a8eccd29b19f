//! A batch → its documents.

use crate::error::Error;
use arrow_array::cast::AsArray;
use arrow_array::{Array, LargeStringArray, RecordBatch, downcast_integer_array, downcast_temporal_array};
use arrow_schema::DataType;
use jiff::civil::Date;

/// The columns of a batch that hold its documents.
///
/// # Example
/// ```
/// use dateline::arrow::Columns;
/// let columns = Columns::new("body").doc("id").date("published");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Columns {
    text: String,
    doc: Option<String>,
    date: Option<String>,
}

impl Columns {
    /// Texts are in this column, which is of any type of text.
    pub fn new(text: impl Into<String>) -> Columns {
        Columns { text: text.into(), doc: None, date: None }
    }

    /// Names of documents are in this column: text or whole numbers. Without one, the results have none.
    pub fn doc(mut self, column: impl Into<String>) -> Columns {
        self.doc = Some(column.into());
        self
    }

    /// Days of documents are in this column: dates, times without a zone, or text in the form of `2024-11-15`. Where it is null or
    /// empty, or there is no such column, the day is the one that the document names itself.
    pub fn date(mut self, column: impl Into<String>) -> Columns {
        self.date = Some(column.into());
        self
    }

    /// The documents of a batch, one for each row.
    ///
    /// # Errors
    /// When a column is missing, or of a type that cannot hold what it should.
    pub fn read(&self, batch: &RecordBatch) -> Result<Documents, Error> {
        let maybe = |column: &Option<String>, kind| column.as_deref().map(|name| read(batch, name, kind)).transpose();
        Ok(Documents {
            text: read(batch, &self.text, Kind::Text)?,
            doc: maybe(&self.doc, Kind::Doc)?,
            date: maybe(&self.date, Kind::Date)?,
            columns: self.clone(),
        })
    }
}

/// What a column should hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Doc,
    Date,
}

impl Kind {
    /// Whether a column of that type can hold it.
    fn takes(self, kind: &DataType) -> bool {
        match kind {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
            kind if kind.is_integer() => self == Kind::Doc,
            _ => self == Kind::Date,
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Kind::Text => "text was expected",
            Kind::Doc => "text or whole numbers were expected",
            Kind::Date => "dates, times without a zone, or text were expected",
        }
    }
}

/// A column as text.
fn read(batch: &RecordBatch, name: &str, kind: Kind) -> Result<LargeStringArray, Error> {
    let Some(column) = batch.column_by_name(name) else {
        let there: Vec<_> = batch.schema_ref().fields().iter().map(|field| format!("`{}`", field.name())).collect();
        return Err(Error::of_batch(Some(name), format!("the column is missing; there are {}", there.join(", "))));
    };
    let found = column.data_type();
    as_text(column)
        .filter(|_| kind.takes(found))
        .ok_or_else(|| Error::of_batch(Some(name), format!("the column is of the type {found}; {}", kind.expected())))
}

/// The values of a column as text; a time counts for its day. `None`: no such type.
fn as_text(column: &dyn Array) -> Option<LargeStringArray> {
    Some(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().iter().collect(),
        DataType::LargeUtf8 => column.as_string::<i64>().clone(),
        DataType::Utf8View => column.as_string_view().iter().collect(),
        DataType::Null => LargeStringArray::new_null(column.len()),
        _ => downcast_integer_array! {
            column => column.iter().map(|number| number.map(|number| number.to_string())).collect(),
            DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, None) => downcast_temporal_array! {
                column => (0..column.len())
                    .map(|row| column.is_valid(row).then(|| column.value_as_date(row)).flatten())
                    .map(|day| day.map(|day| day.to_string()))
                    .collect(),
                _ => return None,
            },
            _ => return None,
        },
    })
}

/// The documents of a batch.
#[derive(Clone, Debug)]
pub struct Documents {
    text: LargeStringArray,
    doc: Option<LargeStringArray>,
    date: Option<LargeStringArray>,
    columns: Columns,
}

/// A document of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document<'d> {
    /// Its name, where it has one.
    pub doc: Option<&'d str>,
    /// Its text, or why the row cannot be read: the text is null, the date is no day.
    pub text: Result<&'d str, String>,
    /// Its day, where it is known.
    pub date: Option<Date>,
}

impl Documents {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The documents in the order of the rows.
    pub fn iter(&self) -> impl Iterator<Item = Document<'_>> {
        (0..self.len()).map(|row| self.at(row))
    }

    fn at(&self, row: usize) -> Document<'_> {
        let (text, date) = match (value(&self.text, row), self.day(row)) {
            (Some(text), Ok(date)) => (Ok(text), date),
            (None, _) => (Err(format!("the column `{}` is null; text was expected", self.columns.text)), None),
            (_, Err(why)) => (Err(why), None),
        };
        Document { doc: self.doc.as_ref().and_then(|doc| value(doc, row)), text, date }
    }

    fn day(&self, row: usize) -> Result<Option<Date>, String> {
        let Some(day) = self.date.as_ref().and_then(|date| value(date, row)).filter(|day| !day.is_empty()) else {
            return Ok(None);
        };
        // the parser of the calendar takes other forms too
        let date = day.parse().ok().filter(|_| day.len() == "YYYY-MM-DD".len());
        date.map(Some).ok_or_else(|| {
            let column = self.columns.date.as_deref().unwrap_or_default();
            format!("the column `{column}` is `{day}`: a day of the calendar was expected, such as 2024-11-15")
        })
    }
}

fn value(column: &LargeStringArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}
