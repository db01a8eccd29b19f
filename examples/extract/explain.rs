//! Why a relation was found, or why not: a sentence, and under its words what each of them is in it.

use crate::screen::harmless;
use console::measure_text_width;
use dateline::{Entity, Evidence, Extraction, NearMiss, Span};

/// The sentence of a proof in rows no wider than `width`, each with a row of marks where it has any: `S` under the source,
/// `T` under the target, `^` under the words that say so, `?` under those that tell the status, `+` under qualifiers. An argument
/// that only another sentence names has no mark.
pub(crate) fn rows(evidence: &Evidence, qualifiers: &[Span], text: &str, width: usize) -> Vec<String> {
    let mut marks = vec![(evidence.trigger, '^')];
    marks.extend(evidence.cue.map(|span| (span, '?')));
    marks.extend(qualifiers.iter().map(|&span| (span, '+')));
    marks.extend(evidence.source.map(|span| (span, 'S')));
    marks.extend(evidence.target.map(|span| (span, 'T')));
    marked(evidence.sentence, &marks, text, width)
}

/// The sentence of a rule that came near, with its trigger marked.
pub(crate) fn near_rows(near: &NearMiss, text: &str, width: usize) -> Vec<String> {
    marked(near.sentence, &[(near.trigger, '^')], text, width)
}

/// The rules that came near in sentences in which both entities are named.
pub(crate) fn between<'n>(near: &'n [NearMiss], a: &Entity, b: &Entity) -> Vec<&'n NearMiss> {
    let within = |entity: &Entity, sentence: Span| {
        entity.mentions.iter().any(|m| sentence.start <= m.span.start && m.span.end <= sentence.end)
    };
    near.iter().filter(|miss| within(a, miss.sentence) && within(b, miss.sentence)).collect()
}

/// The entity that a name means: by one of its mentions or its whole name, whatever the case.
pub(crate) fn named<'f>(found: &'f Extraction, text: &str, name: &str) -> Option<&'f Entity> {
    let same = |other: &str| other.to_lowercase() == name.to_lowercase();
    found.entities.iter().find(|e| same(&e.name) || e.mentions.iter().any(|m| same(m.span.of(text))))
}

fn marked(sentence: Span, marks: &[(Span, char)], text: &str, width: usize) -> Vec<String> {
    let mut rows = Rows { width, ..Rows::default() };
    let mut start = sentence.start;
    for word in sentence.of(text).split_inclusive(char::is_whitespace) {
        rows.word(word, start, marks);
        start += word.len();
    }
    rows.finish()
}

#[derive(Default)]
struct Rows {
    width: usize,
    text: String,
    marks: String,
    done: Vec<String>,
}

impl Rows {
    /// Adds a word that stands at byte `start` of the text, and the blank behind it.
    fn word(&mut self, word: &str, start: usize, marks: &[(Span, char)]) {
        let letters = word.trim_end();
        if !self.text.is_empty() && measure_text_width(&self.text) + measure_text_width(letters) > self.width {
            self.end_row();
        }
        for (at, letter) in word.char_indices() {
            let blank = letter.is_whitespace();
            let shown = if blank { " ".to_owned() } else { harmless(letter.encode_utf8(&mut [0; 4])) };
            let inside = |span: &Span| (span.start..span.end).contains(&(start + at));
            // an argument inside the trigger is marked as the argument
            let mark = marks.iter().rev().find(|(span, _)| inside(span)).map_or(' ', |&(_, mark)| mark);
            self.marks.extend(std::iter::repeat_n(mark, measure_text_width(&shown)));
            self.text.push_str(&shown);
        }
    }

    fn end_row(&mut self) {
        for row in [std::mem::take(&mut self.text), std::mem::take(&mut self.marks)] {
            if !row.trim().is_empty() {
                self.done.push(row.trim_end().to_owned());
            }
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_row();
        self.done
    }
}
