//! Where the result goes: standard output, or a file that is replaced at the end.

use crate::screen::Look;
use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};
use tempfile::NamedTempFile;

/// An open destination.
pub(crate) enum Destination {
    Stdout(BufWriter<io::Stdout>),
    /// Written beside the file and renamed, so that nobody ever sees half of it.
    Replace(BufWriter<NamedTempFile>, PathBuf),
    /// A file for each document, below a folder.
    Folder(Folder),
    /// A device or a pipe, which must not be renamed over.
    Direct(BufWriter<File>, PathBuf),
}

impl Destination {
    /// Opens the file, or standard output where there is none. A folder takes the documents by their names below the folder that
    /// all of `names` share.
    pub(crate) fn open(file: Option<&Path>, names: &[String]) -> Result<Destination, Box<dyn Error>> {
        match file {
            None => Ok(Destination::Stdout(BufWriter::new(io::stdout()))),
            Some(folder) if is_folder(folder) => {
                Ok(Destination::Folder(Folder { folder: folder.to_owned(), shared: shared_folder(names) }))
            }
            Some(file) => Destination::file(file).map_err(|e| format!("cannot write {}: {e}", file.display()).into()),
        }
    }

    fn file(file: &Path) -> io::Result<Destination> {
        // the file that a link leads to is replaced, not the link
        let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        match fs::metadata(&file) {
            Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(there) if !there.is_file() => {
                Ok(Destination::Direct(BufWriter::new(OpenOptions::new().write(true).open(&file)?), file))
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

    /// Does something with the file; a failure says which one it is. Nothing where each document becomes a file.
    fn with<T>(&mut self, act: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Option<io::Result<T>> {
        let (to, name): (&mut dyn Write, _) = match self {
            Destination::Stdout(to) => (to, "standard output".into()),
            Destination::Replace(to, file) => (to, file.to_string_lossy()),
            Destination::Direct(to, file) => (to, file.to_string_lossy()),
            Destination::Folder(_) => return None,
        };
        Some(act(to).map_err(|e| io::Error::new(e.kind(), format!("cannot write {name}: {e}"))))
    }

    /// Writes some of the result, at once.
    pub(crate) fn write_text(&mut self, text: &str) -> io::Result<()> {
        self.write_all(text.as_bytes())?;
        self.flush()
    }

    /// Writes the files of a document, each with its ending, where the destination is a folder.
    pub(crate) fn add(&self, name: &str, files: &[(&str, String)]) -> Result<(), Box<dyn Error>> {
        let Destination::Folder(folder) = self else { return Ok(()) };
        for (ending, text) in files {
            let path = folder.path(name, ending);
            let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| Destination::file(&path));
            let mut file = written.map_err(|e| format!("cannot write {}: {e}", path.display()))?;
            file.write_text(text)?;
            file.finish()?;
        }
        Ok(())
    }

    pub(crate) fn is_folder(&self) -> bool {
        matches!(self, Destination::Folder(_))
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

/// Bytes, written when there are enough of them; nothing where each document becomes a file.
impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|to| to.write(bytes)).unwrap_or(Ok(bytes.len()))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with(|to| to.flush()).unwrap_or(Ok(()))
    }
}

/// Where each document becomes a file.
pub(crate) struct Folder {
    folder: PathBuf,
    /// What the names of all documents begin with.
    shared: PathBuf,
}

impl Folder {
    /// The file of a document: its name below the shared folder, with another ending.
    fn path(&self, name: &str, ending: &str) -> PathBuf {
        let name = if name == "-" { "standard-input" } else { name };
        let below = Path::new(name).strip_prefix(&self.shared).unwrap_or(Path::new(name));
        // whatever a name says, its file stays below the folder
        let below: PathBuf = below.components().filter(|part| matches!(part, Component::Normal(_))).collect();
        self.folder.join(below).with_extension(ending)
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// The longest folder that all documents lie in.
fn shared_folder(names: &[String]) -> PathBuf {
    let folders = names.iter().map(|name| Path::new(name).parent().unwrap_or(Path::new("")).to_owned());
    let shared = |a: PathBuf, b: PathBuf| {
        a.components().zip(b.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    };
    folders.reduce(shared).unwrap_or_default()
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
