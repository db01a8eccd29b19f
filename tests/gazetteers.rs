//! The tables of `gazetteers/` as data: their form, their references, their counts.

#[path = "support/canonical.rs"]
mod canonical;

use canonical::File;
use dateline::Table;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

#[test]
fn every_table_is_written_in_its_canonical_form() {
    nothing(canonical::files().iter().filter_map(|file| match (file.canonical(), file.text()) {
        (Ok(canonical), Ok(text)) if canonical == text => None,
        (Ok(_), Ok(_)) => Some(format!("{}: put right by `cargo run --example canonicalise`", file.name)),
        (Err(message), _) | (_, Err(message)) => Some(message),
    }));
}

#[test]
fn every_file_is_bundled_and_every_bundled_file_is_there() {
    let source = include_str!("../src/bundled/tables.rs");
    let list = source
        .split("\ntables! {")
        .nth(1)
        .and_then(|rest| rest.split("\n}").next())
        .expect("src/bundled/tables.rs lists the tables");
    let bundled: BTreeSet<&str> = list.split('"').filter(|part| part.ends_with(".tsv")).collect();
    let files = canonical::files();
    let there: BTreeSet<&str> = files.iter().filter(|f| f.table.is_some()).map(|f| f.name.as_str()).collect();
    assert_eq!(bundled, there);
}

