//! Tables → gazetteer. Everything is checked here; a table with a fault is refused whole.

use super::entries::Entries;
use super::matcher::Spellings;
use super::offices::{self, Offices};
use super::schema::Table;
use super::table::{Row, read_json_lines, read_tabs};
use super::trie::{MOST_SENSES, Names, Trie};
use super::{EntryId, Gazetteer, Sense, Via};
use crate::error::Faults;
use crate::schema::EntityType;
use crate::text::fold::fold;
use crate::text::lexicon::{Classes, Lexicon};
use crate::text::strings::{Interner, Strings};
use crate::text::token::{Looks, tokenize};
use rustc_hash::FxHashSet;

/// What all tables together may measure. In bytes; numbers of 32 bits then suffice for all that is made of them.
const MAX_TABLES: usize = 512 << 20;

/// Reads tables and builds the gazetteer of one extractor.
#[derive(Default)]
pub(crate) struct GazetteerBuilder {
    entries: Entries,
    /// Numbers the keys of the entries as `entries` does.
    keys: Interner,
    /// Where each entry stands: a file and a line.
    places: Vec<(FileId, u32)>,
    files: Vec<String>,
    aliases: Aliases,
    tenures: Strings,
    states: FxHashSet<String>,
    /// States that no table has had so far: id, file, line, column.
    unknown: Vec<(String, FileId, usize, &'static str)>,
    /// Bytes of all tables.
    read: usize,
}

/// Names as the tables write them, and what each means.
#[derive(Default)]
struct Aliases {
    surfaces: Strings,
    senses: Vec<Sense>,
    not_names: FxHashSet<String>,
}

/// Number of a file in [`GazetteerBuilder::files`].
type FileId = u32;

impl GazetteerBuilder {
    /// Reads one tab-separated table.
    pub(crate) fn add(&mut self, table: Table, file: &str, text: &str, lexicon: &mut Lexicon, faults: &mut Faults) {
        self.begin(file, text, faults);
        read_tabs(table, file, text, faults, |row, faults| self.add_row(&row, lexicon, faults));
    }

    /// Reads lines of any tables as JSON Lines.
    pub(crate) fn add_json_lines(&mut self, file: &str, text: &str, lexicon: &mut Lexicon, faults: &mut Faults) {
        self.begin(file, text, faults);
        read_json_lines(file, text, faults, |row, faults| self.add_row(&row, lexicon, faults));
    }

    fn begin(&mut self, file: &str, text: &str, faults: &mut Faults) {
        self.files.push(file.to_owned());
        self.read += text.len();
        if self.read > MAX_TABLES {
            faults.push(file, 0, None, format!("the tables together have more than {} MiB", MAX_TABLES >> 20));
        }
    }

    /// The number of the file that is being read.
    fn file(&self) -> FileId {
        self.files.len() as FileId - 1
    }

    fn add_row(&mut self, row: &Row<'_>, lexicon: &mut Lexicon, faults: &mut Faults) {
        if self.read > MAX_TABLES {
            return;
        }
        self.check_states(row);
        check_dates(&self.files[self.file() as usize], row, faults);
        match row.table {
            Table::NotNames => {
                self.aliases.not_names.insert(row.get("surface").to_owned());
            }
            Table::Tenures => self.add_tenure(row),
            Table::Honorifics => {
                for title in std::iter::once(row.get("title")).chain(row.list("variants")) {
                    self.aliases.push(title, Sense::Honorific);
                    mark_words(lexicon, title, Classes::HONORIFIC);
                }
            }
            Table::Roles => {
                for name in std::iter::once(row.get("name")).chain(row.list("aliases")).chain(row.list("acronyms")) {
                    self.aliases.push(name, Sense::Role);
                }
            }
            _ => self.add_entry(row, lexicon, faults),
        }
    }

    /// Notes the states of a line that are not known yet; the table that has them may still come.
    fn check_states(&mut self, row: &Row<'_>) {
        if row.table == Table::States {
            self.states.insert(row.get("id").to_owned());
        }
        for (column, cell) in row.cells(&["state", "states"]) {
            for id in cell.split('|').filter(|id| !self.states.contains(*id)) {
                self.unknown.push((id.to_owned(), self.file(), row.line, column));
            }
        }
    }

    fn add_tenure(&mut self, row: &Row<'_>) {
        self.tenures.push(&format!("person:{}", row.get("person")));
        let columns: [_; offices::CELLS - 1] = ["office", "state", "agency", "from", "to", "seen"];
        for column in columns {
            self.tenures.push(row.get(column));
        }
    }

