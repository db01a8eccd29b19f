//! Tables → gazetteer. Everything is checked here; a table with a fault is refused whole.

use super::matcher::{MAX_SYMBOLS, Matcher, name_patterns};
use super::offices::last_day;
use super::schema::Table;
use super::table::{Row, read_json_lines, read_tabs};
use super::{Entry, EntryId, Gazetteer, Sense, Tenure, Via};
use crate::error::Faults;
use crate::schema::EntityType;
use crate::text::fold::fold;
use crate::text::lexicon::{Classes, Lexicon};
use crate::text::token::{Looks, tokenize};
use rustc_hash::{FxHashMap, FxHashSet};

/// A name on its way into the automaton.
struct Alias {
    surface: String,
    sense: Sense,
}

/// Reads tables and builds the gazetteer of one extractor.
#[derive(Default)]
pub(crate) struct GazetteerBuilder {
    entries: Vec<Entry>,
    keys: FxHashMap<String, (String, usize)>,
    aliases: Vec<Alias>,
    tenures: Vec<Tenure>,
    not_names: FxHashSet<String>,
    states: FxHashSet<String>,
    /// States that no table has had so far: id, file, line, column.
    unknown: Vec<(String, String, usize, &'static str)>,
}

impl GazetteerBuilder {
    /// Reads one tab-separated table.
    pub(crate) fn add(&mut self, table: Table, file: &str, text: &str, lexicon: &mut Lexicon, faults: &mut Faults) {
        read_tabs(table, file, text, faults, |row, faults| self.add_row(file, &row, lexicon, faults));
    }

    /// Reads lines of any tables as JSON Lines.
    pub(crate) fn add_json_lines(&mut self, file: &str, text: &str, lexicon: &mut Lexicon, faults: &mut Faults) {
        read_json_lines(file, text, faults, |row, faults| self.add_row(file, &row, lexicon, faults));
    }

    fn add_row(&mut self, file: &str, row: &Row<'_>, lexicon: &mut Lexicon, faults: &mut Faults) {
        self.check_states(row.table, file, row);
        check_dates(file, row, faults);
        match row.table {
            Table::NotNames => {
                self.not_names.insert(row.get("surface").to_owned());
            }
            Table::Tenures => self.add_tenure(row),
            Table::Honorifics => {
                for title in std::iter::once(row.get("title")).chain(row.list("variants")) {
                    self.push(title, Sense::Honorific);
                    mark_words(lexicon, title, Classes::HONORIFIC);
                }
            }
            Table::Roles => {
                for name in std::iter::once(row.get("name")).chain(row.list("aliases")).chain(row.list("acronyms")) {
                    self.push(name, Sense::Role);
                }
            }
            _ => self.add_entry(row.table, file, row, lexicon, faults),
        }
    }

    /// Notes the states of a line that are not known yet; the table that has them may still come.
    fn check_states(&mut self, table: Table, file: &str, row: &Row<'_>) {
        if table == Table::States {
            self.states.insert(row.get("id").to_owned());
        }
        for (column, cell) in row.cells(&["state", "states"]) {
            for id in cell.split('|').filter(|id| !self.states.contains(*id)) {
                self.unknown.push((id.to_owned(), file.to_owned(), row.line, column));
            }
        }
    }

    fn push(&mut self, surface: &str, sense: Sense) {
        self.aliases.push(Alias { surface: surface.to_owned(), sense });
    }

    fn add_tenure(&mut self, row: &Row<'_>) {
        self.tenures.push(Tenure {
            person: format!("person:{}", row.get("person")),
            office: row.get("office").to_owned(),
            state: row.get("state").to_owned(),
            agency: row.get("agency").to_owned(),
            from: row.get("from").to_owned(),
            to: row.get("to").to_owned(),
            seen: row.get("seen").to_owned(),
        });
    }

