//! Dates of the text → dates of the calendar: relative ones against the day of the document, impossible ones told.

use crate::entity::Entities;
use crate::few::Few;
use crate::mention::DateValue;
use crate::schema::EntityType;
use crate::text::document::Document;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use std::ops::Range;

/// A date that the calendar does not have, or whose weekday is another.
pub(crate) struct Fault {
    pub(crate) tokens: Range<usize>,
    pub(crate) message: String,
}

/// The day of a document: of its dateline, else the first full date of its opening sentences.
pub(crate) fn day_of(doc: &Document<'_>, entities: &Entities) -> Option<Date> {
    let opening = doc.sentences.get(4).map_or(doc.tokens.len(), |s| s.start);
    let full = |from: usize, to: usize| {
        entities
            .mentions
            .iter()
            .filter(|m| m.kind == EntityType::Date && m.tokens.start >= from && m.tokens.end <= to)
            .find_map(|m| m.date.as_ref().and_then(day))
    };
    let dateline = doc.dateline.as_ref().and_then(|d| full(d.start, d.end));
    dateline.or_else(|| full(0, opening))
}

/// The first day that a date names in full.
fn day(value: &DateValue) -> Option<Date> {
    let (year, month, day) = (value.year?, value.month?, value.day?);
    Date::new(year, month as i8, day as i8).ok()
}

/// The value of a date mention in extended date-time format (EDTF), as far as it can be known.
pub(crate) fn value(
    doc: &Document<'_>,
    tokens: &Range<usize>,
    value: &DateValue,
    anchor: Option<Date>,
) -> Option<String> {
    if fault(doc, tokens, value).is_some() {
        return None;
    }
    let words: Few<&str> = tokens.clone().filter(|&i| !doc.is_mark(i)).map(|i| doc.folded(i)).collect();
    if let Some(anchor) = anchor {
        if let Some(resolved) = relative(&words, value, anchor) {
            return Some(resolved);
        }
        // a day without year: the year in which it is nearest to the document
        if value.year.is_none()
            && let Some(month) = value.month
        {
            let year = year_near(month, value.day.unwrap_or(15), anchor);
            let until = value.until.clone().map(|u| Box::new(DateValue { year: Some(year), ..*u }));
            return DateValue { year: Some(year), until, ..value.clone() }.edtf();
        }
    }
    value.edtf()
}

fn year_near(month: u8, day: u8, anchor: Date) -> i16 {
    let distance = |year: i16| {
        let other = Date::new(year, month as i8, day.min(28) as i8).unwrap_or(anchor);
        anchor.until(other).map_or(i32::MAX, |span| span.get_days().abs())
    };
    (anchor.year() - 1..=anchor.year() + 1).min_by_key(|&year| distance(year)).unwrap_or(anchor.year())
}

/// `today`, `last year`, `next Friday`, `this week`, `February this year`
fn relative(words: &[&str], value: &DateValue, anchor: Date) -> Option<String> {
    let has = |word: &str| words.contains(&word);
    let moved = |span: Span| anchor.checked_add(span).ok();
    match *words.first()? {
        "today" => return Some(anchor.to_string()),
        "yesterday" => return moved((-1).days()).map(|d| d.to_string()),
        "tomorrow" => return moved(1.days()).map(|d| d.to_string()),
        _ => {}
    }
    let step = if has("last") || has("previous") || has("past") {
        -1
    } else if has("next") || has("coming") {
        1
    } else if has("this") || has("current") {
        0
    } else {
        let weekday = words.first().and_then(|w| weekday(w))?;
        // alone, with a date that the text gives itself, or before it
        return value.month.is_none().then(|| recent(weekday, anchor, 0).to_string());
    };
    if let Some(month) = value.month {
        let year = if has("year") { anchor.year() + step } else { month_year(month, step, anchor) };
        return DateValue { year: Some(year), ..value.clone() }.edtf();
    }
    if let Some(weekday) = words.iter().find_map(|w| weekday(w)) {
        return Some(recent(weekday, anchor, step).to_string());
    }
    if has("year") {
        return Some(format!("{:04}", anchor.year() + step));
    }
    if has("month") {
        let month = anchor.first_of_month().checked_add(i64::from(step).months()).ok()?;
        return Some(format!("{:04}-{:02}", month.year(), month.month()));
    }
    if has("week") || has("weekend") {
        let back = i64::from(anchor.weekday().to_monday_zero_offset());
        let monday = anchor.checked_add((i64::from(step) * 7 - back).days()).ok()?;
        let (first, last) = if has("weekend") { (5, 6) } else { (0, 6) };
        let from = monday.checked_add(first.days()).ok()?;
        let to = monday.checked_add(last.days()).ok()?;
        return Some(format!("{from}/{to}"));
    }
    None
}