    fn add_entry(&mut self, row: &Row<'_>, lexicon: &mut Lexicon, faults: &mut Faults) {
        let Some(entity_type) = row.table.entity_type() else { return };
        let name = row.get("name");
        let file = self.file();
        let mut fault = |column: &str, message: String| {
            faults.push(&self.files[file as usize], row.line, Some(column), message);
        };
        if !has_letters(name) {
            return fault("name", format!("a name with letters was expected, not `{name}`"));
        }
        let key = format!("{}:{}", entity_type.as_str(), row.get("id"));
        let id: EntryId = self.keys.intern(&key);
        if let Some(&(file0, line0)) = self.places.get(id as usize) {
            let file0 = &self.files[file0 as usize];
            return fault("id", format!("`{}` stands in {file0}:{line0} too", row.get("id")));
        }
        for (column, _) in ALIASES {
            for item in row.list(column).filter(|item| !has_letters(item)) {
                fault(column, format!("an alias with letters was expected, not `{item}`"));
            }
        }
        self.places.push((file, row.line as u32));
        self.aliases.push(name, Sense::Entry(id, Via::Name));
        for (column, via) in ALIASES {
            for item in row.list(column) {
                self.aliases.push(item, Sense::Entry(id, via));
            }
        }
        for item in row.list("former") {
            let old = item.split(" [").next().unwrap_or(item);
            self.aliases.push(old, Sense::Entry(id, Via::Former));
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
        let states = row.get(if entity_type == EntityType::State { "id" } else { "state" });
        self.entries.push(entity_type, [name, states, row.get("kind"), row.get("wikidata")]);
    }

    /// Makes the tree of names.
    pub(crate) fn build(self, lexicon: &mut Lexicon, faults: &mut Faults) -> Gazetteer {
        // Without any table of states there is nothing to check against.
        for (id, file, line, column) in &self.unknown {
            if !self.states.is_empty() && !self.states.contains(id) {
                let message = format!("no table of states has the id `{id}`");
                faults.push(&self.files[*file as usize], *line, Some(column), message);
            }
        }
        let GazetteerBuilder { mut entries, keys, tenures, aliases, places, files, .. } = self;
        let offices = Offices::new(tenures, &entries, |key| keys.get(key.as_bytes()), lexicon);
        entries.set_keys(keys);
        let names = Trie::new(&aliases.into_names(lexicon));
        for senses in names.overloaded() {
            let mut places = senses.iter().filter_map(|sense| match sense {
                Sense::Entry(id, _) => Some(places[*id as usize]),
                Sense::Honorific | Sense::Role => None,
            });
            let Some(((file0, line0), (file, line))) = places.next().zip(places.next_back()) else { continue };
            let message = format!(
                "a name that it shares with {}:{line0} and others stands for more than {MOST_SENSES} things",
                files[file0 as usize],
            );
            faults.push(&files[file as usize], line as usize, None, message);
        }
        Gazetteer { entries, offices, names }
    }
}

impl Aliases {
    fn push(&mut self, surface: &str, sense: Sense) {
        self.surfaces.push(surface);
        self.senses.push(sense);
    }

    /// The names in symbols.
    fn into_names(self, lexicon: &mut Lexicon) -> Names {
        let worded = self.worded(lexicon);
        let mut names = Names::default();
        let mut spellings = Spellings::default();
        for (surface, &sense) in self.surfaces.iter().zip(&self.senses) {
            if self.not_names.contains(surface) && !matches!(sense, Sense::Honorific) {
                continue;
            }
            spellings.read(surface, &tokenize(surface), lexicon, &worded);
            let Spellings { plain, capitalised } = &spellings;
            if !plain.is_empty() {
                names.push(plain, sense);
            }
            if plain != capitalised {
                names.push(capitalised, sense);
            }
        }
        names
    }

    /// Folded short forms that are also written as words (`Asean` beside `ASEAN`). A word that is a name by itself and a short
    /// form of something else stays a short form.
    fn worded(&self, lexicon: &Lexicon) -> FxHashSet<Box<str>> {
        let surfaces = || self.surfaces.iter().zip(&self.senses);
        let short = surfaces().filter(|(_, sense)| matches!(sense, Sense::Entry(_, Via::Acronym)));
        let short: FxHashSet<Box<str>> = short.map(|(surface, _)| fold(surface).into()).collect();
        surfaces()
            .filter(|(surface, sense)| matches!(sense, Sense::Entry(..)) && is_capitalised_word(surface))
            .map(|(surface, _)| fold(surface))
            .filter(|form| short.contains(&**form) && !lexicon.classes(lexicon.get(form)).any(Classes::COMMON))
            .map(Box::from)
            .collect()
    }
}

/// The columns with other names of an entry, apart from `former`, whose items may have years behind them.
const ALIASES: [(&str, Via); 5] = [
    ("official", Via::Alias),
    ("aliases", Via::Alias),
    ("native", Via::Alias),
    ("acronyms", Via::Acronym),
    ("demonyms", Via::Demonym),
];

fn has_letters(name: &str) -> bool {
    name.chars().any(char::is_alphabetic)
}

/// One word in lower case with a capital before it.
fn is_capitalised_word(surface: &str) -> bool {
    if surface.contains(' ') {
        return false;
    }
    let tokens = tokenize(surface);
    matches!(tokens[..], [token] if token.is_capital() && !token.looks.has(Looks::UPPER) && !token.looks.has(Looks::MIXED))
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
