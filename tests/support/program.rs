//! Example programs as the tests run them.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Builds an example, of which `cargo test` itself makes only the unit tests, and gives its path.
pub(crate) fn build(example: &str) -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--example", example, "--message-format", "json-render-diagnostics"]);
    // with the features of the test, for which the library is built already
    let features = [
        ("arrow", cfg!(feature = "arrow")),
        ("parquet", cfg!(feature = "parquet")),
        ("rayon", cfg!(feature = "rayon")),
    ];
    for (feature, _) in features.into_iter().filter(|(_, on)| *on) {
        cargo.args(["--features", feature]);
    }
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    let done = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo starts");
    assert!(done.status.success(), "{}", done.stderr());
    let messages = done.lines();
    let program = messages.iter().filter(|m| m["target"]["name"] == example).find_map(|m| m["executable"].as_str());
    PathBuf::from(program.expect("cargo names what it built"))
}

/// A folder with files of these names and contents.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("is in the folder")).expect("makes folders");
        fs::write(path, text).expect("writes");
    }
    folder
}

pub(crate) fn path(folder: &TempDir) -> &str {
    folder.path().to_str().expect("is UTF-8")
}

/// What a program said, as tests ask for it.
pub(crate) trait Said {
    fn stdout(&self) -> String;
    fn stderr(&self) -> String;
    fn status(&self) -> i32;

    #[allow(dead_code)] // each test is a crate of its own, and needs some
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout()).unwrap_or_else(|e| panic!("{e} in\n{}{}", self.stdout(), self.stderr()))
    }

    fn lines(&self) -> Vec<Value> {
        self.stdout().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

impl Said for Output {
    fn stdout(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("writes UTF-8")
    }

    fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    fn status(&self) -> i32 {
        self.status.code().expect("was not killed")
    }
}
