//! Who held which office when.

use super::entries::Entries;
use super::{EntryId, Gazetteer};
use crate::text::fold::fold;
use crate::text::lexicon::{Lexicon, WordId};
use crate::text::packed;
use crate::text::strings::Strings;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// One spell of office.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Tenure {
    /// Key of the person.
    pub person: String,
    /// The office, as its state words it.
    pub office: String,
    /// Id of the state, or empty.
    pub state: String,
    /// Key of agency or body, or empty.
    pub agency: String,
    /// First day, as far as known.
    pub from: String,
    /// Last day; empty: not known to have ended.
    pub to: String,
    /// A day on which a source saw the person in office.
    pub seen: String,
}

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
        covers([&self.from, &self.to, &self.seen], &day.to_string())
    }
}

/// [`Tenure::covers`] for a day written as in the tables.
fn covers([from, to, seen]: [&str; 3], day: &str) -> bool {
    let begun = from.is_empty() || from <= day;
    // `2019` as an end lasts until the end of 2019
    let ended = !to.is_empty() && !day.starts_with(to) && to < day;
    let known = !from.is_empty() || seen.is_empty() || day.starts_with(seen);
    begun && !ended && known
}

/// All spells of office.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Offices {
    /// [`CELLS`] of each spell.
    cells: Strings,
    /// Spells by the line of their person.
    #[serde(with = "packed")]
    spells: Vec<(EntryId, u32)>,
    /// Those persons by the words of their names.
    #[serde(with = "packed")]
    persons: Vec<(WordId, EntryId)>,
    last_day: String,
    /// The spells as users see them, made at the first call.
    #[serde(skip)]
    list: OnceLock<Vec<Tenure>>,
}

/// The columns of a spell: person, office, state, agency, from, to, seen.
pub(super) const CELLS: usize = 7;

impl Offices {
    /// Indexes the cells of all spells. `entry` tells the line of a person's key.
    pub(super) fn new(
        cells: Strings,
        entries: &Entries,
        entry: impl Fn(&str) -> Option<EntryId>,
        lexicon: &mut Lexicon,
    ) -> Offices {
        let mut spells: Vec<(EntryId, u32)> = Vec::new();
        let mut last_day = "";
        for spell in 0..cells.len() / CELLS {
            spells.extend(entry(cells.get(spell * CELLS)).map(|person| (person, spell as u32)));
            for cell in spell * CELLS + 4..(spell + 1) * CELLS {
                last_day = last_day.max(cells.get(cell));
            }
        }
        spells.sort_unstable();
        let mut persons: Vec<(WordId, EntryId)> = Vec::new();
        for run in spells.chunk_by(|a, b| a.0 == b.0) {
            let person = run[0].0;
            let name = fold(entries.get(person).name()).into_owned();
            let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'');
            persons.extend(words.map(|word| (lexicon.intern(word), person)));
        }
        persons.sort_unstable();
        persons.dedup();
        Offices { last_day: last_day.to_owned(), cells, spells, persons, list: OnceLock::new() }
    }

    /// The last day of which the spells know anything; empty where there are none.
    pub(crate) fn last_day(&self) -> &str {
        &self.last_day
    }

    /// All spells, in the order of the tables.
    pub(crate) fn list(&self) -> &[Tenure] {
        self.list.get_or_init(|| {
            let tenure = |spell: usize| {
                let cell = |n: usize| self.cells.get(spell * CELLS + n).to_owned();
                let (person, office, state, agency) = (cell(0), cell(1), cell(2), cell(3));
                Tenure { person, office, state, agency, from: cell(4), to: cell(5), seen: cell(6) }
            };
            (0..self.cells.len() / CELLS).map(tenure).collect()
        })
    }

    /// The persons who have all of `words` in their names and on a `day` held an office of one of the `states` (of any state,
    /// where none is given) that the words of `post` call.
    pub(crate) fn holders(&self, words: &[WordId], post: &[String], states: &[&str], day: &str) -> Vec<EntryId> {
        let Some((&first, others)) = words.split_first() else { return Vec::new() };
        let start = self.persons.partition_point(|&(word, _)| word < first);
        let named = self.persons[start..].iter().take_while(|(word, _)| *word == first).map(|&(_, person)| person);
        named
            .filter(|&person| others.iter().all(|&word| self.persons.binary_search(&(word, person)).is_ok()))
            .filter(|&person| {
                let start = self.spells.partition_point(|&(holder, _)| holder < person);
                let own = self.spells[start..].iter().take_while(|(holder, _)| *holder == person);
                own.map(|&(_, spell)| spell as usize * CELLS).any(|spell| {
                    let cell = |n: usize| self.cells.get(spell + n);
                    (states.is_empty() || states.contains(&cell(2)))
                        && covers([cell(4), cell(5), cell(6)], day)
                        && is_called(cell(1), post)
                })
            })
            .collect()
    }
}

/// Whether an office is the one that words of a text name: all of them stand in it.
fn is_called(office: &str, words: &[String]) -> bool {
    let office = fold(office);
    let own: Vec<&str> = office.split(|c: char| !c.is_alphanumeric()).filter(|w| !is_small(w)).collect();
    let asked: Vec<&str> = words.iter().map(String::as_str).filter(|w| !is_small(w)).collect();
    let same = |a: &str, b: &str| a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
    !asked.is_empty() && asked.iter().all(|a| own.iter().any(|o| same(a, o)))
}

fn is_small(word: &str) -> bool {
    matches!(word, "" | "of" | "for" | "the" | "and" | "to")
}

impl Gazetteer {
    /// All spells of office of the tables.
    pub(crate) fn tenures(&self) -> &[Tenure] {
        self.offices.list()
    }
}
