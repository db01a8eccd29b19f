//! Entities → relations, by rules that are data (`gazetteers/rules/*.toml`).

mod apply;
mod pattern;
mod referents;
mod rule;

pub(crate) use apply::{Found, find};
pub(crate) use referents::{Discourse, Reader};
pub(crate) use rule::RuleSet;
pub use rule::{Example, Rule};
