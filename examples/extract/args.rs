//! The command line.

use crate::input::{Source, Sources};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, ValueEnum};
use clap_complete::Shell;
use dateline::Date;
use dateline::output::Offsets;
use std::num::NonZeroUsize;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  extract statement.txt
      Show what one statement says.
  extract --format jsonl --output facts.jsonl statements/
      Read every .txt file below a folder, one line of JSON for each.
  extract --only-relations hosted_by,led_by statements/
      Show only who hosts and who leads.
  extract --format html --output pages/ statements/
      Make a page for each statement, to read in a browser.
  extract --merge --format graphml --output run.graphml statements/
      Join all statements into one graph.
  extract --diff last-year.txt this-year.txt
      Say what is new, what is gone, and which stance changed its word.
  extract --gazetteer mine/agencies.tsv --rules mine/mentors.toml statement.txt
      Know some agencies and a relation more.
  extract --why-not Malaysia 'Lao PDR' statement.txt
      Say what joins the two, or why nothing does.
  extract --date 2024-11-15 statement.txt
      Read “yesterday” as 14 November 2024.
  pdftotext release.pdf - | extract --format json -
      Read standard input.
  zstdcat statements.jsonl.zst | extract --input jsonl --field-text body >facts.jsonl
      Answer each line of JSON, which holds a document, with a line of JSON.
  extract --input parquet --field-text body --format parquet --output facts.parquet tables/
      Answer each row of all .parquet files below a folder with a row.

Exit status: 0 when all went well, 1 when something could not be read or written, 2 when the command line is wrong,
3 when every line or row was answered, but some with an error.";

/// The field or column that names a document, where no other is given.
pub(crate) const DOC: &str = "doc";
/// That of its day, likewise.
pub(crate) const DATE: &str = "date";

/// What to do for Parquet.
pub(crate) const WITHOUT_PARQUET: &str =
    "this program was built without Parquet: cargo run --release --features parquet --example extract -- …";

/// Says who does what with whom in press statements of South-East Asian diplomacy.
#[derive(Debug, Parser)]
#[command(name = "extract", version, after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, or folders of which every .txt file is read (every .jsonl or .parquet file where the input is that); none or `-`: standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// What the paths hold
    #[arg(short, long, value_enum, default_value_t = Input::Text)]
    pub(crate) input: Input,

    /// The field of JSON, or column, that names a document; one without it is named by its line or row
    #[arg(long, value_name = "NAME", default_value = DOC)]
    pub(crate) field_doc: String,

    /// The field of JSON, or column, with the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) field_text: String,

    /// The field of JSON, or column, with the day of a document (YYYY-MM-DD), which may be missing, null or empty
    #[arg(long, value_name = "NAME", default_value = DATE)]
    pub(crate) field_date: String,

    /// The longest line of JSON, or text of a row, that is read; a longer one is answered with an error
    #[arg(long, value_name = "BYTES", default_value = "1048576")]
    pub(crate) max_line: NonZeroUsize,

    /// How the result is written [default: table; of lines of JSON and of Parquet: jsonl]
    #[arg(short, long, value_enum)]
    format: Option<Format>,

    /// What the positions in JSON and CSV count; those of brat, Turtle and JSON-LD are always characters
    #[arg(long, value_name = "UNIT", default_value = "chars", value_parser = offsets())]
    pub(crate) offsets: Offsets,

    /// Write to FILE, which is replaced once all is done; where it is a folder, or ends in a slash, each document becomes a file
    /// of its own there
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Give only relations of these types
    #[arg(long, value_name = "TYPE,…", value_delimiter = ',')]
    pub(crate) only_relations: Vec<String>,

    /// Give only relations whose rules were right at least so often, from 0 to 1, when they were measured; those of rules that
    /// were not are left out too
    #[arg(long, value_name = "PRECISION", value_parser = share)]
    pub(crate) min_confidence: Option<f64>,

    /// Join all documents into one graph, with the documents and days that state each fact, and contradictions between them
    #[arg(long, conflicts_with = "why_not")]
    pub(crate) merge: bool,

    /// Say what PATH has new, no longer, or with another word than OLD: a text, a folder, or the JSON of an earlier run (as PATH
    /// may be here too)
    #[arg(long, value_name = "OLD", conflicts_with_all = ["why_not", "merge"])]
    pub(crate) diff: Option<PathBuf>,

    /// Show under each relation of a table the sentences that say it: S the source, T the target, ^ the words that prove it,
    /// ? those that tell its status, + its qualifiers
    #[arg(long)]
    pub(crate) explain: bool,

    /// Show what joins two names, and for sentences that name both which rules came near and what stopped them
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"])]
    why_not: Vec<String>,

    /// Day of the documents, against which “yesterday” is read [default: the day that each of them names at its beginning]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<Date>,

    /// Add names: a table called after its kind, or in a folder called so (agencies.tsv, people/my.tsv); or JSON Lines of any
    /// tables (.jsonl). May be given several times
    #[arg(long = "gazetteer", value_name = "FILE")]
    pub(crate) gazetteers: Vec<PathBuf>,

    /// Add rules of relations, as TOML. May be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Vec<PathBuf>,

    /// Do without the rule of this id (led_by/verb). May be given several times
    #[arg(long = "without-rule", value_name = "ID")]
    pub(crate) without_rules: Vec<String>,

    /// How many documents to read at the same time [default: one for each processor]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Print a script that completes this command line in a shell
    #[arg(long, value_name = "SHELL")]
    pub(crate) completions: Option<Shell>,
}

