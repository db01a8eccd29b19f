//! Where the result goes: standard output, or a file that is replaced at the end.

use crate::screen::Look;
use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// An open destination.
pub(crate) enum Destination {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    /// Written beside the file and renamed, so that nobody ever sees half of it.
    Replace(BufWriter<NamedTempFile>, PathBuf),
    /// A device or a pipe, which must not be renamed over.
    Direct(BufWriter<File>),
}

impl Destination {
    /// Opens the file, or standard output where there is none.
    pub(crate) fn open(file: Option<&Path>) -> Result<Destination, Box<dyn Error>> {
        match file {
            None => Ok(Destination::Stdout(BufWriter::new(io::stdout().lock()))),
            Some(file) => Destination::file(file).map_err(|e| format!("cannot write {}: {e}", file.display()).into()),
        }
    }

    fn file(file: &Path) -> io::Result<Destination> {
        // the file that a link leads to is replaced, not the link
        let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        match fs::metadata(&file) {
            Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(there) if !there.is_file() => {
                Ok(Destination::Direct(BufWriter::new(OpenOptions::new().write(true).open(&file)?)))
            }
            there => {
                let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
                let temporary = temporary_in(folder)?;
                if let Ok(there) = there {
                    temporary.as_file().set_permissions(there.permissions())?;
                }
                Ok(Destination::Replace(BufWriter::new(temporary), file))
            }
        }
    }

    /// Writes some of the result, at once.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        let to: &mut dyn Write = match self {
            Destination::Stdout(to) => to,
            Destination::Replace(to, _) => to,
            Destination::Direct(to) => to,
        };
        to.write_all(text.as_bytes())?;
        to.flush()
    }

    /// Puts the file in its place.
    pub(crate) fn finish(self) -> Result<(), Box<dyn Error>> {
        if let Destination::Replace(temporary, file) = self {
            let temporary = temporary.into_inner().map_err(io::IntoInnerError::into_error)?;
            temporary.persist(&file).map_err(|e| format!("cannot write {}: {}", file.display(), e.error))?;
        }
        Ok(())
    }

    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self, Destination::Stdout(_)) && io::stdout().is_terminal()
    }

    /// How a table looks there.
    pub(crate) fn look(&self) -> Look {
        if self.is_terminal() { Look::of_terminal() } else { Look::plain() }
    }
}

/// A temporary file with the permissions of any new file, not the narrow ones of a secret.
fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".extract-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
        builder.tempfile_in(folder)
    }
    #[cfg(not(unix))]
    builder.tempfile_in(folder)
}
