//! Folders → texts with their annotations.

use crate::annotation::{Annotation, Fault};
use crate::text::Text;
use crate::{brat, json};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A text with its annotation.
pub(crate) struct Case {
    pub(crate) path: PathBuf,
    pub(crate) text: Text,
    pub(crate) annotation: Annotation,
}

/// Every text below the folders that has an annotation beside it, in the order of names; or all that is wrong with them.
pub(crate) fn read(folders: &[PathBuf]) -> Result<Vec<Case>, Vec<String>> {
    let mut cases = Vec::new();
    let mut faults = Vec::new();
    for folder in folders {
        let before = cases.len() + faults.len();
        for entry in WalkDir::new(folder).sort_by_file_name() {
            match entry {
                Ok(entry) => match case(entry.path()) {
                    Ok(case) => cases.extend(case),
                    Err(wrong) => faults.extend(wrong),
                },
                Err(e) => faults.push(e.to_string()),
            }
        }
        if cases.len() + faults.len() == before {
            faults.push(format!("{}: no NAME.txt with a NAME.json or NAME.ann beside it is here", folder.display()));
        }
    }
    if faults.is_empty() { Ok(cases) } else { Err(faults) }
}

/// A text and its annotation; `None` where the file is no text or has none.
fn case(path: &Path) -> Result<Option<Case>, Vec<String>> {
    let beside = |ending: &str| Some(path.with_extension(ending)).filter(|file| file.is_file());
    if path.extension().is_none_or(|ending| ending != "txt") {
        return Ok(None);
    }
    let (file, read): (PathBuf, Reader) = match (beside("json"), beside("ann")) {
        (None, None) => return Ok(None),
        (Some(file), None) => (file, json::read),
        (None, Some(file)) => (file, brat::read),
        (Some(_), Some(_)) => return Err(vec![format!("{}: only one annotation may stand beside it", path.display())]),
    };
    let content = |path: &Path| fs::read_to_string(path).map_err(|e| vec![format!("{}: {e}", path.display())]);
    let text = Text::new(content(path)?);
    match read(&content(&file)?, &text) {
        Ok(annotation) => Ok(Some(Case { path: path.to_owned(), text, annotation })),
        Err(faults) => Err(faults.iter().map(|fault| format!("{}:{fault}", file.display())).collect()),
    }
}

/// Reads one form of annotation.
type Reader = fn(&str, &Text) -> Result<Annotation, Vec<Fault>>;
