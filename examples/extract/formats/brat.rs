//! Standoff annotations of brat, an `.ann` file beside its `.txt`: `T1` a mention or a quote, `R1` a relation between two of them
//! (`speaker` of a quote and who said it), `A1` its status where it is not asserted or that a mention is no name, `*` two mentions
//! of one thing, `#1` the rule and the words that say it. Positions count code points, as brat does.

use crate::record::{Entity, Place, Record};
use dateline::Status;
use std::fmt::Write;

/// The annotations of a document.
pub(crate) fn annotations(record: &Record) -> String {
    let mut out = String::new();
    // the number of the first mention of each entity
    let mut first = Vec::new();
    let mut count = 0;
    for entity in &record.entities {
        first.push(count + 1);
        for place in &entity.mentions {
            count += 1;
            line(&mut out, format_args!("T{count}\t{} {}\t{}", entity.kind, spans(place), one_line(&place.text)));
        }
    }
    for (entity, first) in record.entities.iter().zip(&first) {
        for n in 1..entity.mentions.len() {
            line(&mut out, format_args!("*\tCoref T{first} T{}", first + n));
        }
    }
    let mut attributes = 0;
    let nameless = record.entities.iter().zip(&first).filter(|(entity, _)| !entity.named);
    for (_, first) in nameless {
        attributes += 1;
        line(&mut out, format_args!("A{attributes}\tNominal T{first}"));
    }
    for (n, relation) in record.relations.iter().enumerate() {
        let id = n + 1;
        let proof = &relation.evidence[0];
        let end =
            |entity: usize, place: &Option<Place>| first[entity] + mention(&record.entities[entity], place.as_ref());
        let (source, target) = (end(relation.source, &proof.source), end(relation.target, &proof.target));
        line(&mut out, format_args!("R{id}\t{} Arg1:T{source} Arg2:T{target}", relation.name));
        if relation.status != Status::Asserted {
            attributes += 1;
            line(&mut out, format_args!("A{attributes}\tStatus R{id} {}", relation.status.as_str()));
        }
        let words = one_line(&proof.trigger.text);
        line(&mut out, format_args!("#{id}\tAnnotatorNotes R{id}\trule {}: “{words}”", one_line(&proof.rule)));
    }
    for (n, quote) in record.quotes.iter().enumerate() {
        let (id, place) = (count + n + 1, &quote.place);
        line(&mut out, format_args!("T{id}\tquote {}\t{}", spans(place), one_line(&place.text)));
        if let Some(speaker) = quote.speaker {
            let joined = record.relations.len() + n + 1;
            line(&mut out, format_args!("R{joined}\tspeaker Arg1:T{id} Arg2:T{}", first[speaker]));
        }
    }
    out
}

fn line(out: &mut String, line: std::fmt::Arguments<'_>) {
    // a string takes all
    let _ = writeln!(out, "{line}");
}

/// Which mention stands at a place; the first where none does, as for pronouns.
fn mention(entity: &Entity, place: Option<&Place>) -> usize {
    entity.mentions.iter().position(|mention| Some(mention) == place).unwrap_or(0)
}

/// Start and end; in pieces, where the words run over the end of a line, which brat asks for.
fn spans(place: &Place) -> String {
    let mut spans: Vec<String> = Vec::new();
    let mut start = None;
    let letters = place.text.chars().chain(std::iter::once('\n'));
    for (at, c) in (place.start..).zip(letters) {
        if is_break(c) {
            spans.extend(start.take().map(|start: usize| format!("{start} {at}")));
        } else {
            start = start.or(Some(at));
        }
    }
    spans.join(";")
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// Pieces of lines joined by a blank, as brat joins them.
fn one_line(text: &str) -> String {
    let pieces: Vec<&str> = text.split(is_break).filter(|piece| !piece.is_empty()).collect();
    pieces.join(" ").replace('\t', " ")
}