#[test]
fn ids_are_slugs_and_stand_once_in_all_files_of_a_table() {
    let mut seen: HashMap<(Option<Table>, &str), &Row> = HashMap::new();
    nothing(ROWS.iter().filter(|row| row.has("id") || row.has("key")).filter_map(|row| {
        let id = if row.has("id") { row.get("id") } else { row.get("key") };
        let slug = !id.is_empty()
            && id.split('-').all(|word| !word.is_empty() && word.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9')));
        let before = seen.insert((row.table, id), row);
        if !slug {
            Some(row.fault(format!("`{id}` is no slug")))
        } else {
            before.map(|b| row.fault(format!("`{id}` is in {} too", b.place())))
        }
    }));
}

#[test]
fn states_that_are_named_exist() {
    nothing(ROWS.iter().flat_map(|row| {
        let states = row.items("state").chain(row.items("states"));
        states.filter(|id| !has(Table::States, id)).map(|id| row.fault(format!("no state `{id}`")))
    }));
}

#[test]
fn parents_stand_in_the_same_table() {
    nothing(ROWS.iter().flat_map(|row| {
        row.items("parent")
            .filter(|id| row.table.is_none_or(|t| !has(t, id)))
            .map(|id| row.fault(format!("no parent `{id}`")))
    }));
}

#[test]
fn no_place_or_agency_lies_within_itself() {
    let parents: HashMap<(Table, &str), &str> =
        ROWS.iter().filter_map(|row| Some(((row.table?, row.get("id")), row.get("parent")))).collect();
    nothing(ROWS.iter().filter(|row| row.has("parent")).filter_map(|row| {
        let up = |id: &&str| row.table.and_then(|t| parents.get(&(t, *id))).copied().filter(|id| !id.is_empty());
        (std::iter::successors(Some(row.get("id")), up).take(20).count() == 20)
            .then(|| row.fault("is its own parent".into()))
    }));
}

#[test]
fn references_to_other_tables_name_a_line_of_them() {
    let tables = [
        ("state", Table::States),
        ("agency", Table::Agencies),
        ("body", Table::Bodies),
        ("organisation", Table::Organisations),
        ("event", Table::Events),
        ("programme", Table::Programmes),
    ];
    nothing(ROWS.iter().flat_map(|row| {
        let references = row.items("organiser").chain(row.items("owner")).chain(row.items("agency"));
        let exists = |reference: &str| {
            reference.split_once(':').is_some_and(|(kind, id)| tables.iter().any(|(k, t)| *k == kind && has(*t, id)))
        };
        references
            .filter(move |reference| !exists(reference))
            .map(|reference| row.fault(format!("nothing is `{reference}`")))
    }));
}

#[test]
fn whoever_held_office_is_a_person_of_the_tables() {
    nothing(
        of(Table::Tenures)
            .filter(|row| !has(Table::People, row.get("person")))
            .map(|row| row.fault(format!("no person `{}`", row.get("person")))),
    );
}

#[test]
fn capitals_are_places() {
    let places: HashSet<&str> = of(Table::Places).map(|row| row.get("name")).collect();
    let is_state = |name: &str| of(Table::States).any(|row| row.get("name") == name);
    nothing(of(Table::States).filter_map(|row| {
        let capital = row.get("capital");
        (!capital.is_empty() && !places.contains(capital) && !is_state(capital))
            .then(|| row.fault(format!("no place is called `{capital}`")))
    }));
}

#[test]
fn every_line_names_sources_that_are_listed() {
    let keys: HashSet<&str> = ROWS.iter().filter(|row| row.table.is_none()).map(|row| row.get("key")).collect();
    nothing(ROWS.iter().filter(|row| row.has("source")).flat_map(|row| {
        let unlisted = row
            .items("source")
            .filter(|key| !keys.contains(key))
            .map(|key| row.fault(format!("sources.tsv has no `{key}`")));
        unlisted.chain(row.get("source").is_empty().then(|| row.fault("no source".into())))
    }));
}

#[test]
fn kinds_are_of_the_known_ones() {
    let known: HashMap<Table, &str> = HashMap::from([
        (
            Table::Places,
            "capital city province region district state territory sea strait gulf river lake island mountain area venue",
        ),
        (
            Table::Agencies,
            "office ministry department agency regulator central-bank police armed-forces court parliament commission embassy cert authority \
             council institute",
        ),
        (Table::Bodies, "organ sectoral-body centre un bank regional global court"),
        (Table::Organisations, "university think-tank media company ngo party association"),
        (Table::Events, "summit meeting conference forum dialogue exercise week exhibition games ceremony"),
        (
            Table::Instruments,
            "treaty agreement convention charter declaration plan strategy mou law report statement code",
        ),
        (Table::Programmes, "programme project initiative network fund centre award partnership scheme"),
        (
            Table::Roles,
            "head-of-state head-of-government royal minister deputy-minister parliament diplomat civil-servant military police judiciary local \
             central-bank party body academic company spokesperson",
        ),
        (Table::Honorifics, "style title rank academic religious courtesy noble post-nominal"),
    ]);
    nothing(ROWS.iter().filter(|row| row.has("kind")).filter_map(|row| {
        let kinds = row.table.and_then(|t| known.get(&t))?;
        let kind = row.get("kind");
        (!kinds.split_whitespace().any(|k| k == kind))
            .then(|| row.fault(format!("`{kind}` is no kind of this table: {kinds}")))
    }));
}

#[test]
fn dates_are_years_months_or_days_of_the_calendar() {
    nothing(ROWS.iter().flat_map(|row| {
        let dates = ["from", "to", "seen", "date"].into_iter().map(|column| row.get(column));
        dates.filter(|date| !date.is_empty() && !is_date(date)).map(|date| row.fault(format!("`{date}` is no date")))
    }));
}

#[test]
fn nothing_ends_before_it_begins() {
    nothing(
        ROWS.iter()
            .filter(|row| row.has("to") && is_after(row.get("from"), row.get("to")))
            .map(|row| row.fault(format!("from {} to {}", row.get("from"), row.get("to")))),
    );
}

#[test]
fn former_names_of_agencies_say_from_when_to_when() {
    nothing(of(Table::Agencies).flat_map(|row| {
        row.items("former")
            .filter(|item| !is_former(item))
            .map(|item| row.fault(format!("`{item}` is not `Name [from..to]`")))
    }));
}

#[test]
fn the_names_of_a_line_have_letters_and_no_article_and_no_parentheses() {
    let bad = |name: &&str| {
        !name.chars().any(char::is_alphabetic) || name.to_lowercase().starts_with("the ") || name.contains(['(', ')'])
    };
    nothing(ROWS.iter().filter(|row| row.table != Some(Table::Honorifics)).flat_map(|row| {
        let names = ["name", "aliases", "acronyms", "demonyms"].into_iter().flat_map(|column| row.items(column));
        names.filter(bad).map(|name| row.fault(format!("`{name}`")))
    }));
}

#[test]
fn no_alias_says_again_what_matches_anyway() {
    nothing(ROWS.iter().flat_map(|row| {
        let mut seen: HashSet<String> =
            ["name", "title"].into_iter().map(|column| unaccented(row.get(column))).collect();
        let aliases: Vec<&str> = ["official", "aliases", "variants", "acronyms", "demonyms"]
            .into_iter()
            .flat_map(|column| row.items(column))
            .collect();
        let again = aliases.into_iter().filter(move |alias| !seen.insert(unaccented(alias)));
        again.map(|alias| row.fault(format!("`{alias}` is found without being listed"))).collect::<Vec<_>>()
    }));
}

#[test]
fn whatever_is_no_name_is_a_name_of_some_table_once() {
    let mut seen = HashSet::new();
    nothing(of(Table::NotNames).filter_map(|row| {
        let twice = !seen.insert(row.get("surface"));
        (twice || row.get("reason").is_empty())
            .then(|| row.fault(format!("`{}` twice, or without a reason", row.get("surface"))))
    }));
}

#[test]
fn the_tables_hold_what_a_desk_needs() {
    for (what, least, count) in [
        ("states and territories", 195, of(Table::States).count()),
        ("agencies of the eleven", 900, of(Table::Agencies).filter(|row| ELEVEN.contains(&row.get("state"))).count()),
        ("bodies", 300, of(Table::Bodies).count()),
        ("organisations", 150, of(Table::Organisations).count()),
        ("events", 150, of(Table::Events).count()),
        ("instruments", 150, of(Table::Instruments).count()),
        ("programmes", 80, of(Table::Programmes).count()),
        ("roles", 250, of(Table::Roles).count()),
        ("honorifics", 300, of(Table::Honorifics).count()),
        ("spells of office", 2500, of(Table::Tenures).count()),
        (
            "persons who held office",
            1500,
            of(Table::Tenures).map(|row| row.get("person")).collect::<HashSet<_>>().len(),
        ),
    ] {
        assert!(count >= least, "{count} {what}, but at least {least} were promised");
    }
}

#[test]
fn each_of_the_eleven_has_its_agencies() {
    for state in ELEVEN {
        let count = of(Table::Agencies).filter(|row| row.get("state") == state).count();
        let least = if state == "tl" { 35 } else { 50 };
        assert!(count >= least, "{state}: {count} agencies, but at least {least} were promised");
    }
}

/// A name may stand for things of different types (`MAS` is an authority and an airline); whoever adds one more such name should know it.
/// Accepted like the snapshots of `tests/statements.rs`.
#[test]
fn the_names_that_stand_for_things_of_two_types_are_known() {
    let mut things: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in ROWS.iter() {
        let Some(table) = row.table else { continue };
        for column in ["name", "title", "official", "aliases", "variants", "native", "acronyms", "former", "demonyms"] {
            for item in row.items(column) {
                let name = item.split(" [").next().unwrap_or(item);
                things.entry(looked_up(name)).or_default().insert(format!("{}:{}", table.as_str(), row.get("id")));
            }
        }
    }
    let types = |ids: &BTreeSet<String>| ids.iter().filter_map(|id| id.split(':').next()).collect::<HashSet<_>>().len();
    let clashes = things.iter().filter(|(_, ids)| types(ids) > 1);
    let listed: String =
        clashes.map(|(name, ids)| format!("{name}: {}\n", ids.iter().cloned().collect::<Vec<_>>().join(" "))).collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, { insta::assert_snapshot!("clashes", listed) });
}