    fn add_entry(&mut self, table: Table, file: &str, row: &Row<'_>, lexicon: &mut Lexicon, faults: &mut Faults) {
        let Some(entity_type) = table.entity_type() else { return };
        let name = row.get("name");
        if !name.chars().any(char::is_alphabetic) {
            faults.push(file, row.line, Some("name"), format!("a name with letters was expected, not `{name}`"));
            return;
        }
        let key = format!("{}:{}", entity_type.as_str(), row.get("id"));
        if let Some((file0, line0)) = self.keys.get(&key) {
            faults.push(file, row.line, Some("id"), format!("`{}` stands in {file0}:{line0} too", row.get("id")));
            return;
        }
        self.keys.insert(key.clone(), (file.to_owned(), row.line));
        let id = self.entries.len() as EntryId;
        self.push(name, Sense::Entry(id, Via::Name));
        for (column, via) in [
            ("official", Via::Alias),
            ("aliases", Via::Alias),
            ("native", Via::Alias),
            ("acronyms", Via::Acronym),
            ("demonyms", Via::Demonym),
        ] {
            for item in row.list(column) {
                if !item.chars().any(char::is_alphabetic) {
                    faults.push(
                        file,
                        row.line,
                        Some(column),
                        format!("an alias with letters was expected, not `{item}`"),
                    );
                    continue;
                }
                self.push(item, Sense::Entry(id, via));
            }
        }
        for item in row.list("former") {
            let old = item.split(" [").next().unwrap_or(item);
            self.push(old, Sense::Entry(id, Via::Former));
        }
        match entity_type {
            EntityType::Person => mark_words(lexicon, name, Classes::NAME_WORD),
            EntityType::Agency if matches!(row.get("kind"), "ministry" | "department") => {
                for name in std::iter::once(name).chain(row.list("aliases")).chain(row.list("former")) {
                    mark_portfolio(lexicon, name);
                }
            }
            _ => {}
        }
        self.entries.push(Entry {
            key,
            entity_type,
            name: name.to_owned(),
            states: if entity_type == EntityType::State {
                vec![row.get("id").to_owned()]
            } else {
                row.list("state").map(str::to_owned).collect()
            },
            kind: row.get("kind").to_owned(),
            wikidata: Some(row.get("wikidata")).filter(|id| !id.is_empty()).map(str::to_owned),
        });
    }

