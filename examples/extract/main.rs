//! Reads press statements from files, folders or standard input, and writes what they say: as a table for people, or as
//! JSON for programs. `--help` lists the options.

mod args;
mod input;
mod order;
mod output;
mod render;
mod screen;
mod table;

use args::Args;
use clap::{CommandFactory, Parser};
use dateline::{Extractor, Table};
use input::{Document, Source, Sources};
use output::Destination;
use render::{Renderer, Sequence};
use screen::Console;
use std::borrow::Cow;
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.completions {
        Some(shell) => completions(shell).map(|()| true),
        None => run(&args),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // whoever reads the output has seen enough
        Err(e) if is_broken_pipe(&*e) => ExitCode::SUCCESS,
        Err(e) => {
            screen::complain("error", &e.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Does what the arguments say. `Ok(false)`: some input could not be read, which has been told.
fn run(args: &Args) -> Result<bool, Box<dyn Error>> {
    let extractor = extractor(&args.gazetteers)?;
    let sources = Sources::find(&args.paths);
    let mut destination = Destination::open(args.output.as_deref())?;
    let renderer = Renderer {
        extractor: &extractor,
        format: args.format,
        offsets: args.offsets,
        only: &args.only_relations,
        look: destination.look(),
    };
    let console = Console::new(&sources, &destination);
    let mut sequence = Sequence::new(args.format, sources.is_one_document());
    let mut failures = sources.problems.len();
    let mut read = 0;
    for problem in &sources.problems {
        console.error(problem);
    }
    for folder in &sources.empty {
        console.warning(&format!("{}: no .txt file below this folder", folder.display()));
    }
    let job = |source: &Source| source.read().map(|document| (renderer.render(&document), document.fault()));
    order::in_order(&sources.list, args.threads(), job, |source, result| -> io::Result<()> {
        match result {
            Ok((text, warning)) => {
                if let Some(warning) = warning {
                    console.warning(&warning);
                }
                destination.write(&sequence.next(&text))?;
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
    // where nothing could be read, an earlier output file is worth more than an empty one
    if read > 0 || failures == 0 {
        destination.write(sequence.end())?;
        destination.finish()?;
    }
    Ok(failures == 0)
}

/// The bundled extractor, or one with the tables of `files` added.
fn extractor(files: &[PathBuf]) -> Result<Cow<'static, Extractor>, Box<dyn Error>> {
    if files.is_empty() {
        return Ok(Cow::Borrowed(Extractor::bundled()));
    }
    let mut builder = Extractor::builder();
    for file in files {
        let table = table_kind(file)?;
        let text = std::fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
        builder = builder.table(table, &file.display().to_string(), &text);
    }
    Ok(Cow::Owned(builder.build()?))
}

/// Which table a file holds: `agencies.tsv` and `agencies/my.tsv` hold agencies.
fn table_kind(file: &Path) -> Result<Table, String> {
    let names = [file.file_stem(), file.parent().and_then(Path::file_name)];
    names.into_iter().flatten().filter_map(|name| Table::from_name(name.to_str()?)).next().ok_or_else(|| {
        let known: Vec<&str> = Table::ALL.into_iter().map(Table::as_str).collect();
        format!(
            "{}: cannot tell which table this is: the file (without its ending) or its folder must be called one of {}",
            file.display(),
            known.join(", ")
        )
    })
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