/// The year of `last May`, `this May`, `next May`.
fn month_year(month: u8, step: i16, anchor: Date) -> i16 {
    let passed = (month as i8) < anchor.month();
    match step {
        -1 if !passed => anchor.year() - 1,
        1 if passed => anchor.year() + 1,
        _ => anchor.year(),
    }
}

/// The last such weekday up to the document's day, or the one a step away: a report speaks of the days just past.
fn recent(weekday: Weekday, anchor: Date, step: i16) -> Date {
    let back = i64::from(anchor.weekday().to_monday_zero_offset() - weekday.to_monday_zero_offset()).rem_euclid(7);
    let days = match step {
        1 if back == 0 => 7,
        1 => 7 - back,
        -1 if back == 0 => -7,
        _ => -back,
    };
    anchor.checked_add(days.days()).unwrap_or(anchor)
}

fn weekday(word: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 7] = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    let stem = word.get(..3)?;
    let known = word.len() == 3 || word.ends_with("day") || matches!(word, "tues" | "weds" | "thur" | "thurs");
    NAMES.iter().find(|(name, _)| *name == stem && known).map(|(_, weekday)| *weekday)
}

/// What is wrong with a date: no such day, or another weekday.
pub(crate) fn fault(doc: &Document<'_>, tokens: &Range<usize>, value: &DateValue) -> Option<Fault> {
    let text = doc.span(tokens.clone()).of(doc.text);
    let found = |message: String| Some(Fault { tokens: tokens.clone(), message });
    for part in [Some(value), value.until.as_deref()].into_iter().flatten() {
        let (Some(month), Some(day)) = (part.month, part.day) else { continue };
        // a year without the 29th of February is told only where it is given
        if Date::new(part.year.unwrap_or(2024), month as i8, day as i8).is_err() {
            return found(format!("the calendar has no such day: `{text}`"));
        }
    }
    let named = tokens.clone().find_map(|i| weekday(doc.folded(i)));
    if let (Some(named), Some(day)) = (named, day(value))
        && value.until.is_none()
        && day.weekday() != named
    {
        return found(format!("`{text}` was another day of the week"));
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::Extractor;
    use jiff::civil::date;

    #[test]
    #[cfg_attr(miri, ignore)] // reads all tables: hours
    fn dates_have_values_as_far_as_they_can_be_known() {
        let day = date(2024, 11, 15); // a Friday
        for (text, value) in [
            ("They met on 6 October 2023.", "2023-10-06"),
            ("They met on Oct 6.", "2024-10-06"),
            ("They will meet on 3 February.", "2025-02-03"),
            ("They met today.", "2024-11-15"),
            ("They met yesterday.", "2024-11-14"),
            ("They met on Monday.", "2024-11-11"),
            ("They met last Friday.", "2024-11-08"),
            ("They will meet next Friday.", "2024-11-22"),
            ("They met this week.", "2024-11-11/2024-11-17"),
            ("They met last month.", "2024-10"),
            ("They met last year.", "2023"),
            ("They met in February this year.", "2024-02"),
            ("They met from 15-17 July 2024.", "2024-07-15/2024-07-17"),
            ("They met on Friday (Nov 15).", "2024-11-15"),
            ("They met in 2016-2020.", "2016/2020"),
            ("They met from 15\u{2011}17 July 2024.", "2024-07-15/2024-07-17"),
            ("They met from 15 July \u{2010} 2 August 2024.", "2024-07-15/2024-08-02"),
            ("They met in 2016\u{2011}2020.", "2016/2020"),
            ("They met on 2024\u{2011}03\u{2011}01.", "2024-03-01"),
        ] {
            let found = Extractor::bundled().extract_on(text, day);
            let values: Vec<_> = found.entities.iter().filter_map(|e| e.value.as_deref()).collect();
            assert_eq!(values, [value], "{text}");
        }
    }

    #[test]
    #[cfg_attr(miri, ignore)] // reads all tables: hours
    fn a_date_that_cannot_be_is_one_finding_and_no_value() {
        for (text, findings) in [
            ("They met on 31 February 2024.", 1),
            ("They met on Monday, 8 March 2018.", 1),
            ("They met on Thursday, 8 March 2018.", 0),
            ("They met on 29 February.", 0),
            ("They met on 29 February 2023.", 1),
        ] {
            let found = Extractor::bundled().extract(text);
            let dates: Vec<_> = found.entities.iter().filter(|e| e.entity_type == crate::EntityType::Date).collect();
            assert_eq!((dates.len(), found.findings.len()), (1, findings), "{text}");
            assert_eq!(dates[0].value.is_none(), findings == 1, "{text}");
        }
    }

    #[test]
    #[cfg_attr(miri, ignore)] // reads all tables: hours
    fn the_dateline_gives_the_day_of_the_document() {
        let text = "JAKARTA, 3 March 2024 – Indonesia yesterday signed the treaty.";
        let found = Extractor::bundled().extract(text);
        assert!(found.entities.iter().any(|e| e.name == "yesterday" && e.value.as_deref() == Some("2024-03-02")));
    }
}
