//! The tables and words that come with the crate, as text. The build script includes this module too.

use crate::error::Faults;
use crate::gazetteer::{GazetteerBuilder, Table};
use crate::schema::EntityType;
use crate::text::lexicon::{Head, Lexicon};

macro_rules! tables {
    ($($table:ident: $($file:literal),+;)*) => {
        /// Every table with its file name and content.
        const TABLES: &[(Table, &str, &str)] = &[
            $($((Table::$table, $file, include_str!(concat!("../../gazetteers/", $file))),)+)*
        ];
    };
}

tables! {
    States: "states.tsv";
    Places: "places/features.tsv", "places/southeast-asia.tsv", "places/world.tsv";
    Bodies: "bodies.tsv";
    Agencies: "agencies/bn.tsv", "agencies/id.tsv", "agencies/kh.tsv", "agencies/la.tsv", "agencies/mm.tsv", "agencies/my.tsv",
        "agencies/partners.tsv", "agencies/ph.tsv", "agencies/sg.tsv", "agencies/th.tsv", "agencies/tl.tsv", "agencies/vn.tsv";
    Organisations: "organisations.tsv";
    Events: "events.tsv";
    Instruments: "instruments.tsv";
    Programmes: "programmes.tsv";
    People: "people/bn.tsv", "people/id.tsv", "people/kh.tsv", "people/la.tsv", "people/mm.tsv", "people/my.tsv", "people/ph.tsv",
        "people/sg.tsv", "people/th.tsv", "people/tl.tsv", "people/vn.tsv", "people/world.tsv";
    Tenures: "tenures/bn.tsv", "tenures/id.tsv", "tenures/kh.tsv", "tenures/la.tsv", "tenures/mm.tsv", "tenures/my.tsv", "tenures/ph.tsv",
        "tenures/sg.tsv", "tenures/th.tsv", "tenures/tl.tsv", "tenures/vn.tsv", "tenures/world.tsv";
    Roles: "roles.tsv";
    Honorifics: "honorifics.tsv";
    NotNames: "not-names.tsv";
}

/// The words of the language.
pub(crate) fn lexicon(faults: &mut Faults) -> Lexicon {
    let mut lexicon = Lexicon::new();
    lexicon.read_common(include_str!("../../gazetteers/words/common.txt"));
    lexicon.read_classes("words/classes.toml", include_str!("../../gazetteers/words/classes.toml"), faults);
    read_words(
        "words/heads.tsv",
        include_str!("../../gazetteers/words/heads.tsv"),
        &["word", "types", "place", "nominal", "note"],
        faults,
        |cells, line, faults| {
            let types: Option<Vec<EntityType>> = cells[1].split('|').map(EntityType::from_name).collect();
            let nominal = match cells[3] {
                "" => None,
                "delegation" => Some(EntityType::Organisation),
                name => EntityType::from_name(name),
            };
            match types {
                Some(types) if matches!(cells[2], "first" | "last" | "both" | "front" | "noun") => {
                    let first = matches!(cells[2], "first" | "both" | "front");
                    let last = matches!(cells[2], "last" | "both" | "front");
                    lexicon.set_head(cells[0], Head { types, first, last, front: cells[2] == "front", nominal });
                }
                _ => faults.push(
                    "words/heads.tsv",
                    line,
                    Some("types"),
                    "types of the schema, and first, last, both, front or noun, were expected",
                ),
            }
        },
    );
    read_words(
        "words/verbs.tsv",
        include_str!("../../gazetteers/words/verbs.tsv"),
        &["verb", "past", "participle", "doubles", "speech"],
        faults,
        |cells, _, _| {
            lexicon.add_verb(cells[0], cells[1], cells[2], cells[3] == "yes", cells[4] == "yes");
        },
    );
    lexicon.guess_verbs();
    lexicon
}

/// Reads a table of words, whose columns are `columns`.
fn read_words(
    file: &str,
    text: &str,
    columns: &[&str],
    faults: &mut Faults,
    mut each: impl FnMut(&[&str], usize, &mut Faults),
) {
    for (n, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != columns.len() {
            faults.push(file, n + 1, None, format!("{} cells, but {} columns", cells.len(), columns.len()));
        } else if n == 0 {
            if cells != columns {
                faults.push(file, 1, None, format!("the columns must be: {}", columns.join(", ")));
            }
        } else {
            each(&cells, n + 1, faults);
        }
    }
}

/// A builder that has read the bundled tables: all, or only titles and posts, which no text can do without.
pub(crate) fn gazetteer(lexicon: &mut Lexicon, names: bool, faults: &mut Faults) -> GazetteerBuilder {
    let mut builder = GazetteerBuilder::default();
    for (table, file, text) in TABLES {
        if names || matches!(table, Table::Roles | Table::Honorifics | Table::NotNames) {
            builder.add(*table, file, text, lexicon, faults);
        }
    }
    builder
}