#[test]
fn the_readme_names_every_table_column_kind_and_file_of_words() {
    let readme = include_str!("../gazetteers/README.md");
    let columns = Table::ALL
        .into_iter()
        .flat_map(|t| t.columns().iter().map(move |column| (t.as_str().to_owned(), format!("`{column}`"))));
    let kinds = ROWS.iter().filter(|row| row.has("kind")).map(|row| (row.place(), row.get("kind").to_owned()));
    let words =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteers/words")).into_iter().flatten().flatten();
    let words = words.map(|file| ("words/".to_owned(), file.file_name().to_string_lossy().into_owned()));
    nothing(
        columns
            .chain(kinds)
            .chain(words)
            .filter(|(_, name)| !readme.contains(name))
            .map(|(place, name)| format!("{place}: {name}")),
    );
}

const ELEVEN: [&str; 11] = ["bn", "id", "kh", "la", "mm", "my", "ph", "sg", "th", "tl", "vn"];

/// A line of a table.
struct Row {
    file: String,
    line: usize,
    table: Option<Table>,
    columns: &'static [&'static str],
    cells: Vec<String>,
}

impl Row {
    fn has(&self, column: &str) -> bool {
        self.columns.contains(&column)
    }

    fn get(&self, column: &str) -> &str {
        self.columns.iter().position(|c| *c == column).map_or("", |at| &self.cells[at])
    }

    fn items(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split('|').filter(|item| !item.is_empty())
    }

    fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    fn fault(&self, message: String) -> String {
        format!("{}: {message}", self.place())
    }
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| canonical::files().iter().flat_map(rows).collect());

static IDS: LazyLock<HashSet<(Table, &'static str)>> =
    LazyLock::new(|| ROWS.iter().filter_map(|row| Some((row.table?, row.get("id")))).collect());

fn rows(file: &File) -> Vec<Row> {
    let rows = file.rows().unwrap_or_else(|message| panic!("{message}"));
    let row = |(line, cells)| Row { file: file.name.clone(), line, table: file.table, columns: file.columns(), cells };
    rows.into_iter().map(row).collect()
}

fn of(table: Table) -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(move |row| row.table == Some(table))
}

fn has(table: Table, id: &str) -> bool {
    IDS.contains(&(table, id))
}

/// Fails with all faults, a line each.
fn nothing(faults: impl Iterator<Item = String>) {
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn is_date(date: &str) -> bool {
    let whole = match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    };
    whole.len() == 10 && whole.parse::<jiff::civil::Date>().is_ok()
}

/// Whether one date is later than another, as far as both are known.
fn is_after(from: &str, to: &str) -> bool {
    let known = from.len().min(to.len());
    from[..known] > to[..known]
}

fn is_former(item: &str) -> bool {
    let span =
        item.strip_suffix(']').and_then(|item| item.split_once(" [")).and_then(|(_, span)| span.split_once(".."));
    let known = |date: &str| date.is_empty() || is_date(date);
    span.is_some_and(|(from, to)| known(from) && known(to) && !is_after(from, to))
}

/// The form under which names are the same: short forms in capitals to the letter, others without case, accents, hyphens.
fn looked_up(name: &str) -> String {
    if !name.contains(|c: char| c.is_lowercase()) {
        return name.to_owned();
    }
    let words = unaccented(name).to_lowercase().replace(['-', '–'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name without accents and apostrophes, and with `and` for `&`.
fn unaccented(name: &str) -> String {
    let plain: String = name.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    plain.replace('&', "and").replace(['\'', '’'], "")
}
