//! Calendar expressions: `Oct 6`, `15-17 July 2024`, `Monday (July 25)`, `last year`, `2016-2020`.

use super::scene::{Scene, is_numeric_ordinal, year};
use super::{Found, Mention};
use crate::schema::EntityType;
use crate::text::lexicon::Classes;
use crate::text::token::Kind;
use std::fmt::Write;
use std::ops::Range;

/// A date as far as the text gives it, before relative ones are resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DateValue {
    pub(crate) year: Option<i16>,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
    /// The end of a range of days or years.
    pub(crate) until: Option<Box<DateValue>>,
}

impl DateValue {
    /// Extended date-time form (EDTF): `2024-07-15/2024-07-17`, `XXXX-10-06`; `None` where nothing is absolute.
    pub(crate) fn edtf(&self) -> Option<String> {
        let mut form = String::with_capacity("2024-07-15/2024-07-17".len());
        self.write_first(&mut form)?;
        if let Some(until) = &self.until {
            form.push('/');
            until.write_first(&mut form)?;
        }
        Some(form)
    }

    /// Writes the date, or where the range begins.
    fn write_first(&self, form: &mut String) -> Option<()> {
        match (self.year, self.month) {
            (Some(year), _) => write!(form, "{year:04}").ok()?,
            (None, Some(_)) => form.push_str("XXXX"),
            (None, None) => return None,
        }
        if let Some(month) = self.month {
            write!(form, "-{month:02}").ok()?;
            if let Some(day) = self.day {
                write!(form, "-{day:02}").ok()?;
            }
        }
        Some(())
    }
}

/// Words of which one stands where a date begins, unless it is a number.
const DATED: Classes = Classes::WEEKDAY.or(Classes::MONTH).or(Classes::RELATIVE_DAY).or(Classes::RELATIVE_MODIFIER);

/// All dates of the document.
pub(crate) fn find(scene: &Scene<'_, '_>) -> Vec<Mention> {
    let reader = Reader { scene };
    let mut out = Vec::new();
    let mut next = 0;
    while let Some(at) = scene.doc.of_class(next..scene.doc.tokens.len(), DATED | Classes::NUMBER).next() {
        next = at + 1;
        if let Some((tokens, value)) = reader.date(at) {
            let mut mention = Mention::new(tokens.clone(), EntityType::Date, Found::Pattern);
            mention.date = Some(value);
            next = tokens.end;
            out.push(mention);
        }
    }
    out
}

struct Reader<'r, 's, 't> {
    scene: &'r Scene<'s, 't>,
}

