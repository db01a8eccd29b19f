//! Any annotation of any text, in JSON and in standoff of brat: a sound one or faults with messages, no panic. A line of `===`
//! stands between the annotation and the text.

#![no_main]

use dateline_fuzz::{annotation_in_brat, annotation_in_json};

libfuzzer_sys::fuzz_target!(|input: &str| {
    let (file, text) = input.split_once("\n===\n").unwrap_or((input, input));
    annotation_in_json(file, text);
    annotation_in_brat(file, text);
});
