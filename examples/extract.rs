//! temporary
use dateline::{Extractor, output::{Json, Offsets}};
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let found = Extractor::bundled().extract(&text);
        println!("{}", serde_json::to_string(&Json::new(&found, &text, Offsets::Chars).with_doc(&path)).unwrap());
    }
}
