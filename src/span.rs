//! Where something stands in the text.

use serde::{Deserialize, Serialize};

/// A half-open range of the text, in **bytes** of its UTF-8 form.
///
/// Both ends lie on character boundaries of the text that the span was made for, so `&text[span.range()]` never panics
/// on that text. Other units are made from it when a result is written, see [`Offsets`](crate::output::Offsets).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`.
    ///
    /// # Panics
    /// When `end` is before `start`.
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Span { start, end }
    }

    /// The span as a range, to slice the text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// The words of `text` at this span.
    ///
    /// # Example
    /// ```
    /// let span = dateline::Span::new(0, 5);
    /// assert_eq!(span.of("ASEAN Summit"), "ASEAN");
    /// ```
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` lies inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span over both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn spans_are_half_open() {
        for (a, b, overlap, within) in [
            ((2, 5), (5, 7), false, false),
            ((2, 5), (0, 2), false, false),
            ((2, 5), (4, 7), true, false),
            ((2, 5), (1, 3), true, false),
            ((2, 5), (2, 5), true, true),
            ((2, 5), (3, 4), true, true),
            ((2, 5), (2, 6), true, false),
            ((2, 5), (1, 5), true, false),
            ((2, 5), (3, 3), true, true),
        ] {
            let [one, other] = [a, b].map(|(start, end)| Span::new(start, end));
            assert_eq!((one.overlaps(other), other.overlaps(one)), (overlap, overlap), "{a:?} {b:?}");
            assert_eq!(one.contains(other), within, "{a:?} {b:?}");
            assert_eq!(one.cover(other), Span::new(a.0.min(b.0), a.1.max(b.1)), "{a:?} {b:?}");
        }
        let span = Span::new(3, 7);
        assert_eq!((span.len(), span.is_empty(), Span::new(3, 3).is_empty()), (4, false, true));
        assert_eq!(span.of("Café ASEAN"), "é A");
    }
}
