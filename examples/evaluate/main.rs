//! Measures the extractor against texts that people annotated. `--help` lists the options; `CONTRIBUTING.md` tells how to
//! annotate.

mod annotation;
mod args;
mod brat;
mod corpus;
mod figures;
mod found;
mod json;
mod judge;
mod report;
#[cfg(test)]
mod tests;
mod text;

use args::Args;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use corpus::Case;
use dateline::{EntityType, Extractor};
use figures::Figures;
use found::Found;
use report::Difference;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(messages) => {
            for message in messages {
                // whoever does not listen is not told
                let _ = writeln!(io::stderr(), "error: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Does what the arguments say, or gives all that is wrong with the input.
fn run(args: &Args) -> Result<(), Vec<String>> {
    let extractor = Extractor::bundled();
    let known = labels(extractor);
    if let Some(name) = args.only.iter().find(|name| !known.contains(name.as_str())) {
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        let message = format!("nothing is called `{name}`; there are {known}");
        Args::command().error(ErrorKind::ValueValidation, message).exit();
    }
    let cases = corpus::read(&args.folders)?;
    warn_of_unknown_relations(&cases, &known);
    let (figures, differences) = measure(extractor, &cases, args);
    if let Some(file) = &args.write_measured {
        std::fs::write(file, figures.measured()).map_err(|e| vec![format!("cannot write {}: {e}", file.display())])?;
    }
    match io::stdout().write_all(written(&figures, &differences, args).as_bytes()) {
        // whoever reads the output has seen enough
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(vec![format!("cannot write the figures: {e}")]),
        _ => Ok(()),
    }
}

/// All that `--only` may name.
fn labels(extractor: &Extractor) -> BTreeSet<&str> {
    let types = EntityType::ALL.into_iter().flat_map(|kind| [Some(kind.as_str()), judge::coarse_name(kind)]);
    let relations = extractor.rules().iter().map(|rule| rule.relation.as_str());
    let qualifiers = extractor.qualifications().iter().map(|qualification| qualification.name.as_str());
    types.flatten().chain(relations).chain(qualifiers).chain(["links", "quotes"]).collect()
}

/// Tells relations that no rule finds: perhaps the annotator wrote them in another way.
fn warn_of_unknown_relations(cases: &[Case], known: &BTreeSet<&str>) {
    for case in cases {
        let names: BTreeSet<&str> = case.annotation.relations.iter().map(|relation| relation.name.as_str()).collect();
        for name in names.difference(known) {
            // whoever does not listen is not told
            let _ = writeln!(io::stderr(), "warning: {}: no rule finds relations `{name}`", case.path.display());
        }
    }
}

/// Reads every text and compares.
fn measure(extractor: &Extractor, cases: &[Case], args: &Args) -> (Figures, Vec<Difference>) {
    let mut figures = Figures::default();
    figures.documents = cases.len();
    let mut differences = Vec::new();
    for case in cases {
        let found = Found::new(&case.text, &extractor.extract(case.text.as_str()));
        let mut judgements = judge::judge(&case.text, &case.annotation, &found, args.coarse);
        judgements.retain(|judgement| args.only.is_empty() || args.only.contains(&judgement.label));
        judgements.iter().for_each(|judgement| figures.add(judgement));
        if args.errors {
            differences.extend(report::differences(case, &judgements));
        }
    }
    (figures, differences)
}

fn written(figures: &Figures, differences: &[Difference], args: &Args) -> String {
    if !args.json {
        let listed: String = differences.iter().map(Difference::text).collect();
        let gap = if listed.is_empty() { "" } else { "\n" };
        return listed + gap + &report::figures(figures, args.by_rule);
    }
    let mut fields = figures.json();
    if args.errors {
        fields.insert("errors".to_owned(), differences.iter().map(Difference::json).collect());
    }
    format!("{}\n", serde_json::Value::Object(fields))
}
