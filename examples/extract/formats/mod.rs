//! The forms of a result other than the table. Each writes a piece for a document, or one for a whole run; what comes before,
//! between and after the pieces is its frame.

pub(crate) mod brat;
pub(crate) mod html;

mod csv;
mod dot;
mod ftm;
mod graphml;
mod json;
mod rdf;
#[cfg(test)]
mod tests;

use crate::args::Format;
use crate::graph::Graph;

/// What surrounds the pieces of a format.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Frame {
    pub(crate) open: &'static str,
    pub(crate) between: &'static str,
    pub(crate) close: &'static str,
}

impl Frame {
    /// The frame of a format; `one`: a single piece is expected.
    pub(crate) fn of(format: Format, one: bool) -> Frame {
        match format {
            Format::Table => Frame { between: "\n", ..Frame::default() },
            Format::Json if one => Frame::default(),
            Format::Json => Frame { open: "[", between: ",", close: "\n]\n" },
            Format::Csv => Frame { open: csv::RELATIONS, ..Frame::default() },
            Format::CsvEntities => Frame { open: csv::ENTITIES, ..Frame::default() },
            Format::Html => Frame { open: html::OPEN, close: html::CLOSE, ..Frame::default() },
            Format::Dot => Frame { open: dot::OPEN, close: dot::CLOSE, ..Frame::default() },
            Format::Graphml => Frame { open: graphml::OPEN, close: graphml::CLOSE, ..Frame::default() },
            Format::Turtle => Frame { open: rdf::turtle_prefixes(), between: "\n", ..Frame::default() },
            Format::Jsonld => Frame { open: rdf::jsonld_open(), between: ",\n", close: "\n]}\n" },
            Format::Jsonl | Format::Parquet | Format::Brat | Format::Ftm => Frame::default(),
        }
    }
}

/// The days of a value of EDTF: one, or the first and the last of a span; `None` where not all of it is known, as in `XXXX-11`.
pub(crate) fn days(value: &str) -> Option<(&str, Option<&str>)> {
    let (first, last) = value.split_once('/').map_or((value, None), |(first, last)| (first, Some(last)));
    (is_date(first) && last.is_none_or(is_date)).then_some((first, last))
}

/// Whether it is a year, a month or a day of the calendar.
fn is_date(value: &str) -> bool {
    let lengths: Vec<usize> = value.split('-').map(str::len).collect();
    let digits = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    digits && matches!(lengths[..], [4] | [4, 2] | [4, 2, 2])
}

/// The piece of a graph, in a format that writes graphs; `None`: the format needs a document.
pub(crate) fn piece(format: Format, graph: &Graph) -> Option<String> {
    match format {
        Format::Csv => Some(csv::relations(graph)),
        Format::CsvEntities => Some(csv::entities(graph)),
        Format::Dot => Some(dot::piece(graph)),
        Format::Graphml => Some(graphml::piece(graph)),
        Format::Turtle => Some(rdf::turtle(graph)),
        Format::Jsonld => Some(rdf::jsonld(graph)),
        Format::Ftm => Some(ftm::lines(graph)),
        Format::Json => Some(json::object(graph)),
        Format::Jsonl => Some(json::lines(graph)),
        Format::Table | Format::Parquet | Format::Html | Format::Brat => None,
    }
}
