//! Readers of files that other people write.

use crate::annotation::{Annotation, Fault};
use crate::args::Args;
use crate::render::Renderer;
use crate::screen::Look;
use crate::lines::{Pieces, Reader};
use crate::stream::{Content, Fields};
use crate::text::Text;
use crate::{brat, compressed, json};
use clap::Parser;
use dateline::Extractor;
use serde_json::Value;
use std::io::Cursor;
use std::sync::LazyLock;

/// Longer lines of a stream are answered with errors.
const MAX_LINE: &str = "2000";

/// A stream of documents is answered line for line, each with an object of JSON.
pub fn lines_of_json(bytes: &[u8]) {
    static ARGS: LazyLock<Args> =
        LazyLock::new(|| Args::parse_from(["extract", "--input", "jsonl", "--max-line", MAX_LINE]));
    // what the tables know is not what is tried here
    static EXTRACTOR: LazyLock<Extractor> =
        LazyLock::new(|| Extractor::builder().without_bundled_names().build().expect("the rules alone are sound"));
    let renderer = Renderer {
        extractor: &EXTRACTOR,
        format: ARGS.format(),
        offsets: ARGS.offsets,
        date: None,
        wanted: ARGS.wanted(),
        explain: false,
        why_not: None,
        merge: false,
        look: Look::plain(),
    };
    let lines = Reader { fields: Fields::of(&ARGS), max_line: ARGS.max_line.get() };
    let Ok(reader) = compressed::open(Cursor::new(bytes.to_vec())) else { return };
    let compressed = [&b"\x1f\x8b"[..], b"\x28\xb5\x2f\xfd"].iter().any(|magic| bytes.starts_with(magic));
    let skipped = bytes.get(1..4) == Some(b"\x2a\x4d\x18");
    let mut answered = 0;
    for piece in Pieces::of("-".into(), reader, ARGS.max_line.get()) {
        let Content::Lines(bytes) = piece.content else {
            answered += 1;
            continue;
        };
        for document in lines.documents(&bytes, piece.first, &piece.file) {
            answered += 1;
            if let Ok(document) = document {
                let answer = renderer.render(&document).text;
                assert!(matches!(serde_json::from_str(&answer), Ok(Value::Object(_))), "{answer:?}");
            }
        }
    }
    if !compressed && !skipped {
        let lines = bytes.strip_suffix(b"\n").unwrap_or(bytes).split(|&byte| byte == b'\n').count();
        assert_eq!(answered, if bytes.is_empty() { 0 } else { lines });
    }
}

/// An annotation in JSON is sound, or all that is wrong with it is told.
pub fn annotation_in_json(file: &str, text: &str) {
    let text = Text::new(text.to_owned());
    sound(json::read(file, &text), &text);
}

/// An annotation in standoff of brat is sound, or all that is wrong with it is told.
pub fn annotation_in_brat(file: &str, text: &str) {
    let text = Text::new(text.to_owned());
    sound(brat::read(file, &text), &text);
}

fn sound(read: Result<Annotation, Vec<Fault>>, text: &Text) {
    let annotation = match read {
        Ok(annotation) => annotation,
        Err(faults) => {
            assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.message.is_empty()));
            return;
        }
    };
    let known = |entities: &[usize]| {
        !entities.is_empty() && entities.iter().all(|&entity| entity < annotation.entities.len())
    };
    for mention in &annotation.mentions {
        assert!(text.get(mention.place).is_some_and(|words| !words.is_empty()));
        assert!(known(&[mention.entity]));
    }
    for pair in annotation.mentions.windows(2) {
        assert!(pair[0].place.end <= pair[1].place.start, "{pair:?}");
    }
    for relation in &annotation.relations {
        assert!(known(&relation.source) && known(&relation.target));
        assert!(relation.qualifiers.iter().flatten().all(|qualifier| known(&qualifier.entity)));
    }
    for quote in &annotation.quotes {
        assert!(text.get(quote.place).is_some() && known(&quote.speaker));
    }
}
