//! Why not: rules whose trigger stands in a sentence, and what stopped them.

use super::Found;
use super::frames::Trigger;
use std::fmt;
use std::ops::Range;

/// What stopped a rule whose trigger was there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// The verb is active where the rule wants it passive, or the other way round.
    Voice,
    /// The verb is an infinitive behind a noun (`efforts to support`).
    Infinitive,
    /// These words right behind the trigger make it something else.
    Unless(String),
    /// The verb above is not one that the rule allows.
    Governor,
    /// The noun is not the direct object of its verb.
    NotObject,
    /// The word is part of a longer trigger of the same relation.
    LongerTrigger,
    /// Nothing of the right type stands where the source is sought.
    NoSource,
    /// Nothing of the right type stands where the target is sought.
    NoTarget,
    /// The source or the target has no name where the rule wants one.
    Nameless,
    /// No other rule tells anything of the source, or it has a name.
    Untold,
    /// So many arguments that the list was probably read wrong.
    TooMany,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Obstacle::Voice => "the verb has the other voice",
            Obstacle::Infinitive => "the verb is an infinitive that hangs on a noun",
            Obstacle::Unless(words) => return write!(f, "`{words}` stands behind the trigger"),
            Obstacle::Governor => "the verb above is not one that the rule takes",
            Obstacle::NotObject => "the noun is not the object of its verb",
            Obstacle::LongerTrigger => "the word is part of a longer trigger",
            Obstacle::NoSource => "nothing of the right type stands where the source is sought",
            Obstacle::NoTarget => "nothing of the right type stands where the target is sought",
            Obstacle::Nameless => "a side has no name",
            Obstacle::Untold => "the source has a name, or nothing else is told of it",
            Obstacle::TooMany => "too many arguments to be one list",
        })
    }
}

/// A rule that came near.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    pub(crate) rule: usize,
    pub(crate) trigger: Range<usize>,
    pub(crate) sentence: usize,
    pub(crate) obstacle: Obstacle,
}

/// Takes note of rules that came near, where somebody wants to know.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    pub(crate) wanted: bool,
    pub(crate) near: Vec<Near>,
}

impl Trace {
    pub(super) fn note(&mut self, trigger: &Trigger, sentence: usize, obstacle: Obstacle) {
        self.add(trigger.rule, &trigger.tokens, sentence, obstacle);
    }

    /// Notes a relation that was found and is not kept.
    pub(super) fn dropped(&mut self, found: &Found, obstacle: Obstacle) {
        self.add(found.rule, &found.trigger, found.sentence, obstacle);
    }

    fn add(&mut self, rule: usize, trigger: &Range<usize>, sentence: usize, obstacle: Obstacle) {
        if self.wanted {
            self.near.push(Near { rule, trigger: trigger.clone(), sentence, obstacle });
        }
    }
}
