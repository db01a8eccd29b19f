//! Time, bytes a second and allocations of each stage and of the whole: `cargo bench --bench extract`.
//!
//! Every benchmark makes sure of what it found. README.md beside this file says how to read the figures.

mod support;

use aho_corasick::{AhoCorasick, MatchKind};
use dateline::{Extractor, Stage, Table};
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};
use std::sync::LazyLock;
use support::{Corpus, bundled_names, invented_organisations};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

static STATEMENTS: LazyLock<Corpus> = LazyLock::new(Corpus::load);

fn main() {
    divan::main();
}

/// The whole, a document at a time.
#[divan::bench(args = ["one sentence", "no names", "statements", "1 MB at once"])]
fn whole(bencher: Bencher<'_, '_>, texts: &str) {
    let sentence = "The workshop was led by Malaysia.";
    let prose = "It was late, and those who had come were tired of waiting for the rain to stop. ".repeat(35);
    let texts = match texts {
        "one sentence" => &Corpus::of(vec![sentence.to_owned()]),
        "no names" => &Corpus::of(vec![prose]),
        "1 MB at once" => &Corpus::of(vec![STATEMENTS.joined(1_000_000)]),
        _ => &*STATEMENTS,
    };
    let extractor = Extractor::bundled();
    bencher.counter(BytesCount::new(texts.bytes())).bench(|| texts.extract(extractor));
}

/// All stages up to one, over the statements; the last but `whole` leaves out only quotes, links and the result.
#[divan::bench(args = [Stage::Document, Stage::Mentions, Stage::Entities, Stage::Relations])]
fn up_to(bencher: Bencher<'_, '_>, stage: Stage) {
    let extractor = Extractor::bundled();
    let count = || STATEMENTS.texts.iter().map(|text| extractor.count(text, stage)).sum::<usize>();
    let expected = count();
    assert!(expected > 0);
    bencher.counter(BytesCount::new(STATEMENTS.bytes())).bench(|| assert_eq!(count(), expected));
}

/// What a program that knows the same names and nothing else does: one scan with `aho-corasick`.
#[divan::bench]
fn bare_scan(bencher: Bencher<'_, '_>) {
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(bundled_names());
    let automaton = automaton.expect("the names fit");
    let count = || STATEMENTS.texts.iter().map(|text| automaton.find_iter(text).count()).sum::<usize>();
    let expected = count();
    assert!(expected > 0);
    bencher.counter(BytesCount::new(STATEMENTS.bytes())).bench(|| assert_eq!(count(), expected));
}

/// The whole, with names added to the bundled ones that no statement has.
#[divan::bench(args = [1_000, 100_000, 1_000_000])]
fn with_names(bencher: Bencher<'_, '_>, names: usize) {
    let extractor = extractor_with(&invented_organisations(names));
    assert_eq!(extractor.extract("Kakakaka Kaka was ready.").entities[0].key.as_deref(), Some("organisation:bench-0"));
    bencher.counter(BytesCount::new(STATEMENTS.bytes())).bench(|| STATEMENTS.extract(&extractor));
}

/// Building an extractor with names added.
#[divan::bench(args = [0, 1_000, 100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn build(bencher: Bencher<'_, '_>, names: usize) {
    let table = invented_organisations(names);
    bencher.bench(|| {
        let extractor = if names == 0 { Extractor::builder().build() } else { Ok(extractor_with(&table)) };
        let extractor = extractor.expect("the tables are sound");
        assert_eq!(extractor.extract("The workshop was led by Malaysia.").relations.len(), 1);
        extractor
    });
}

fn extractor_with(table: &str) -> Extractor {
    Extractor::builder().table(Table::Organisations, "bench.tsv", table).build().expect("the table is sound")
}