impl Args {
    /// The format that is asked for.
    pub(crate) fn format(&self) -> Format {
        let default = if self.input == Input::Text { Format::Table } else { Format::Jsonl };
        self.format.unwrap_or(default)
    }

    /// The two names of `--why-not`.
    pub(crate) fn why_not(&self) -> Option<[&str; 2]> {
        match &self.why_not[..] {
            [a, b] => Some([a, b]),
            _ => None,
        }
    }

    /// Which relations are asked for.
    pub(crate) fn wanted(&self) -> Wanted {
        Wanted { only: self.only_relations.clone(), min_confidence: self.min_confidence }
    }

    /// Ends the program where these options ask for what a format cannot say.
    pub(crate) fn check(&self, sources: &Sources, to_folder: bool, to_terminal: bool) {
        let asked = self.format();
        let format = asked.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        if self.merge && matches!(asked, Format::Html | Format::Brat) {
            wrong(&format!("--merge has no text of its own, which --format {format} needs"));
        }
        let graph = self.merge || self.diff.is_some() || self.why_not().is_some();
        if self.input != Input::Text && (graph || !matches!(asked, Format::Jsonl | Format::Parquet)) {
            wrong("--input jsonl and parquet answer each document by itself, with --format jsonl or parquet");
        }
        if cfg!(not(feature = "parquet")) && (self.input == Input::Parquet || asked == Format::Parquet) {
            wrong(WITHOUT_PARQUET);
        }
        if asked == Format::Parquet && graph {
            wrong("--format parquet has a row for each document; --merge, --diff and --why-not are written otherwise");
        }
        if (self.input != Input::Text || asked == Format::Parquet) && to_folder {
            wrong("--input jsonl and parquet, and --format parquet, write one file; --output names a folder");
        }
        if asked == Format::Parquet && to_terminal {
            wrong("--format parquet is nothing to read in a terminal; name a file with --output");
        }
        if self.input == Input::Parquet && sources.list.contains(&Source::Stdin) {
            wrong("Parquet is read from its end, so it cannot come from standard input; name files or folders");
        }
        if self.merge && to_folder {
            wrong("--merge writes one file; --output names a folder");
        }
        if self.diff.is_some() && !matches!(asked, Format::Table | Format::Json | Format::Jsonl) {
            wrong(&format!("--diff is written as table, json or jsonl, not as {format}"));
        }
        if asked == Format::Brat && !to_folder && !sources.is_one_document() {
            wrong("brat has a file for each document: name a folder with --output FOLDER/");
        }
    }