impl Reader<'_, '_, '_> {
    fn word(&self, at: usize) -> &str {
        if at < self.scene.doc.tokens.len() { self.scene.doc.word(at) } else { "" }
    }

    /// The word with its ASCII letters in lower case.
    fn lower(&self, at: usize) -> &str {
        if at < self.scene.doc.tokens.len() { self.scene.doc.lower(at) } else { "" }
    }

    fn class(&self, at: usize, class: Classes) -> bool {
        self.scene.class(at).any(class)
    }

    fn month(&self, at: usize) -> Option<u8> {
        if !self.scene.is_capital(at) || !self.class(at, Classes::MONTH) {
            return None;
        }
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let word = self.lower(at).get(..3)?;
        MONTHS.iter().position(|m| *m == word).map(|n| n as u8 + 1)
    }

    /// Past a month and the full stop of its abbreviation.
    fn past_month(&self, at: usize) -> usize {
        let short =
            self.word(at).len() <= 4 && !matches!(self.word(at), "May" | "June" | "July" | "MAY" | "JUNE" | "JULY");
        if short && self.word(at + 1) == "." && self.scene.doc.is_joined(at + 1) { at + 2 } else { at + 1 }
    }

    /// The number of a day; a little beyond what months have, so that a mistaken one is read whole and told.
    fn day(&self, at: usize) -> Option<u8> {
        let word = self.word(at);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 2 || !(digits == word.len() || is_numeric_ordinal(word)) {
            return None;
        }
        word[..digits].parse().ok().filter(|d| (1..=39).contains(d))
    }

    fn year(&self, at: usize) -> Option<i16> {
        year(self.word(at))
    }

    fn is_comma(&self, at: usize) -> bool {
        self.word(at) == ","
    }

    /// A mark or word between the ends of a range.
    fn range_mark(&self, at: usize) -> bool {
        self.is_dash_or_to(at) || matches!(self.word(at), "&" | "/" | "and")
    }

    fn is_dash_or_to(&self, at: usize) -> bool {
        self.scene.doc.is_dash(at) || self.word(at) == "to"
    }

    fn date(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        let scene = self.scene;
        let token = scene.doc.tokens[at];
        match token.kind {
            Kind::Number => {
                if let Some((end, value)) = self.numeric(at).or_else(|| self.day_month(at)) {
                    return Some((at..end, value));
                }
                self.years(at)
            }
            Kind::Word => {
                if self.class(at, Classes::WEEKDAY) && token.is_capital() && self.is_weekday(at) {
                    return Some(self.weekday(at));
                }
                if self.month(at).is_some() {
                    return self.month_first(at);
                }
                self.relative(at)
            }
            _ => None,
        }
    }

    /// Short forms of weekdays (`Sun`, `Sat`) are names and words too.
    fn is_weekday(&self, at: usize) -> bool {
        if self.word(at).len() > 5 {
            return true;
        }
        let next = if matches!(self.word(at + 1), "," | "." | "(") { at + 2 } else { at + 1 };
        self.day(next).is_some() || self.month(next).is_some()
    }

    /// `2024-03-01`, `1/3/2024`
    fn numeric(&self, at: usize) -> Option<(usize, DateValue)> {
        let sep = self.word(at + 1);
        if !(sep == "/" || self.scene.doc.is_hyphen(at + 1))
            || self.word(at + 3) != sep
            || !self.scene.doc.is_joined(at + 1)
        {
            return None;
        }
        let number = |i: usize| self.word(i).parse::<i16>().ok();
        let (a, b, c) = (number(at)?, number(at + 2)?, number(at + 4)?);
        let (y, m, d) = if (1900..2100).contains(&a) {
            (a, b, c)
        } else if (1900..2100).contains(&c) {
            // day first, as the eleven write it
            (c, b, a)
        } else {
            return None;
        };
        let valid = (1..=12).contains(&m) && (1..=31).contains(&d);
        valid.then(|| (at + 5, DateValue { year: Some(y), month: Some(m as u8), day: Some(d as u8), until: None }))
    }

    /// Year after a day and month: `, 2024` or `2024`.
    fn trailing_year(&self, at: usize) -> (usize, Option<i16>) {
        if let Some(y) = self.year(at) {
            return (at + 1, Some(y));
        }
        if self.is_comma(at)
            && let Some(y) = self.year(at + 1)
        {
            return (at + 2, Some(y));
        }
        (at, None)
    }

    /// `6 October [2024]`, `15-17 July 2024`, `23 to 25 October`, `28 February - 2 March 2024`
    fn day_month(&self, at: usize) -> Option<(usize, DateValue)> {
        let first = self.day(at)?;
        let mut next = at + 1;
        let mut last = None;
        if self.range_mark(next)
            && let Some(day) = self.day(next + 1)
        {
            last = Some(day);
            next += 2;
        }
        if self.word(next) == "of" && self.month(next + 1).is_some() {
            next += 1;
        }
        let month = self.month(next)?;
        let end = self.past_month(next);
        let (mut end, mut year) = self.trailing_year(end);
        let mut value = DateValue { year, month: Some(month), day: Some(first), until: None };
        if last.is_none()
            && self.is_dash_or_to(end)
            && let Some(day) = self.day(end + 1)
            && let Some(second) = self.month(end + 2)
        {
            let (after, y) = self.trailing_year(self.past_month(end + 2));
            // `3 December 2013 to 31 January 2014`: two days, each whole
            if self.word(end) == "to" && year.is_some() && y.is_some() {
                return Some((end, value));
            }
            end = after;
            year = y.or(year);
            value.year = value.year.or(y);
            value.until = Some(Box::new(DateValue { year, month: Some(second), day: Some(day), until: None }));
        } else if let Some(day) = last {
            value.until = Some(Box::new(DateValue { year, month: Some(month), day: Some(day), until: None }));
        }
        if year.is_none() {
            end = self.relative_year(end);
        }
        // `13 July 2020 (Monday)`
        if self.word(end) == "(" && self.class(end + 1, Classes::WEEKDAY) && self.word(end + 2) == ")" {
            end += 3;
        }
        Some((end, value))
    }

    /// `this year`, `of last year` after a month.
    fn relative_year(&self, at: usize) -> usize {
        let start = if self.word(at) == "of" { at + 1 } else { at };
        if matches!(self.word(start), "this" | "last" | "next") && self.word(start + 1) == "year" {
            start + 2
        } else {
            at
        }
    }

    /// `Oct 6[, 2024]`, `December 5 to 7, 2025`, `Nov 14 to Nov 16`, `May 2015`, `February this year`, and a month alone
    fn month_first(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        let month = self.month(at)?;
        let next = self.past_month(at);
        if let Some(day) = self.day(next)
            && self.year(next).is_none()
        {
            let mut end = next + 1;
            let mut until = None;
            if self.is_dash_or_to(end)
                || (self.range_mark(end) && self.day(end + 1).is_some() && self.month(end + 2).is_none())
            {
                if let Some(last) = self.day(end + 1) {
                    until = Some(DateValue { year: None, month: Some(month), day: Some(last), until: None });
                    end += 2;
                } else if let Some(second) = self.month(end + 1)
                    && let Some(last) = self.day(self.past_month(end + 1))
                {
                    until = Some(DateValue { year: None, month: Some(second), day: Some(last), until: None });
                    end = self.past_month(end + 1) + 1;
                }
            }
            let (end, year) = self.trailing_year(end);
            let until = until.map(|u| Box::new(DateValue { year, ..u }));
            return Some((at..end, DateValue { year, month: Some(month), day: Some(day), until }));
        }
        let (end, year) = self.trailing_year(next);
        if year.is_some() {
            return Some((at..end, DateValue { year, month: Some(month), ..DateValue::default() }));
        }
        // `August to November 2016`
        if self.is_dash_or_to(next)
            && let Some(last) = self.month(next + 1)
            && let (end, year @ Some(_)) = self.trailing_year(self.past_month(next + 1))
        {
            let until = DateValue { year, month: Some(last), ..DateValue::default() };
            return Some((at..end, DateValue { year, month: Some(month), until: Some(Box::new(until)), day: None }));
        }
        let end = self.relative_year(next);
        let value = DateValue { month: Some(month), ..DateValue::default() };
        if end > next {
            return Some((at..end, value));
        }
        // A month alone needs company that a month has: `in June`, `January and April`.
        let before = if at > 0 { self.lower(at - 1) } else { "" };
        let company = matches!(
            before,
            "in" | "since"
                | "of"
                | "by"
                | "until"
                | "early"
                | "late"
                | "mid"
                | "from"
                | "during"
                | "and"
                | "to"
                | "last"
                | "this"
                | "next"
        );
        let follows_month = before == "and" && at >= 2 && self.month(at - 2).is_some();
        let ambiguous = matches!(self.word(at), "May" | "March" | "Mar" | "August" | "Jan" | "April" | "June");
        let plain = company
            && (before != "and" || follows_month)
            && (before != "to" || !ambiguous)
            && (before != "of" || !ambiguous);
        let name_follows = self.scene.is_capital(next) && next == at + 1 && !self.scene.doc.is_shouted(at);
        if plain && !name_follows {
            let start = if matches!(before, "last" | "this" | "next") { at - 1 } else { at };
            return Some((start..next, value));
        }
        None
    }

    /// `Monday`, `Monday (July 25)`, `Friday, 7 November 2014`
    fn weekday(&self, at: usize) -> (Range<usize>, DateValue) {
        let start = if at > 0 && matches!(self.lower(at - 1), "last" | "next" | "this") { at - 1 } else { at };
        let dotted = if self.word(at + 1) == "." { at + 2 } else { at + 1 };
        let next = if self.is_comma(dotted) { dotted + 1 } else { dotted };
        let date = |from: usize| {
            self.day_month(from).or_else(|| {
                self.month_first(from).filter(|(r, v)| v.day.is_some() && r.start == from).map(|(r, v)| (r.end, v))
            })
        };
        if next < self.scene.doc.tokens.len()
            && let Some((end, value)) = date(next)
        {
            return (start..end, value);
        }
        if self.word(at + 1) == "("
            && at + 2 < self.scene.doc.tokens.len()
            && let Some((end, value)) = date(at + 2)
            && self.word(end) == ")"
        {
            return (start..end + 1, value);
        }
        (start..at + 1, DateValue::default())
    }

    /// `2018`, `2016-2020`
    fn years(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        let first = self.year(at)?;
        // `BC-2025-04` is no year
        if at >= 2
            && self.scene.doc.is_hyphen(at - 1)
            && self.scene.doc.is_joined(at)
            && self.scene.doc.is_joined(at - 1)
            && self.scene.is_short_form(at - 2)
        {
            return None;
        }
        let value = DateValue { year: Some(first), ..DateValue::default() };
        if self.is_dash_or_to(at + 1)
            && let Some(last) = self.year(at + 2)
            && last > first
        {
            let until = Some(Box::new(DateValue { year: Some(last), ..DateValue::default() }));
            return Some((at..at + 3, DateValue { until, ..value }));
        }
        let before = if at > 0 { self.lower(at - 1) } else { "" };
        let company = matches!(
            before,
            "in" | "since"
                | "from"
                | "by"
                | "until"
                | "till"
                | "of"
                | "during"
                | "before"
                | "after"
                | "early"
                | "late"
                | "mid"
                | "end"
                | "("
                | "year"
                | "for"
                | "and"
                | "the"
                | "to"
                | "between"
                | "through"
                | "-"
                | "‐"
                | "‑"
                | "–"
                | "with"
                | "as"
                | "‘"
                | "'"
                | "\""
                | "“"
                | "around"
                | "circa"
        );
        let followed = self.scene.is_capital(at + 1)
            || self.scene.doc.is_clitic(at + 1)
            || self.scene.head(at + 1).is_some()
            || matches!(self.word(at + 1), ")" | "elections" | "," | ".");
        let counted = matches!(
            before,
            "over" | "than" | "about" | "some" | "nearly" | "$" | "us$" | "no" | "of" | "the" | "for" | "to" | "and"
        ) && self.class(at + 1, Classes::COMMON)
            && !self.scene.is_capital(at + 1)
            && !self.class(
                at + 1,
                Classes::FUNCTION
                    | Classes::PREPOSITION
                    | Classes::VERB
                    | Classes::BE
                    | Classes::HAVE
                    | Classes::MODAL
                    | Classes::CONJUNCTION
                    | Classes::SUBORDINATOR
                    | Classes::RELATIVE
                    | Classes::ADVERB
                    | Classes::HEAD,
            )
            && self.word(at + 1).ends_with('s')
            && self.word(at + 1) != "elections";
        ((company || followed) && !counted).then(|| (at..at + 1, value))
    }

    /// `today`, `last year`, `this week`, `that day`, `last Friday`, `next May`
    fn relative(&self, at: usize) -> Option<(Range<usize>, DateValue)> {
        if self.class(at, Classes::RELATIVE_DAY) {
            return Some((at..at + 1, DateValue::default()));
        }
        if !self.class(at, Classes::RELATIVE_MODIFIER) {
            return None;
        }
        let word = self.lower(at);
        let next = at + 1;
        if self.class(next, Classes::WEEKDAY)
            && self.scene.is_capital(next)
            && matches!(word, "last" | "next" | "this" | "previous")
        {
            return Some((at..self.weekday(next).0.end, DateValue::default()));
        }
        if let Some(month) = self.month(next)
            && matches!(word, "last" | "next" | "this")
        {
            return Some((at..self.past_month(next), DateValue { month: Some(month), ..DateValue::default() }));
        }
        let unit = self.class(next, Classes::CALENDAR_UNIT);
        let unit_word = self.lower(next);
        let fits = match word {
            "last" | "this" | "next" | "previous" | "current" | "coming" => {
                unit && unit_word != "day" && unit_word != "quarter"
            }
            "that" | "same" => unit && matches!(unit_word, "day" | "year"),
            _ => false,
        };
        fits.then(|| (at..next + 1, DateValue::default()))
    }
}
