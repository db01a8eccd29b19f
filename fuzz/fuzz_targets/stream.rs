//! Any bytes as lines of JSON, compressed or not: each line is answered, no panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dateline_fuzz::lines_of_json(bytes));
