//! The modules of the example programs, which are no library, for the targets that break them.

#![allow(dead_code)]

// of `extract`
#[path = "../../examples/extract/answers.rs"]
mod answers;
#[path = "../../examples/extract/args.rs"]
mod args;
#[path = "../../examples/extract/compressed.rs"]
mod compressed;
#[path = "../../examples/extract/explain.rs"]
mod explain;
#[path = "../../examples/extract/formats/mod.rs"]
mod formats;
#[path = "../../examples/extract/graph.rs"]
mod graph;
#[path = "../../examples/extract/input.rs"]
mod input;
#[path = "../../examples/extract/lines.rs"]
mod lines;
#[path = "../../examples/extract/merge.rs"]
mod merge;
#[path = "../../examples/extract/order.rs"]
mod order;
#[path = "../../examples/extract/output.rs"]
mod output;
#[path = "../../examples/extract/record.rs"]
mod record;
#[path = "../../examples/extract/render.rs"]
mod render;
#[path = "../../examples/extract/screen.rs"]
mod screen;
#[path = "../../examples/extract/stream.rs"]
mod stream;
#[path = "../../examples/extract/table.rs"]
mod table;

// of `evaluate`
#[path = "../../examples/evaluate/annotation.rs"]
mod annotation;
#[path = "../../examples/evaluate/brat.rs"]
mod brat;
#[path = "../../examples/evaluate/json.rs"]
mod json;
#[path = "../../examples/evaluate/text.rs"]
mod text;

mod reading;
mod writing;

pub use reading::{annotation_in_brat, annotation_in_json, lines_of_json};
pub use writing::every_format;

// where the modules look for them
use input::{Document, Sources};
