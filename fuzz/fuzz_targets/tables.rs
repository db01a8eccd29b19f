//! Any table and any JSON Lines: a result or an error with a message, no panic. The first byte chooses the table.

#![no_main]

use dateline::{Extractor, Table};
use libfuzzer_sys::fuzz_target;

const TABLES: [Table; 6] =
    [Table::States, Table::Places, Table::Organisations, Table::Tenures, Table::Honorifics, Table::NotNames];

fuzz_target!(|data: (u8, &str)| {
    let (choice, text) = data;
    let builder = Extractor::builder().without_bundled_names();
    let builder = match TABLES.get(usize::from(choice) % (TABLES.len() + 1)) {
        Some(table) => builder.table(*table, "any.tsv", text),
        None => builder.json_lines("any.jsonl", text),
    };
    match builder.build() {
        Ok(extractor) => drop(extractor.extract(text)),
        Err(error) => assert!(error.faults().iter().all(|fault| !fault.message.is_empty())),
    }
});
