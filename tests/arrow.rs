//! Batches of texts in, batches of results out, with the feature `arrow`: a batch says what the JSON of the same texts says.
#![cfg(feature = "arrow")]

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray, TimestampMicrosecondArray,
};
use arrow_schema::{DataType, Field};
use dateline::arrow::{Columns, Results, extract_batch, schema};
use dateline::output::{Json, Offsets};
use dateline::{Date, Extractor};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Texts that between them have every field that there is.
const TEXTS: &[&str] = &[
    include_str!("../examples/statement.txt"),
    include_str!("statements/caps-release-cambodia.txt"),
    include_str!("statements/quotes-indonesia.txt"),
    include_str!("statements/joint-statement-indonesia-timor-leste.txt"),
    "Datuk Seri Aisyah Example, Minister of Health of Malaysia, will not attend the 🇲🇾 workshop on 31 February 2024. “We’re ready,” she said.",
    "Malaysia hosted a workshop on 3 March 2031.",
    "NUL \0, \u{feff}, \u{202e}, \"quotes\", \\ and \r\n Thailand.",
    "",
];

#[test]
fn a_batch_says_what_json_says() {
    let extractor = Extractor::bundled();
    for unit in [Offsets::Chars, Offsets::Bytes, Offsets::Utf16] {
        let docs: Vec<String> = (0..TEXTS.len()).map(|n| format!("doc {n}")).collect();
        let batch = batch([("text", texts(TEXTS)), ("doc", Arc::new(StringArray::from(docs.clone())))]);
        let found = extract_batch(extractor, &batch, &Columns::new("text").doc("doc"), unit).expect("it is read");
        for (row, text) in TEXTS.iter().enumerate() {
            let extraction = extractor.extract(text);
            let json = serde_json::to_value(Json::new(&extraction, text, unit).with_doc(&docs[row])).expect("JSON");
            assert_eq!(at(&found, row), present(json), "{text}");
        }
    }
}

#[test]
fn every_column_holds_something_in_some_text() {
    let found =
        extract_batch(Extractor::bundled(), &batch([("text", texts(TEXTS))]), &Columns::new("text"), Offsets::Chars);
    let found = found.expect("it is read");
    for column in found.schema().fields().iter().filter(|column| !["doc", "error"].contains(&column.name().as_str())) {
        assert!(!is_always_null(&found[column.name().as_str()]), "{} is always null", column.name());
    }
}

#[test]
fn a_row_that_cannot_be_read_is_a_row_with_an_error() {
    let columns = Columns::new("body").doc("id").date("day");
    let dates =
        StringArray::from(vec![None, Some("2024-11-15"), Some(""), Some("15 November"), Some("2024-02-30"), None]);
    let bodies = [Some("It rained yesterday."); 5].into_iter().chain([None]);
    let batch = batch([
        ("id", Arc::new(Int64Array::from(vec![Some(1), Some(2), None, Some(4), Some(5), Some(6)])) as ArrayRef),
        ("body", Arc::new(StringArray::from_iter(bodies))),
        ("day", Arc::new(dates)),
    ]);
    let found = extract_batch(Extractor::bundled(), &batch, &columns, Offsets::Chars).expect("it is read");
    let expected = "a day of the calendar was expected, such as 2024-11-15";
    let errors = [
        (3, json!("4"), format!("the column `day` is `15 November`: {expected}")),
        (4, json!("5"), format!("the column `day` is `2024-02-30`: {expected}")),
        (5, json!("6"), "the column `body` is null; text was expected".to_owned()),
    ];
    assert_eq!(found.num_rows(), 6);
    for (row, doc, error) in errors {
        assert_eq!(at(&found, row), json!({"doc": doc, "error": error}));
    }
    assert_eq!(at(&found, 1)["entities"][0]["value"], "2024-11-14");
    assert_eq!(at(&found, 2).get("doc"), None);
}

#[test]
fn columns_may_be_of_any_type_that_can_hold_what_they_should() {
    let day = Date::new(2024, 11, 15).expect("a day");
    let days = (day - Date::new(1970, 1, 1).expect("a day")).get_days();
    let text = "It rained yesterday.";
    let of_text: [ArrayRef; 3] = [
        Arc::new(StringArray::from(vec![text])),
        Arc::new(LargeStringArray::from(vec![text])),
        Arc::new(StringViewArray::from(vec![text])),
    ];
    let of_day: [ArrayRef; 3] = [
        Arc::new(StringViewArray::from(vec!["2024-11-15"])),
        Arc::new(Date32Array::from(vec![days])),
        Arc::new(TimestampMicrosecondArray::from(vec![i64::from(days) * 86_400_000_000 + 1])),
    ];
    for (text, day) in of_text.iter().flat_map(|text| of_day.iter().map(move |day| (text, day))) {
        let batch = batch([("text", text.clone()), ("date", day.clone())]);
        let columns = Columns::new("text").date("date");
        let found = extract_batch(Extractor::bundled(), &batch, &columns, Offsets::Chars).expect("it is read");
        assert_eq!(at(&found, 0)["entities"][0]["value"], "2024-11-14", "{} {}", text.data_type(), day.data_type());
    }
}

