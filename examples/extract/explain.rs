//! Why a relation was found: its sentence, and under the words what each of them is in it.

use crate::screen::harmless;
use console::measure_text_width;
use dateline::{EntityId, Extraction, Relation, Span};

/// The sentence of a relation in rows no wider than `width`, each with a row of marks where it has any: `S` under the source,
/// `T` under the target, `^` under the words that say so. An argument that only another sentence names has no mark.
pub(crate) fn rows(found: &Extraction, relation: &Relation, text: &str, width: usize) -> Vec<String> {
    let mut marks = vec![(relation.trigger, '^')];
    for (id, mark) in [(relation.source, 'S'), (relation.target, 'T')] {
        marks.extend(argument(found, id, relation).map(|span| (span, mark)));
    }
    let mut rows = Rows { width, ..Rows::default() };
    let mut start = relation.sentence.start;
    for word in relation.sentence.of(text).split_inclusive(char::is_whitespace) {
        rows.word(word, start, &marks);
        start += word.len();
    }
    rows.finish()
}

/// The mention of an entity in the sentence of a relation that stands nearest to its trigger.
fn argument(found: &Extraction, id: EntityId, relation: &Relation) -> Option<Span> {
    let (sentence, trigger) = (relation.sentence, relation.trigger);
    let within = |span: &Span| sentence.start <= span.start && span.end <= sentence.end;
    let distance = |span: &Span| span.start.saturating_sub(trigger.end).max(trigger.start.saturating_sub(span.end));
    found.entity(id).mentions.iter().map(|mention| mention.span).filter(within).min_by_key(distance)
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