    /// Makes the automaton.
    pub(crate) fn build(self, lexicon: &mut Lexicon, faults: &mut Faults) -> Option<Gazetteer> {
        let mut worded: FxHashSet<Box<str>> = FxHashSet::default();
        for alias in &self.aliases {
            let tokens = tokenize(&alias.surface);
            if let [token] = tokens.as_slice()
                && matches!(alias.sense, Sense::Entry(..))
                && token.is_capital()
                && !token.looks.has(Looks::UPPER)
                && !token.looks.has(Looks::MIXED)
            {
                worded.insert(fold(&alias.surface).into());
            }
        }
        // A word that is a name by itself and a short form of something else stays a short form.
        let mut short: FxHashSet<Box<str>> = FxHashSet::default();
        for alias in &self.aliases {
            if let Sense::Entry(_, Via::Acronym) = alias.sense {
                short.insert(fold(&alias.surface).into());
            }
        }
        worded.retain(|form| short.contains(form) && !lexicon.classes(lexicon.get(form)).any(Classes::COMMON));

        let mut numbers: FxHashMap<Vec<u8>, u32> = FxHashMap::default();
        let mut patterns: Vec<Vec<u8>> = Vec::new();
        let mut senses: Vec<Vec<Sense>> = Vec::new();
        for alias in self.aliases {
            if self.not_names.contains(&alias.surface) && !matches!(alias.sense, Sense::Honorific) {
                continue;
            }
            for pattern in name_patterns(&alias.surface, lexicon, &worded, tokenize) {
                let number = *numbers.entry(pattern).or_insert_with_key(|pattern| {
                    patterns.push(pattern.clone());
                    senses.push(Vec::new());
                    patterns.len() as u32 - 1
                });
                let known = &mut senses[number as usize];
                if !known.iter().any(|sense| is_same(sense, &alias.sense)) {
                    known.push(alias.sense.clone());
                }
            }
        }
        if lexicon.symbol_count() >= MAX_SYMBOLS {
            faults.push("gazetteers", 0, None, format!("the names have more than {MAX_SYMBOLS} different words"));
            return None;
        }
        // Without any table of states there is nothing to check against.
        for (id, file, line, column) in &self.unknown {
            if !self.states.is_empty() && !self.states.contains(id) {
                faults.push(file, *line, Some(column), format!("no table of states has the id `{id}`"));
            }
        }
        match Matcher::new(&patterns) {
            Ok(matcher) => {
                let persons = self.entries.iter().enumerate().filter(|(_, e)| e.entity_type == EntityType::Person);
                let persons = persons.map(|(n, e)| (e.key.clone(), n as EntryId)).collect();
                let last_day = last_day(&self.tenures);
                Some(Gazetteer { entries: self.entries, tenures: self.tenures, last_day, persons, senses, matcher })
            }
            Err(e) => {
                faults.push("gazetteers", 0, None, e);
                None
            }
        }
    }
}

/// Whether two names mean the same thing: an alias may differ from the name in nothing that the matcher sees.
fn is_same(a: &Sense, b: &Sense) -> bool {
    match (a, b) {
        (Sense::Entry(a, _), Sense::Entry(b, _)) => a == b,
        (Sense::Honorific, Sense::Honorific) | (Sense::Role, Sense::Role) => true,
        _ => false,
    }
}

/// Tells dates that are none, and spans that end before they begin.
fn check_dates(file: &str, row: &Row<'_>, faults: &mut Faults) {
    for (column, date) in row.cells(&["from", "to", "seen", "date"]) {
        if !is_date(date) {
            faults.push(
                file,
                row.line,
                Some(column),
                format!("YYYY, YYYY-MM or YYYY-MM-DD of the calendar was expected, not `{date}`"),
            );
        }
    }
    let (from, to) = (row.get("from"), row.get("to"));
    if is_date(from) && is_date(to) && from[..from.len().min(to.len())] > to[..to.len().min(from.len())] {
        faults.push(file, row.line, Some("to"), format!("`{to}` is before `{from}`"));
    }
}

fn is_date(date: &str) -> bool {
    let shape = date.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let part = |at: usize| date.get(at..at + 2).map_or(Some(1), |digits| digits.parse::<i8>().ok());
    let (Some(month), Some(day)) = (part(5), part(8)) else { return false };
    let year = date.get(..4).and_then(|digits| digits.parse::<i16>().ok());
    shape
        && matches!(date.len(), 4 | 7 | 10)
        && year.is_some_and(|year| jiff::civil::Date::new(year, month, day).is_ok())
}

/// Marks the words of a person's name or a title.
fn mark_words(lexicon: &mut Lexicon, name: &str, class: Classes) {
    for token in tokenize(name) {
        if token.is_word() && token.is_capital() {
            let word = lexicon.intern(&fold(token.of(name)));
            lexicon.mark(word, class);
        }
    }
}

/// Marks the words that say what a ministry is for: all after its first head, or all before its last.
fn mark_portfolio(lexicon: &mut Lexicon, name: &str) {
    let tokens = tokenize(name);
    let of = tokens.iter().position(|t| matches!(t.of(name), "of" | "for"));
    let subject = match of {
        Some(of) => &tokens[of + 1..],
        None => &tokens[..tokens.len().saturating_sub(1)],
    };
    for token in subject {
        if token.is_word() && token.is_capital() {
            let word = lexicon.intern(&fold(token.of(name)));
            if !lexicon.classes(word).any(Classes::DETERMINER | Classes::PRONOUN) {
                lexicon.mark(word, Classes::PORTFOLIO);
            }
        }
    }
}
