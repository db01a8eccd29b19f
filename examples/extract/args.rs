//! The command line.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, ValueEnum};
use clap_complete::Shell;
use dateline::Extractor;
use dateline::output::Offsets;
use std::collections::BTreeSet;
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
  extract --gazetteer mine/agencies.tsv statement.txt
      Know some agencies more.
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
    #[arg(long, value_name = "TYPE,…", value_delimiter = ',', value_parser = relation)]
    pub(crate) only_relations: Vec<String>,

    /// Add a table of names; the file or its folder is named after its kind (agencies.tsv, people/my.tsv)
    #[arg(long = "gazetteer", value_name = "FILE")]
    pub(crate) gazetteers: Vec<PathBuf>,

    /// How many documents to read at the same time [default: one for each processor]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Print a script that completes this command line in a shell
    #[arg(long, value_name = "SHELL")]
    pub(crate) completions: Option<Shell>,
}

impl Args {
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

fn relation(name: &str) -> Result<String, String> {
    let known: BTreeSet<&str> = Extractor::bundled().rules().iter().map(|rule| rule.relation.as_str()).collect();
    if known.contains(name) {
        return Ok(name.to_owned());
    }
    Err(format!("the relations are {}", known.into_iter().collect::<Vec<_>>().join(", ")))
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