    pub(crate) fn threads(&self) -> usize {
        self.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
    }
}

/// Ends the program because of its command line.
pub(crate) fn wrong(message: &str) -> ! {
    Args::command().error(ErrorKind::ValueValidation, message).exit()
}

/// Which relations are asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Of these types; empty: of any.
    only: Vec<String>,
    min_confidence: Option<f64>,
}

impl Wanted {
    /// Whether a relation of this type, whose rule has this precision, is asked for.
    pub(crate) fn takes(&self, relation: &str, precision: Option<f64>) -> bool {
        let of_type = self.only.is_empty() || self.only.iter().any(|name| name == relation);
        of_type && self.min_confidence.is_none_or(|least| precision.is_some_and(|precision| precision >= least))
    }
}

/// The forms of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    /// Each file is a document
    Text,
    /// Each line is a document, as JSON; also within gzip or Zstandard
    Jsonl,
    /// Each row is a document; needs a program that was built with the feature `parquet`
    Parquet,
}

impl Input {
    /// How its files end that are read of a folder.
    pub(crate) fn endings(self) -> &'static [&'static str] {
        match self {
            Input::Text => &[".txt"],
            Input::Jsonl => &[".jsonl", ".jsonl.gz", ".jsonl.zst"],
            Input::Parquet => &[".parquet"],
        }
    }
}

/// The forms of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// One JSON object for a single document, an array for several or for a folder
    Json,
    /// One line of JSON for each document
    Jsonl,
    /// For DuckDB, pandas, Spark: a row for each document, with all that JSON has; needs the feature `parquet`, too
    Parquet,
    /// For spreadsheets: a row for each relation
    #[value(alias = "csv-relations")]
    Csv,
    /// For spreadsheets: a row for each entity
    CsvEntities,
    /// A page with the text, its names and relations marked
    Html,
    /// Standoff annotations for the brat annotation tool
    Brat,
    /// A drawing for Graphviz
    Dot,
    /// A graph for Gephi, yEd, networkx
    Graphml,
    /// RDF as Turtle
    #[value(alias = "ttl")]
    Turtle,
    /// RDF as JSON-LD
    Jsonld,
    /// FollowTheMoney entities for Aleph and OpenSanctions
    Ftm,
}

impl Format {
    /// How its files end.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Format::Table => "out.txt",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Parquet => "parquet",
            Format::Csv => "csv",
            Format::CsvEntities => "entities.csv",
            Format::Html => "html",
            Format::Brat => "ann",
            Format::Dot => "dot",
            Format::Graphml => "graphml",
            Format::Turtle => "ttl",
            Format::Jsonld => "jsonld",
            Format::Ftm => "ftm.json",
        }
    }

    /// The unit of positions: the one that is asked for, where the format does not know better.
    pub(crate) fn offsets(self, asked: Offsets) -> Offsets {
        match self {
            Format::Brat | Format::Turtle | Format::Jsonld => Offsets::Chars,
            _ => asked,
        }
    }
}

fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "a number from 0 to 1 was expected, such as 0.9".to_owned())
}

fn offsets() -> impl TypedValueParser<Value = Offsets> {
    PossibleValuesParser::new(["chars", "bytes", "utf16"])
        .try_map(|name| Offsets::from_name(&name).ok_or_else(|| format!("no unit is called {name}")))
}

/// A day of the calendar, or what was expected.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    // the parser of the calendar takes other forms too
    let whole = text.len() == "YYYY-MM-DD".len();
    text.parse()
        .ok()
        .filter(|_| whole)
        .ok_or_else(|| "a day of the calendar was expected, such as 2024-11-15".to_owned())
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory;

    #[test]
    fn the_options_do_not_contradict_each_other() {
        Args::command().debug_assert();
    }
}
