//! The ratios that matter, each of two things measured by turns in this process: `cargo bench --bench goals`.

#![allow(clippy::print_stdout)] // the figures are its output

mod support;

use aho_corasick::{AhoCorasick, MatchKind};
use dateline::{Extractor, Table};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::{Corpus, bundled_names, invented_organisations};

/// Bytes of the long text.
const LONG: usize = 10_000_000;

fn main() {
    let corpus = Corpus::load();
    let extractor = Extractor::bundled();
    let pass = passes(&corpus);
    println!("{} texts, {:.2} MB, read {pass} times for each measurement", corpus.texts.len(), megabytes(&corpus));

    let scan = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(bundled_names());
    let scan = scan.expect("the names fit");
    let scan = || {
        for text in repeated(&corpus.texts, pass) {
            black_box(scan.find_iter(text).count());
        }
    };
    let whole = || read(&corpus, extractor, pass);
    let (whole_time, scan_time) = by_turns(9, whole, scan);
    let speed = |time: Duration| megabytes(&corpus) * pass as f64 / time.as_secs_f64();
    println!("whole pipeline                    {:>8.1} MB/s", speed(whole_time));
    println!("bare scan for the same names      {:>8.1} MB/s", speed(scan_time));
    println!("whole pipeline ÷ bare scan        {:>8.3}", speed(whole_time) / speed(scan_time));

    let one = || on_threads(1, &corpus, extractor, pass);
    let two = || on_threads(2, &corpus, extractor, pass);
    let (one, two) = by_turns(5, one, two);
    println!("two threads ÷ one                 {:>8.2}", one.as_secs_f64() / two.as_secs_f64());

    let table = invented_organisations(1_000_000);
    let start = Instant::now();
    let large = Extractor::builder().table(Table::Organisations, "bench.tsv", &table).build();
    println!("building with 1,000,000 names     {:>8.2} s", start.elapsed().as_secs_f64());
    let large = large.expect("the table is sound");
    let with = || read(&corpus, &large, pass);
    let (with, without) = by_turns(5, with, whole);
    println!("with those names ÷ without        {:>8.2}", with.as_secs_f64() / without.as_secs_f64());

    let long = corpus.joined(LONG);
    let pieces = Corpus::of(pieces(&long, 3_000));
    let at_once = || drop(black_box(extractor.extract(&long)));
    let (at_once, cut) = by_turns(3, at_once, || read(&pieces, extractor, 1));
    println!("10 MB at once ÷ in 3 kB pieces    {:>8.2}", at_once.as_secs_f64() / cut.as_secs_f64());
}

/// Reads the corpus some times.
fn read(corpus: &Corpus, extractor: &Extractor, times: usize) {
    for _ in 0..times {
        black_box(corpus.extract(extractor));
    }
}

fn repeated(texts: &[String], times: usize) -> impl Iterator<Item = &String> {
    std::iter::repeat_n(texts, times).flatten()
}

fn megabytes(corpus: &Corpus) -> f64 {
    corpus.bytes() as f64 / 1e6
}

/// How often the texts are read in one measurement: at least two megabytes.
fn passes(corpus: &Corpus) -> usize {
    2_000_000 / corpus.bytes().max(1) + 1
}

/// The medians of two things that are done by turns, so that a busy machine does the same to both.
fn by_turns(rounds: usize, mut a: impl FnMut(), mut b: impl FnMut()) -> (Duration, Duration) {
    let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for round in 0..=rounds {
        let (first, second) = (timed(&mut a), timed(&mut b));
        // the first round warms up
        if round > 0 {
            times[0].push(first);
            times[1].push(second);
        }
    }
    let [a, b] = times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    });
    (a, b)
}

fn timed(job: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    job();
    start.elapsed()
}

/// Reads the corpus on some threads, each taking the next text that is left.
fn on_threads(threads: usize, corpus: &Corpus, extractor: &Extractor, passes: usize) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let n = next.fetch_add(1, Ordering::Relaxed)
                    && n < corpus.texts.len() * passes
                {
                    black_box(extractor.extract(&corpus.texts[n % corpus.texts.len()]));
                }
            });
        }
    });
}

/// A text in pieces of so many bytes or a little more, cut at ends of lines.
fn pieces(text: &str, bytes: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if pieces.last().is_some_and(|piece| piece.len() >= bytes) {
            pieces.push(String::new());
        }
        pieces.last_mut().into_iter().for_each(|piece| piece.push_str(line));
    }
    pieces
}