#[test]
fn a_batch_without_the_columns_is_an_error_that_names_them() {
    let zoned = TimestampMicrosecondArray::from(vec![0]).with_timezone("+07:00");
    let batch = batch([
        ("id", Arc::new(StringArray::from(vec!["a"])) as ArrayRef),
        ("body", Arc::new(StringArray::from(vec!["It rained."]))),
        ("sunny", Arc::new(BooleanArray::from(vec![false]))),
        ("number", Arc::new(Int64Array::from(vec![7]))),
        ("time", Arc::new(zoned)),
    ]);
    let told = |columns: &Columns| match extract_batch(Extractor::bundled(), &batch, columns, Offsets::Chars) {
        Ok(_) => "read".to_owned(),
        Err(e) => e.to_string(),
    };
    let body = || Columns::new("body");
    for (columns, expected) in [
        (Columns::new("text"), "text: the column is missing; there are `id`, `body`, `sunny`, `number`, `time`"),
        (body().doc("doc"), "doc: the column is missing; there are `id`, `body`, `sunny`, `number`, `time`"),
        (Columns::new("number"), "number: the column is of the type Int64; text was expected"),
        (body().doc("sunny"), "sunny: the column is of the type Boolean; text or whole numbers were expected"),
        (
            body().date("number"),
            "number: the column is of the type Int64; dates, times without a zone, or text were expected",
        ),
        (
            body().date("time"),
            "time: the column is of the type Timestamp(µs, \"+07:00\"); dates, times without a zone, or text were expected",
        ),
    ] {
        assert_eq!(told(&columns), format!("record batch: {expected}"));
    }
    assert_eq!(told(&body().doc("number")), "read");
}

#[test]
fn a_batch_without_rows_gives_one_without_rows() {
    let empty = batch([("text", texts(&[]))]);
    let found = extract_batch(Extractor::bundled(), &empty, &Columns::new("text"), Offsets::Chars).expect("it is read");
    assert_eq!((found.num_rows(), found.schema()), (0, schema()));
    assert_eq!(Results::new().finish().expect("no rows"), found);
}

#[test]
fn the_table_of_the_documentation_has_the_columns_that_there_are() {
    let told = include_str!("../src/arrow/columns.md").lines().skip(2).map_while(|line| line.strip_prefix("| "));
    let told: Vec<Vec<&str>> = told.map(|line| line.split(" | ").take(2).collect()).collect();
    let mut there = Vec::new();
    for column in schema().fields() {
        describe(column, "", &mut there);
    }
    assert_eq!(told, there.iter().map(|(name, kind)| vec![name.as_str(), kind]).collect::<Vec<_>>());
}

/// Lines of the documentation for a column and its fields.
fn describe(field: &Field, above: &str, lines: &mut Vec<(String, String)>) {
    let path = format!("{above}{}", field.name());
    let (list, kind) = match field.data_type() {
        DataType::List(item) => ("list of ", item.data_type()),
        kind => ("", kind),
    };
    let (fields, kind) = match kind {
        DataType::Struct(fields) if fields[0].name() == "start" => (&fields[3..], "place"),
        DataType::Struct(fields) => (&fields[..], "object"),
        DataType::Utf8 => (&[][..], "text"),
        DataType::Int64 => (&[][..], "number"),
        DataType::Float64 => (&[][..], "decimal number"),
        DataType::Boolean => (&[][..], "truth value"),
        other => panic!("no word for {other}"),
    };
    let several = if list.is_empty() || kind == "text" { "" } else { "s" };
    let null = if field.is_nullable() { " or null" } else { "" };
    lines.push((format!("`{path}`"), format!("{list}{kind}{several}{null}")));
    for below in fields {
        describe(below, &format!("{path}."), lines);
    }
}

fn batch<const N: usize>(columns: [(&str, ArrayRef); N]) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true))).expect("a batch")
}

fn texts(texts: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

/// A row as JSON; without what is null.
fn at(batch: &RecordBatch, row: usize) -> Value {
    let columns = batch.schema();
    let fields =
        columns.fields().iter().map(|column| (column.name().clone(), value(&batch[column.name().as_str()], row)));
    present(fields.collect::<Map<_, _>>().into())
}

fn value(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into(),
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            (0..items.len()).map(|item| value(&items, item)).collect()
        }
        DataType::Struct(fields) => {
            let columns = fields.iter().zip(array.as_struct().columns());
            columns.map(|(field, column)| (field.name().clone(), value(column, row))).collect::<Map<_, _>>().into()
        }
        other => panic!("no JSON for {other}"),
    }
}

/// A value without the fields that are null.
fn present(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
            fields.map(|(name, value)| (name, present(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.into_iter().map(present).collect(),
        other => other,
    }
}

/// Whether a column, or a field of it, is null in every row; a list without items has no rows.
fn is_always_null(array: &dyn Array) -> bool {
    let below = match array.data_type() {
        DataType::List(_) => is_always_null(array.as_list::<i32>().values()),
        DataType::Struct(_) => array.as_struct().columns().iter().any(|column| is_always_null(column)),
        _ => false,
    };
    below || array.null_count() == array.len()
}
