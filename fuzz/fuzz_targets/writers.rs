//! Any text: what is found in it, written in every format, is read back by other parsers, no panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| dateline_fuzz::every_format(text));
