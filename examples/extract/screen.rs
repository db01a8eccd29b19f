//! What a person sees: colours, lines of a given width, messages, progress.

use crate::Sources;
use crate::output::Destination;
use console::{Style, Term, measure_text_width};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Write};

/// Width and colours of a table.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    pub(crate) width: usize,
    pub(crate) title: Style,
    pub(crate) label: Style,
    pub(crate) name: Style,
    pub(crate) relation: Style,
    pub(crate) status: Style,
    pub(crate) faint: Style,
}

impl Look {
    /// For files and pipes.
    pub(crate) fn plain() -> Look {
        Look::new(80, false)
    }

    /// For the terminal that standard output is.
    pub(crate) fn of_terminal() -> Look {
        let (_, columns) = Term::stdout().size();
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        // lines much longer than these are hard to read
        Look::new(usize::from(columns).clamp(40, 100), !unwanted && !dumb)
    }

    fn new(width: usize, colours: bool) -> Look {
        let style = || Style::new().force_styling(colours);
        Look {
            width,
            title: style().bold(),
            label: style().cyan(),
            name: style(),
            relation: style().yellow(),
            status: style().magenta(),
            faint: style().dim(),
        }
    }
}

/// Fills lines of a given width with pieces of text that stay together where they can.
pub(crate) struct Lines<'l> {
    out: &'l mut String,
    width: usize,
    /// Column at which a broken line goes on.
    indent: usize,
    column: usize,
    /// Whether nothing but white space stands before the next piece.
    fresh: bool,
}

impl<'l> Lines<'l> {
    /// Begins a line with `start`, which is `column` wide.
    pub(crate) fn begin(out: &'l mut String, width: usize, start: &str, column: usize, indent: usize) -> Lines<'l> {
        out.push_str(start);
        Lines { out, width, indent, column, fresh: true }
    }

    /// Adds a piece; on a new line where it does not fit, broken between words where no line is long enough.
    pub(crate) fn piece(&mut self, text: &str, style: &Style) {
        let wide = measure_text_width(text);
        if self.gap() + wide <= self.room() || self.indent + wide <= self.width {
            self.put(text, style);
        } else {
            if !self.fresh {
                self.break_line();
            }
            for word in text.split(' ') {
                self.word(word, style);
            }
        }
    }

    /// Adds a word, cut where no line is long enough.
    fn word(&mut self, word: &str, style: &Style) {
        let mut rest = word;
        while self.indent + measure_text_width(rest) > self.width {
            let cut = fitting(rest, self.width.saturating_sub(self.indent));
            self.put(&rest[..cut], style);
            rest = &rest[cut..];
        }
        if !rest.is_empty() {
            self.put(rest, style);
        }
    }

    fn put(&mut self, text: &str, style: &Style) {
        let wide = measure_text_width(text);
        if self.gap() + wide > self.room() {
            self.break_line();
        }
        let gap = self.gap();
        self.out.push_str(&" ".repeat(gap));
        self.out.push_str(&style.apply_to(text).to_string());
        self.column += gap + wide;
        self.fresh = false;
    }

    fn break_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(&" ".repeat(self.indent));
        self.column = self.indent;
        self.fresh = true;
    }

    /// Columns left on this line.
    fn room(&self) -> usize {
        self.width.saturating_sub(self.column)
    }

    /// Space before the next piece.
    fn gap(&self) -> usize {
        usize::from(!self.fresh)
    }

    pub(crate) fn end(self) {
        self.out.push('\n');
    }
}

/// Pieces on a line that begins at column `start`, and goes on at column `hang` where it is too long.
pub(crate) fn line(out: &mut String, look: &Look, pieces: &[(&str, &Style)], start: usize, hang: usize) {
    let mut lines = Lines::begin(out, look.width, &" ".repeat(start), start, hang);
    for (text, style) in pieces {
        lines.piece(text, style);
    }
    lines.end();
}

/// The title of a part; nothing where the part is empty.
pub(crate) fn section(out: &mut String, look: &Look, title: &str, count: usize) {
    if count > 0 {
        out.push('\n');
        line(out, look, &[(&format!("{title} ({count})"), &look.title)], 0, 2);
    }
}

/// How many bytes of `text` fit into `width` columns: one character at least.
fn fitting(text: &str, width: usize) -> usize {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let first = text.chars().next().map_or(0, char::len_utf8);
    ends.take_while(|&end| measure_text_width(&text[..end]) <= width).last().unwrap_or(first)
}

/// The text on one line, without what could move a terminal's cursor, set its colours or turn its direction of writing.
pub(crate) fn harmless(text: &str) -> String {
    let turns =
        |c| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(|c| if c.is_control() || turns(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Says something on standard error, on a line of its own.
pub(crate) fn complain(kind: &str, message: &str) {
    for line in message.lines() {
        // nothing is left to do when even this cannot be written
        let _ = writeln!(io::stderr(), "{kind}: {}", harmless(line));
    }
}

/// Messages and progress, which share standard error.
pub(crate) struct Console {
    bar: ProgressBar,
}

impl Console {
    /// Shows progress where a person waits for a folder and would otherwise see nothing.
    pub(crate) fn new(sources: &Sources, destination: &Destination) -> Console {
        if !sources.has_folder || destination.is_terminal() || !io::stderr().is_terminal() {
            return Console { bar: ProgressBar::hidden() };
        }
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} documents, {per_sec}, {eta} left");
        let bar = ProgressBar::new(sources.list.len() as u64);
        Console { bar: bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())) }
    }

    pub(crate) fn warning(&self, message: &str) {
        self.bar.suspend(|| complain("warning", message));
    }

    pub(crate) fn error(&self, message: &str) {
        self.bar.suspend(|| complain("error", message));
    }

    pub(crate) fn advance(&self) {
        self.bar.inc(1);
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, fitting, harmless};
    use console::Style;

    #[test]
    fn control_characters_are_made_harmless() {
        assert_eq!(harmless("a\x1b[31mb\r\n c\u{202e}d\u{9b}e"), "a\u{fffd}[31mb c\u{fffd}d\u{fffd}e");
    }

    #[test]
    fn pieces_stay_together_and_long_ones_break_between_words() {
        let mut out = String::new();
        let mut lines = Lines::begin(&mut out, 20, "  ", 2, 4);
        for piece in ["one two", "three four five", "a piece longer than any line", "abcdefghijklmnopqrstuvwxyz"] {
            lines.piece(piece, &Style::new().force_styling(false));
        }
        lines.end();
        assert_eq!(
            out,
            "  one two\n    three four five\n    a piece longer\n    than any line\n    abcdefghijklmnop\n    qrstuvwxyz\n"
        );
        assert!(out.lines().all(|line| line.len() <= 20));
    }

    #[test]
    fn a_cut_falls_between_characters_and_takes_at_least_one() {
        assert_eq!(fitting("ສະພາ", 0), "ສ".len());
        assert_eq!(fitting("abc", 2), 2);
    }
}
