//! Any text: extracting and writing JSON must not panic, and all places lie within the text.

#![no_main]

use dateline::Extractor;
use dateline::output::{Json, Offsets};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let found = Extractor::bundled().extract(text);
    for mention in found.entities.iter().flat_map(|entity| &entity.mentions) {
        assert!(text.get(mention.span.range()).is_some_and(|words| !words.is_empty()));
    }
    for evidence in found.relations.iter().flat_map(|relation| &relation.evidence) {
        assert!(text.get(evidence.trigger.range()).is_some() && text.get(evidence.sentence.range()).is_some());
    }
    for offsets in [Offsets::Bytes, Offsets::Chars, Offsets::Utf16] {
        serde_json::to_string(&Json::new(&found, text, offsets)).expect("a result can always be written");
    }
});
