//! The command line.

use clap::Parser;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  evaluate tests/statements
      Show precision, recall and F1.
  evaluate --errors --only hosted_by,led_by annotated/
      List what differs from the annotation in two relations.
  evaluate --by-rule annotated/
      Show how often each rule was right.
  evaluate --write-measured gazetteers/measured.tsv tests/statements annotated/
      Write that down for the confidence that results have.

Exit status: 0 when all went well, 1 when something could not be read or written, 2 when the command line is wrong.";

/// Measures the extractor against texts annotated by hand: every NAME.txt with a NAME.json or NAME.ann (brat) beside it.
#[derive(Debug, Parser)]
#[command(name = "evaluate", version, after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folders of annotated texts
    #[arg(value_name = "FOLDER", required = true)]
    pub(crate) folders: Vec<PathBuf>,

    /// Write the figures as one JSON object
    #[arg(long)]
    pub(crate) json: bool,

    /// Show for each rule how many relations it found, and how many of them are right
    #[arg(long)]
    pub(crate) by_rule: bool,

    /// List what was missed and what is wrong, each with its sentence
    #[arg(long)]
    pub(crate) errors: bool,

    /// Compare names only, as PERSON, ORG, LOC or DATE, the types of general recognisers
    #[arg(long)]
    pub(crate) coarse: bool,

    /// Count only these: entity types, relations, types of qualifiers, `links`, `quotes`
    #[arg(long, value_name = "TYPE,…", value_delimiter = ',')]
    pub(crate) only: Vec<String>,

    /// Write to FILE how often each rule was right (rule, right, count, separated by tabs)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["coarse", "only"])]
    pub(crate) write_measured: Option<PathBuf>,
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
