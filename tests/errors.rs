//! Bad tables are refused whole, and the message says where the fault is and what was expected.

use dateline::{Extractor, Table};

const STATES: &str =
    "id\tname\tofficial\taliases\tacronyms\tformer\tdemonyms\tcapital\tiso2\tiso3\twikidata\tasean\tsource\n";
const PLACES: &str = "id\tname\taliases\tacronyms\tstate\tkind\tparent\twikidata\tgeonames\tsource\n";
const INSTRUMENTS: &str = "id\tname\taliases\tacronyms\tkind\tdate\twikidata\tsource\n";
const TENURES: &str = "person\toffice\tstate\tagency\tfrom\tto\tseen\tsource\n";
const NOT_NAMES: &str = "surface\treason\n";

#[test]
fn every_fault_of_every_table_is_told_at_once_with_its_place() {
    let place = |cells: &str| format!("{PLACES}{cells}\n");
    let cases = [
        ("unknown-column", Table::NotNames, "surface\twhy\n".into()),
        ("column-missing", Table::NotNames, "reason\n".into()),
        ("column-twice", Table::NotNames, "surface\tsurface\n".into()),
        ("three-columns", Table::Places, "id\twhy\tnames\tid\n".into()),
        ("too-few-cells", Table::NotNames, format!("{NOT_NAMES}May\n")),
        ("too-many-cells", Table::NotNames, format!("{NOT_NAMES}May\tmonth\tand verb\n")),
        ("id-of-a-bundled-line", Table::Places, place("bn-bandar-seri-begawan\tPenang\t\t\tmy\tcity\t\t\t\t")),
        ("id-twice", Table::Places, place("x-a\tAxbridge\t\t\t\tcity\t\t\t\t\nx-a\tAxminster\t\t\t\tcity\t\t\t\t")),
        ("name-without-letters", Table::Places, place("x-b\t2025\t\t\t\tcity\t\t\t\t")),
        ("no-name", Table::Places, place("x-c\t\t\t\t\tcity\t\t\t\t")),
        ("alias-without-letters", Table::Places, place("x-d\tAxbridge\tAxe Town|--\t\t\tcity\t\t\t\t")),
        ("acronym-without-letters", Table::Places, place("x-e\tAxbridge\t\t12\t\tcity\t\t\t\t")),
        ("unknown-state", Table::Places, place("x-f\tAxbridge\t\t\tmy|zz\tcity\t\t\t\t")),
        ("month-13", Table::Instruments, format!("{INSTRUMENTS}x-a\tAxbridge Accord\t\t\ttreaty\t2024-13\t\t\n")),
        ("february-30", Table::Instruments, format!("{INSTRUMENTS}x-b\tAxbridge Accord\t\t\ttreaty\t2024-02-30\t\t\n")),
        ("date-in-words", Table::Tenures, format!("{TENURES}x-y\tMayor\t\t\tMay 2020\t\t\t\n")),
        ("end-before-beginning", Table::Tenures, format!("{TENURES}x-y\tMayor\t\t\t2020-05\t2019\t\t\n")),
        ("two-faults", Table::Places, place("x-g\t!\t\t\t\tcity\t\t\t\t\nx-h")),
    ];
    let builder = cases.iter().fold(Extractor::builder(), |b, (file, table, text)| b.table(*table, file, text));
    insta::assert_snapshot!(builder.build().expect_err("all are wrong"), @r"
    unknown-column:1: why: unknown column; a table of not-names has surface, reason
    column-missing:1: surface: the column is missing
    column-twice:1: surface: the column stands twice
    three-columns:1: why: unknown column; a table of places has id, name, aliases, acronyms, state, kind, parent, wikidata, geonames, source
    three-columns:1: names: unknown column; a table of places has id, name, aliases, acronyms, state, kind, parent, wikidata, geonames, source
    three-columns:1: id: the column stands twice
    three-columns:1: name: the column is missing
    too-few-cells:2: 2 cells were expected, one for each column, not 1
    too-many-cells:2: 2 cells were expected, one for each column, not 3
    id-of-a-bundled-line:2: id: `bn-bandar-seri-begawan` stands in places/southeast-asia.tsv:2 too
    id-twice:3: id: `x-a` stands in id-twice:2 too
    name-without-letters:2: name: a name with letters was expected, not `2025`
    no-name:2: name: a name with letters was expected, not ``
    alias-without-letters:2: aliases: an alias with letters was expected, not `--`
    acronym-without-letters:2: acronyms: an alias with letters was expected, not `12`
    month-13:2: date: YYYY, YYYY-MM or YYYY-MM-DD of the calendar was expected, not `2024-13`
    february-30:2: date: YYYY, YYYY-MM or YYYY-MM-DD of the calendar was expected, not `2024-02-30`
    date-in-words:2: from: YYYY, YYYY-MM or YYYY-MM-DD of the calendar was expected, not `May 2020`
    end-before-beginning:2: to: `2019` is before `2020-05`
    two-faults:2: name: a name with letters was expected, not `!`
    two-faults:3: 10 cells were expected, one for each column, not 1
    unknown-state:2: state: no table of states has the id `zz`
    ");
}

#[test]
fn sound_tables_are_taken() {
    let tables = [
        ("empty", Table::Places, String::new()),
        ("only-columns", Table::Places, PLACES.into()),
        ("columns-in-another-order", Table::NotNames, "reason\tsurface\n".into()),
        ("only-the-columns-that-are-needed", Table::Places, "name\tid\nAxholme\tx-h\n".into()),
        ("a-line", Table::Places, format!("{PLACES}x-a\tAxbridge\tAxe Town\t\tmy\tcity\t\t\t\t\n")),
        (
            "line-ends-of-windows",
            Table::Places,
            format!("{PLACES}x-b\tAxminster\t\t\tmy\tcity\t\t\t\t\n").replace('\n', "\r\n"),
        ),
        ("an-unknown-kind", Table::Places, format!("{PLACES}x-c\tAxton\t\t\tmy\thamlet\t\t\t\t\n")),
        ("a-year-a-day-a-month", Table::Tenures, format!("{TENURES}x-y\tMayor\tmy\t\t2020\t2024-02-29\t2021-07\t\n")),
        ("a-state-of-a-later-table", Table::Places, format!("{PLACES}zz-a\tStrelsau\t\t\tzz\tcity\t\t\t\t\n")),
        ("states", Table::States, format!("{STATES}zz\tRuritania\t\t\t\t\t\t\t\t\t\t\t\n")),
    ];
    let builder = tables.iter().fold(Extractor::builder(), |b, (file, table, text)| b.table(*table, file, text));
    assert_eq!(builder.build().map(|_| ()), Ok(()));
}

#[test]
fn faults_of_all_files_are_told_and_can_be_read_one_by_one() {
    let builder = Extractor::builder().table(Table::Places, "a.tsv", "wrong\n").table(
        Table::NotNames,
        "b.tsv",
        &format!("{NOT_NAMES}May\n"),
    );
    let error = builder.build().expect_err("both tables are wrong");
    let places: Vec<_> = error.faults().iter().map(|f| (f.file.as_str(), f.line, f.column.as_deref())).collect();
    assert_eq!(
        places,
        [("a.tsv", 1, Some("wrong")), ("a.tsv", 1, Some("id")), ("a.tsv", 1, Some("name")), ("b.tsv", 2, None)]
    );
}

#[test]
fn lines_of_json_are_checked_like_tables() {
    let lines = [
        r#"{"table": "agencies", "id": "my-x", "name": "Axe Board", "acronyms": ["AXB"], "state": "my"}"#,
        r#"{"table": "agency", "id": "my-y", "name": "Axe Board"}"#,
        r#"{"table": "agencies", "id": "my-z", "nam": "Axe Board"}"#,
        r#"{"table": "agencies", "id": "my-z"}"#,
        r#"{"table": "agencies", "id": "my-z", "name": 7}"#,
        r#"{"table": "agencies", "id": "my-q", "name": "Axe Court", "state": "zz"}"#,
        r#"{"table": "agencies", "nam": "Axe Board", "id": 7, "aliases": [8]}"#,
        "not json",
    ];
    let told = |lines: &[&str]| match Extractor::builder().json_lines("mine.jsonl", &lines.join("\n")).build() {
        Ok(_) => "built".to_owned(),
        Err(e) => e.to_string(),
    };
    assert_eq!(told(&lines[..1]), "built");
    insta::assert_snapshot!(told(&lines), @r"
    mine.jsonl:2: table: one of states, places, agencies, bodies, organisations, events, instruments, programmes, people, tenures, roles, honorifics, not-names was expected, not `agency`
    mine.jsonl:3: nam: unknown column; a table of agencies has id, name, aliases, acronyms, native, former, state, kind, parent, from, to, wikidata, source
    mine.jsonl:3: name: the column is missing
    mine.jsonl:4: name: the column is missing
    mine.jsonl:5: name: a string or a list of strings was expected
    mine.jsonl:6: state: no table of states has the id `zz`
    mine.jsonl:7: aliases: a string or a list of strings was expected
    mine.jsonl:7: id: a string or a list of strings was expected
    mine.jsonl:7: nam: unknown column; a table of agencies has id, name, aliases, acronyms, native, former, state, kind, parent, from, to, wikidata, source
    mine.jsonl:7: name: the column is missing
    mine.jsonl:8: an object was expected: expected ident at line 1 column 2
    ");
}

#[test]
fn every_fault_of_every_rule_is_told_at_once_with_its_place() {
    let told = |text: &str| match Extractor::builder().rules("mine.toml", text).build() {
        Ok(_) => "built".to_owned(),
        // without the names of all keys
        Err(e) => e
            .to_string()
            .lines()
            .map(|line| line.split(", expected one of").next().unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n"),
    };
    let sound = "source = \"agent\"\ntarget = \"patient\"\nsource_types = \"any\"\ntarget_types = \"any\"\nexamples = [{ text = \"A.\", finds = [] }]\ncounter = [\"B.\"]\n";
    let rules = format!(
        "[[rule]]\nid = \"a/a\"\nrelations = \"a\"\nverb = [\"train\"]\nloose = 7\n{sound}\
         [[rule]]\nid = \"a/b\"\nrelation = \"a\"\nverbs = [\"zzz\"]\nvoice = \"loud\"\n{sound}\
         [[rule]]\nid = \"a/c\"\nrelation = \"a\"\nverbs = \"train\"\n{sound}\
         [[rules]]\nid = \"a/d\"\n"
    );
    insta::assert_snapshot!(told(&rules), @r#"
    mine.toml:1: missing field `relation`
    mine.toml:3: unknown field `relations`
    mine.toml:4: unknown field `verb`
    mine.toml:5: invalid type: integer `7`, expected a boolean
    mine.toml:13: a/b: voice: `active` or `passive` was expected, not `loud`
    mine.toml:13: a/b: verbs: `zzz` is no verb of words/verbs.tsv in its base form, so it could never match
    mine.toml:26: invalid type: string "train", expected a sequence
    mine.toml:33: unknown field `rules`, expected `rule`
    "#);
    insta::assert_snapshot!(told("[[rule]]\nid = \n[[rule]\nrelation = a\n"), @r"
    mine.toml:2: string values must be quoted, expected literal string
    mine.toml:3: unclosed array table, expected `]`
    ");
    insta::assert_snapshot!(told("rule = 7\n"), @"mine.toml:1: invalid type: integer `7`, expected a sequence");
}

#[test]
fn a_rule_needs_examples_of_both_kinds() {
    let (example, counter) = ("{ text = \"A.\", finds = [] }", "\"B.\"");
    for (examples, counter, sound) in [(example, counter, true), ("", counter, false), (example, "", false)] {
        let rule = format!(
            "[[rule]]\nid = \"a/b\"\nrelation = \"a\"\npatterns = [\"<source:person> of <target:agency>\"]\n\
             examples = [{examples}]\ncounter = [{counter}]\n"
        );
        let built = Extractor::builder().rules("mine.toml", &rule).build();
        assert_eq!(built.is_ok(), sound, "{rule}");
    }
}

#[test]
fn a_pattern_that_could_be_tried_without_end_is_refused() {
    let told = |pattern: &str| {
        let rule = format!(
            "[[rule]]\nid = \"a/b\"\nrelation = \"a\"\npatterns = [\"{pattern}\"]\nexamples = [{{ text = \"A.\", finds = [] }}]\ncounter = [\"B.\"]\n"
        );
        Extractor::builder().rules("mine.toml", &rule).build().map_or_else(|e| e.to_string(), |_| "built".to_owned())
    };
    assert_eq!(told("<source:person>+ ... <target:agency>+ [of] [the]"), "built");
    // thirty members behind the first, none to three words, a word or nothing
    let long = "<source:person>+ <target:agency>+ ... [of] [the]";
    assert_eq!(told(long), "built");
    assert!(told(&format!("{long} [a]")).contains(": 30752 ways to match"));
    let endless = "<source:person>+ <role>+ <target:agency>+";
    assert_eq!(
        told(endless),
        format!(
            "mine.toml:2: a/b: patterns: too many lists, gaps and optional words: 29791 ways to match, 20000 are allowed in `{endless}`"
        )
    );
}

#[test]
fn a_name_that_stands_for_more_things_than_can_be_weighed_is_refused() {
    let told = |count: usize, name: &str| {
        let lines: String = (0..count).map(|n| format!("x-{n}\tTown {n}\t{name}\n")).collect();
        let builder = Extractor::builder().without_bundled_names();
        let built = builder.table(Table::Places, "towns.tsv", &format!("id\tname\taliases\n{lines}")).build();
        built.map_or_else(|e| e.to_string(), |_| "built".to_owned())
    };
    assert_eq!(told(100, "Axbridge"), "built");
    let many =
        "towns.tsv:102: a name that it shares with towns.tsv:2 and others stands for more than 100 things".to_owned();
    assert_eq!(told(101, "Axbridge"), many);
    assert_eq!(told(50_000, "Axbridge|Axe Bridge|Axe-Bridge"), format!("{many}\n{many}"));
}

#[test]
fn a_gazetteer_of_a_hundred_thousand_lines_loads() {
    let mut text = String::from("id\tname\tacronyms\tstate\n");
    for n in 0..100_000 {
        text.push_str(&format!("x-{n}\tUnion of Axbridge Weavers No {n}\tUAW{n}\tmy\n"));
    }
    let extractor =
        Extractor::builder().table(Table::Organisations, "large.tsv", &text).build().expect("the table is sound");
    let found = extractor.extract("The Union of Axbridge Weavers No 99999 met Malaysia.");
    assert_eq!(found.entities[0].key.as_deref(), Some("organisation:x-99999"));
}
