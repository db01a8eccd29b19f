//! Reads press statements from files, folders, lines of JSON, Parquet or standard input, and writes what they say: as a table or a page for
//! people, as JSON, rows or graphs for programs. `--help` lists the options.

mod answers;
mod args;
mod compressed;
mod diff;
mod explain;
mod formats;
mod graph;
mod input;
mod knowledge;
mod lines;
mod merge;
mod order;
mod output;
mod record;
mod render;
#[cfg(feature = "parquet")]
mod rows;
mod screen;
mod stream;
mod table;

use args::{Args, Format, Input};
use clap::{CommandFactory, Parser};
use input::{Document, Source, Sources};
use output::Destination;
use render::{Renderer, Sequence};
use screen::Console;
use std::collections::HashSet;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.completions {
        Some(shell) => completions(shell).map(|()| ExitCode::SUCCESS),
        None => run(&args),
    };
    match done {
        Ok(status) => status,
        // whoever reads the output has seen enough
        Err(e) if is_broken_pipe(&*e) => ExitCode::SUCCESS,
        Err(e) => {
            screen::complain("error", &e.to_string());
            ExitCode::FAILURE
        }
    }
}

/// The exit status where documents of a stream were answered with errors.
const ANSWERED_WITH_ERRORS: u8 = 3;

/// Does what the arguments say. What could not be read has been told; the exit status says so, too.
fn run(args: &Args) -> Result<ExitCode, Box<dyn Error>> {
    let extractor = knowledge::extractor(args)?;
    let sources = Sources::find(&args.paths, args.input);
    let names: Vec<String> = sources.list.iter().map(Source::name).collect();
    let mut destination = Destination::open(args.output.as_deref(), &names)?;
    args.check(&sources, destination.is_folder(), destination.is_terminal());
    let renderer = Renderer {
        extractor: &extractor,
        format: args.format(),
        offsets: args.offsets,
        date: args.date,
        wanted: args.wanted(),
        explain: args.explain,
        why_not: args.why_not(),
        merge: args.merge,
        look: destination.look(),
    };
    if let Some(old) = &args.diff {
        return diff::run(old, &args.paths, &renderer, destination).map(status);
    }
    let console = Console::new(&sources, &destination);
    let mut sequence = Sequence::new(&renderer, sources.is_one_document());
    let mut failures = sources.problems.len();
    let mut read = 0;
    let mut told = HashSet::new();
    for problem in &sources.problems {
        console.error(problem);
    }
    for folder in &sources.empty {
        console.warning(&format!("{}: no {} file below this folder", folder.display(), args.input.endings()[0]));
    }
    if args.input != Input::Text || args.format() == Format::Parquet {
        let counts = stream::run(args, &sources, &renderer, destination)?;
        let answered = if counts.errors == 0 { ExitCode::SUCCESS } else { ANSWERED_WITH_ERRORS.into() };
        return Ok(if counts.unreadable + failures == 0 { answered } else { ExitCode::FAILURE });
    }
    let job = |source| {
        let read = Source::read(source);
        (source, read.map(|document| (renderer.render(&document), document.fault())))
    };
    order::in_order(sources.list.iter(), args.threads(), job, |(source, done)| -> Result<(), Box<dyn Error>> {
        match done {
            Ok((rendered, fault)) => {
                for warning in fault.iter().chain(&rendered.warnings) {
                    if told.insert(warning.clone()) {
                        console.warning(warning);
                    }
                }
                if destination.is_folder() {
                    destination.add(&source.name(), &sequence.files(&rendered))?;
                } else {
                    destination.write_text(&sequence.next(&rendered))?;
                }
                read += 1;
            }
            Err(e) => {
                console.error(&format!("cannot read {}: {e}", source.name()));
                failures += 1;
            }
        }
        console.advance();
        Ok(())
    })?;
    console.finish();
    if failures > 0 {
        console.error(&format!("{failures} of {} could not be read", failures + read));
    }
    // where nothing could be read, an earlier output file is worth more than an empty one
    if read > 0 || failures == 0 {
        destination.write_text(&sequence.end())?;
        destination.finish()?;
    }
    Ok(status(failures == 0))
}

fn status(well: bool) -> ExitCode {
    if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn completions(shell: clap_complete::Shell) -> Result<(), Box<dyn Error>> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "extract", &mut script);
    io::stdout().write_all(&script)?;
    Ok(())
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
