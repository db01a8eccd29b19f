//! Who held which office when.

use super::{EntryId, Gazetteer, Tenure};
use crate::text::fold::fold;
use jiff::civil::Date;

impl Tenure {
    /// Whether the person was in office on a day, as far as the tables know: from the first day (or the earliest that its
    /// year and month allow) to the last. A spell without end covers the day on which a source saw it, and what follows.
    ///
    /// # Example
    /// ```
    /// use dateline::{Date, Extractor};
    /// let day = Date::new(2015, 6, 1)?;
    /// let mut spells = Extractor::bundled().tenures().iter().filter(|t| t.covers(day));
    /// let head = spells.find(|t| t.agency == "body:asean" && t.office == "Secretary-General of ASEAN");
    /// assert_eq!(head.map(|t| t.person.as_str()), Some("person:le-luong-minh"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn covers(&self, day: Date) -> bool {
        self.covers_written(&day.to_string())
    }

    /// The same for a day written as in the tables, for whoever asks many spells about one day.
    pub(crate) fn covers_written(&self, day: &str) -> bool {
        let begun = self.from.is_empty() || self.from.as_str() <= day;
        // `2019` as an end lasts until the end of 2019
        let ended = !self.to.is_empty() && !day.starts_with(self.to.as_str()) && self.to.as_str() < day;
        let known = !self.from.is_empty() || self.seen.is_empty() || day.starts_with(self.seen.as_str());
        begun && !ended && known
    }

    /// Whether the office is the one that words of a text name: all of them stand in it, or all of it in them.
    pub(crate) fn is_called(&self, words: &[String]) -> bool {
        let office = fold(&self.office).into_owned();
        let own: Vec<&str> = office.split(|c: char| !c.is_alphanumeric()).filter(|w| !is_small(w)).collect();
        let asked: Vec<&str> = words.iter().map(String::as_str).filter(|w| !is_small(w)).collect();
        let same = |a: &str, b: &str| a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
        !asked.is_empty() && asked.iter().all(|a| own.iter().any(|o| same(a, o)))
    }
}

fn is_small(word: &str) -> bool {
    matches!(word, "" | "of" | "for" | "the" | "and" | "to")
}

impl Gazetteer {
    /// The line of a person by key.
    pub(crate) fn person(&self, key: &str) -> Option<EntryId> {
        self.persons.get(key).copied()
    }

    /// The folded words of all names of a line.
    pub(crate) fn name_words(&self, entry: EntryId) -> Vec<String> {
        let name = fold(&self.entry(entry).name).into_owned();
        name.split(|c: char| !c.is_alphanumeric() && c != '\'').map(str::to_owned).collect()
    }
}

/// The last day of which the tables of office holders know anything.
pub(super) fn last_day(tenures: &[Tenure]) -> String {
    let days = tenures.iter().flat_map(|t| [t.from.as_str(), t.to.as_str(), t.seen.as_str()]);
    days.max().unwrap_or("").to_owned()
}
