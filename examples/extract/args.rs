//! The command line.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, ValueEnum};
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
  extract --gazetteer mine/agencies.tsv --rules mine/mentors.toml statement.txt
      Know some agencies and a relation more.
  extract --why-not Malaysia 'Lao PDR' statement.txt
      Say what joins the two, or why nothing does.
  extract --date 2024-11-15 statement.txt
      Read “yesterday” as 14 November 2024.
  pdftotext release.pdf - | extract --format json -
      Read standard input.

Exit status: 0 when all went well, 1 when something could not be read or written, 2 when the command line is wrong.";

/// Says who does what with whom in press statements of South-East Asian diplomacy.
#[derive(Debug, Parser)]
#[command(name = "extract", version, after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, or folders of which every .txt file is read; none or `-`: standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How the result is written
    #[arg(short, long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,

    /// What the positions in JSON count
    #[arg(long, value_name = "UNIT", default_value = "chars", value_parser = offsets())]
    pub(crate) offsets: Offsets,

    /// Write to FILE, which is replaced once all is done
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Give only relations of these types
    #[arg(long, value_name = "TYPE,…", value_delimiter = ',')]
    pub(crate) only_relations: Vec<String>,

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
    /// The two names of `--why-not`.
    pub(crate) fn why_not(&self) -> Option<[&str; 2]> {
        match &self.why_not[..] {
            [a, b] => Some([a, b]),
            _ => None,
        }
    }

    pub(crate) fn threads(&self) -> usize {
        self.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
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
}

fn offsets() -> impl TypedValueParser<Value = Offsets> {
    PossibleValuesParser::new(["chars", "bytes", "utf16"])
        .try_map(|name| Offsets::from_name(&name).ok_or_else(|| format!("no unit is called {name}")))
}

fn day(text: &str) -> Result<Date, String> {
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
