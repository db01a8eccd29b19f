//! Any rules: a result or an error with a message, no panic; and what they find in their own text can be had in time.

#![no_main]

use dateline::Extractor;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Extractor::builder().without_bundled_names().rules("any.toml", text).build() {
        Ok(extractor) => drop(extractor.extract(text)),
        Err(error) => assert!(error.faults().iter().all(|fault| !fault.message.is_empty())),
    }
});
