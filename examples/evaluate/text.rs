//! A text, and places in it counted in code points, as annotations count.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A half-open stretch of a text, in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Place {
    /// How many code points it shares with another.
    pub(crate) fn shared(self, other: Place) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    pub(crate) fn touches(self, other: Place) -> bool {
        self.shared(other) > 0
    }

    pub(crate) fn len(self) -> usize {
        self.end - self.start
    }
}

/// A text that knows its code points.
pub(crate) struct Text {
    content: String,
    /// The byte at which each code point begins, and that of the end.
    bytes: Vec<usize>,
}

impl Text {
    pub(crate) fn new(content: String) -> Text {
        let bytes = content.char_indices().map(|(at, _)| at).chain([content.len()]).collect();
        Text { content, bytes }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.content
    }

    /// The place of a range of bytes.
    pub(crate) fn place(&self, start: usize, end: usize) -> Place {
        let point = |byte| self.bytes.partition_point(|&begin| begin < byte);
        Place { start: point(start), end: point(end) }
    }

    /// The words at a place; `None` where the text is shorter.
    pub(crate) fn get(&self, place: Place) -> Option<&str> {
        self.content.get(*self.bytes.get(place.start)?..*self.bytes.get(place.end)?)
    }

    /// The words at a place of this text, in one line.
    pub(crate) fn words(&self, place: Place) -> String {
        one_line(self.get(place).unwrap_or_default())
    }

    /// Every place of a surface that begins and ends no word in its middle. Places may overlap.
    pub(crate) fn occurrences(&self, surface: &str) -> Vec<Place> {
        let starts_in_word = surface.starts_with(char::is_alphanumeric);
        let ends_in_word = surface.ends_with(char::is_alphanumeric);
        let mut out = Vec::new();
        let mut from = 0;
        while let Some(found) = self.content[from..].find(surface).filter(|_| !surface.is_empty()) {
            let (start, end) = (from + found, from + found + surface.len());
            let continues_before = starts_in_word && self.content[..start].ends_with(char::is_alphanumeric);
            let continues_behind = ends_in_word && self.content[end..].starts_with(char::is_alphanumeric);
            if !continues_before && !continues_behind {
                out.push(self.place(start, end));
            }
            from = start + self.content[start..].chars().next().map_or(1, char::len_utf8);
        }
        out
    }

    /// The number of the line on which a place begins, from 1.
    pub(crate) fn line(&self, place: Place) -> usize {
        self.content[..self.bytes[place.start]].matches('\n').count() + 1
    }

    /// The sentences in which the places begin, each once, in one line.
    pub(crate) fn sentences(&self, places: &[Place]) -> String {
        let holds = |range: &Range<usize>| places.iter().any(|place| range.contains(&self.bytes[place.start]));
        let sentences = self.cut().into_iter().filter(holds);
        sentences.map(|range| one_line(&self.content[range])).collect::<Vec<_>>().join(" … ")
    }

    /// The text cut into sentences as a reader would, not as the extractor does; short words such as `Dr.` end none.
    fn cut(&self) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        let mut goes_on = false;
        for (start, piece) in self.content.split_sentence_bound_indices() {
            let end = start + piece.len();
            match out.last_mut() {
                Some(last) if goes_on => last.end = end,
                _ => out.push(start..end),
            }
            let line = piece.trim_end_matches(' ');
            let letters = line.strip_suffix('.').unwrap_or_default().chars().rev().take_while(|c| c.is_alphabetic());
            goes_on = (1..=3).contains(&letters.count());
        }
        out
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
