//! Reads the `.txt` files of a folder with dateline and with the relation extraction of `anno`, one thread, in one process,
//! and prints a line for each: name, megabytes a second, entities, relations.

use anno::RelationExtractor;
use anno::backends::TPLinker;
use std::time::Instant;

fn main() {
    let folder = std::env::args().nth(1).expect("a folder was expected");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{folder}: {e}"));
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    assert!(!texts.is_empty(), "{folder}: no .txt files");

    let extractor = dateline::Extractor::bundled();
    let dateline = |text: &str| {
        let found = extractor.extract(text);
        (found.entities.len(), found.relations.len())
    };
    print(measure("dateline", 9, &texts, dateline));

    let linker = TPLinker::new().expect("it needs nothing");
    let anno = |text: &str| {
        let entities = ["PER", "ORG", "LOC", "DATE", "EVENT"];
        let relations = ["WORKS_FOR", "LOCATED_IN", "PART_OF", "MEMBER_OF", "MEETS_WITH"];
        let found = linker.extract_with_relations(text, &entities, &relations, 0.5).expect("it has no model that could fail");
        (found.entities.len(), found.relations.len())
    };
    print(measure("anno 0.13.0 (tplinker)", 3, &texts, anno));
}

struct Measured {
    name: &'static str,
    speed: f64,
    entities: usize,
    relations: usize,
}

/// Reads all texts so many times; the median is what counts.
fn measure(name: &'static str, times: usize, texts: &[String], read: impl Fn(&str) -> (usize, usize)) -> Measured {
    let (mut entities, mut relations) = (0, 0);
    let mut seconds: Vec<f64> = Vec::new();
    for _ in 0..times {
        let start = Instant::now();
        (entities, relations) = (0, 0);
        for text in texts {
            let found = read(text);
            entities += found.0;
            relations += found.1;
        }
        seconds.push(start.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let bytes: usize = texts.iter().map(String::len).sum();
    Measured { name, speed: bytes as f64 / 1e6 / seconds[times / 2], entities, relations }
}

fn print(m: Measured) {
    println!("{}\t{:.4}\t{}\t{}", m.name, m.speed, m.entities, m.relations);
}
