//! The data that comes with the crate: tables and words, which the build script has made ready; rules and page furniture.

mod tables;

pub(crate) use tables::{gazetteer, lexicon};

use crate::error::Faults;
use crate::gazetteer::Gazetteer;
use crate::relation::RuleSet;
use crate::text::layout::Furniture;
use crate::text::lexicon::Lexicon;

/// The words and names of all tables as the build script (`build.rs`) wrote them.
static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.bin"));

/// Words and names of all tables, ready to use: what [`lexicon`] and [`gazetteer`] make, in a fraction of the time.
pub(crate) fn names() -> (Lexicon, Gazetteer) {
    match postcard::from_bytes(NAMES) {
        Ok(names) => names,
        // the build script writes what this reads, with the same types
        Err(e) => unreachable!("the bundled names cannot be read: {e}"),
    }
}

macro_rules! rules {
    ($($name:literal)*) => {
        /// Every file of rules with its name and content.
        pub(crate) const RULES: &[(&str, &str)] = &[
            $((concat!("rules/", $name, ".toml"), include_str!(concat!("../../gazetteers/rules/", $name, ".toml"))),)*
        ];
    };
}

rules! {
    "acts_through" "adopted" "attended" "chaired_by" "held_at" "held_on" "holds_role" "hosted_by" "in_collaboration_with" "in_conjunction_with" "launched" "led_by" "member_of" "met_with" "opposes" "organised_by" "part_of" "presented" "represented_by" "role_at" "signed" "succeeded" "supported_by" "supports" "themed" "visited"
}

/// The patterns of page furniture.
pub(crate) fn furniture(faults: &mut Faults) -> Furniture {
    Furniture::new("words/furniture.txt", include_str!("../../gazetteers/words/furniture.txt"), faults)
}

/// The rules of relations.
pub(crate) fn rules(lexicon: &mut Lexicon, faults: &mut Faults) -> RuleSet {
    let mut rules = RuleSet::default();
    for (file, text) in RULES {
        rules.add(file, text, lexicon, faults);
    }
    let qualifiers = include_str!("../../gazetteers/qualifiers.toml");
    rules.add_qualifiers("qualifiers.toml", qualifiers, lexicon, faults);
    rules.add_measured("measured.tsv", include_str!("../../gazetteers/measured.tsv"), faults);
    rules
}
