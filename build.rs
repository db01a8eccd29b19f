//! Reads the tables and words of `gazetteers/` when the crate is compiled, so that no program has to when it starts.
//!
//! The modules that read them are the crate's own; what they make is written to `names.bin`, which `src/bundled` includes.
//! A fault of a table ends the build with its file, line and column.

// the crate uses what this does not
#![allow(dead_code, unreachable_pub, unused_imports)]

#[path = "src/bundled"]
mod bundled {
    pub(crate) mod tables;
}
#[path = "src/error.rs"]
mod error;
#[path = "src/gazetteer/mod.rs"]
mod gazetteer;
#[path = "src/schema.rs"]
mod schema;
#[path = "src/text"]
mod text {
    pub(crate) mod fold;
    pub(crate) mod lexicon;
    pub(crate) mod packed;
    pub(crate) mod strings;
    pub(crate) mod token;
}
#[path = "src/work.rs"]
mod work;

use bundled::tables;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    // the tables are compiled into this program, so that it is built anew, and run, when one changes
    println!("cargo::rerun-if-changed=build.rs");
    let mut faults = error::Faults::default();
    let mut lexicon = tables::lexicon(&mut faults);
    let names = tables::gazetteer(&mut lexicon, true, &mut faults);
    let gazetteer = names.build(&mut lexicon, &mut faults);
    if let Err(e) = faults.into_result() {
        for fault in e.faults() {
            println!("cargo::error=gazetteers/{fault}");
        }
        return ExitCode::FAILURE;
    }
    match write(&(lexicon, gazetteer)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            println!("cargo::error=the tables cannot be written: {e}");
            ExitCode::FAILURE
        }
    }
}

fn write(names: &(text::lexicon::Lexicon, gazetteer::Gazetteer)) -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    std::fs::write(Path::new(&folder).join("names.bin"), postcard::to_allocvec(names)?)?;
    Ok(())
}
