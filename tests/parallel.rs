//! Texts on all processors, with the feature `rayon`.
#![cfg(feature = "rayon")]

use dateline::Extractor;
use rayon::prelude::*;

#[test]
fn many_texts_give_the_same_on_all_processors_as_one_after_another() {
    let states = ["Malaysia", "Japan", "Thailand", "Peru"];
    let texts: Vec<String> =
        (0..200).map(|n| format!("{} hosted {} workshops.", states[n % 4], n + 2).repeat(1 + n % 7)).collect();
    let extractor = Extractor::bundled();
    let alone: Vec<_> = texts.iter().map(|text| (text, extractor.extract(text))).collect();
    assert_eq!(extractor.par_extract(&texts).collect::<Vec<_>>(), alone);

    // also where the texts come one after another; these have no order
    let mut bridged: Vec<_> = extractor.par_extract(texts.iter().enumerate().par_bridge().map(Numbered)).collect();
    bridged.sort_by_key(|(Numbered((n, _)), _)| *n);
    assert!(bridged.iter().map(|(_, found)| found).eq(alone.iter().map(|(_, found)| found)));
}

/// A text that brings something of its own along.
struct Numbered<'t>((usize, &'t String));

impl AsRef<str> for Numbered<'_> {
    fn as_ref(&self) -> &str {
        self.0.1
    }
}
