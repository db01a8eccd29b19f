//! Writes every table of `gazetteers/` in its canonical form: `cargo run --example canonicalise`.
//!
//! Lines may be added anywhere and blanks left over; this sorts and cleans. A table that cannot be read is told and left as it is.

#[path = "../tests/support/canonical.rs"]
mod canonical;

use canonical::File;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut exit = ExitCode::SUCCESS;
    for file in canonical::files() {
        match rewrite(&file) {
            Ok(false) => {}
            Ok(true) => eprintln!("{} rewritten", file.name),
            Err(message) => {
                eprintln!("{message}");
                exit = ExitCode::FAILURE;
            }
        }
    }
    exit
}

/// Whether the file had to be written anew. Never leaves half a file.
fn rewrite(file: &File) -> Result<bool, String> {
    let canonical = file.canonical()?;
    if canonical == file.text()? {
        return Ok(false);
    }
    let new = file.path.with_extension("tsv.new");
    std::fs::write(&new, canonical)
        .and_then(|()| std::fs::rename(&new, &file.path))
        .map_err(|e| format!("{}: {e}", file.name))?;
    Ok(true)
}
