//! Rules: read from TOML, checked, indexed by their triggers.

use super::measured::{self, Confidence};
use super::pattern::{JOINTS, Pattern, followers};
use super::places::Patterns;
use super::qualifier::{self, Qualification};
use crate::error::Faults;
use crate::schema::{EntityType, Status};
use crate::text::fold::fold;
use crate::text::lexicon::{Classes, Lexicon, WordId};
use crate::text::token::tokenize;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer, ValueDeserializer};

/// A set of entity types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Types(u16);

impl Types {
    pub(crate) fn has(self, kind: EntityType) -> bool {
        self.0 & (1 << kind as u16) != 0
    }

    pub(super) fn or(self, others: Types) -> Types {
        Types(self.0 | others.0)
    }

    /// Reads names of types, and `agent`, `thing`, `any` for sets of them.
    pub(crate) fn parse<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Types, String> {
        let mut out = Types::default();
        for name in names {
            match name {
                "agent" => {
                    for kind in EntityType::ALL.into_iter().filter(|k| k.is_agent() || *k == EntityType::Role) {
                        out.0 |= 1 << kind as u16;
                    }
                }
                "thing" => {
                    for kind in [
                        EntityType::Event,
                        EntityType::Programme,
                        EntityType::Instrument,
                        EntityType::Organisation,
                        EntityType::Body,
                        EntityType::Agency,
                    ] {
                        out.0 |= 1 << kind as u16;
                    }
                }
                "any" => out.0 = u16::MAX,
                name => match EntityType::from_name(name) {
                    Some(kind) => out.0 |= 1 << kind as u16,
                    None => return Err(format!("no entity type is called `{name}`")),
                },
            }
        }
        Ok(out)
    }
}

/// Where an argument stands, seen from the trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The grammatical subject of the verb.
    Subject,
    /// Its direct object.
    Object,
    /// Who does it: the subject of an active verb, the `by` of a passive one.
    Agent,
    /// To what it is done: the object of an active verb, the subject of a passive one.
    Patient,
    /// The noun phrases right behind the trigger.
    After,
    /// The nearest noun phrase before it.
    Before,
    /// Who acts in the clause that the trigger stands in.
    Actor,
    /// What is acted on there.
    Thing,
    /// The owner of a noun: `A's hosting`, `its visit`.
    Possessor,
    /// The members of the other slot among themselves.
    EachOther,
    /// The noun that is the trigger (`a visit`), as a thing.
    Itself,
    /// The date of the clause.
    Date,
    /// Behind a preposition.
    With(String),
}

impl Slot {
    fn parse(name: &str) -> Slot {
        match name {
            "subject" => Slot::Subject,
            "object" => Slot::Object,
            "agent" => Slot::Agent,
            "patient" => Slot::Patient,
            "after" => Slot::After,
            "before" => Slot::Before,
            "actor" => Slot::Actor,
            "thing" => Slot::Thing,
            "possessor" => Slot::Possessor,
            "each-other" => Slot::EachOther,
            "itself" => Slot::Itself,
            "date" => Slot::Date,
            preposition => Slot::With(preposition.to_owned()),
        }
    }
}

/// An example in a rule: a sentence, and the pairs that the rule must find in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// `source -> target`, each by the words of one of its mentions.
    pub finds: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> OneOrMany {
        OneOrMany::Many(Vec::new())
    }
}

impl OneOrMany {
    fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            OneOrMany::One(one) => std::slice::from_ref(one).iter().map(String::as_str),
            OneOrMany::Many(many) => many.iter().map(String::as_str),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: Spanned<String>,
    relation: String,
    #[serde(default)]
    symmetric: bool,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    patterns: Vec<String>,
    #[serde(default)]
    voice: Option<String>,
    #[serde(default)]
    source: OneOrMany,
    #[serde(default)]
    target: OneOrMany,
    #[serde(default)]
    source_types: OneOrMany,
    #[serde(default)]
    target_types: OneOrMany,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    past: Option<String>,
    #[serde(default)]
    loose: bool,
    #[serde(default)]
    named: bool,
    #[serde(default)]
    named_source: bool,
    #[serde(default)]
    object: bool,
    #[serde(default)]
    nested: bool,
    #[serde(default)]
    told: bool,
    #[serde(default)]
    opening: bool,
    #[serde(default)]
    direct: bool,
    #[serde(default)]
    governors: Vec<String>,
    #[serde(default)]
    not_governors: Vec<String>,
    #[serde(default)]
    requires: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    examples: Vec<Example>,
    #[serde(default)]
    counter: Vec<String>,
}

/// A rule of the relations, ready to apply.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Its id, which relations name: `led_by/verb`.
    pub id: String,
    /// The relation that it finds.
    pub relation: String,
    /// Sentences in which it must find something.
    pub examples: Vec<Example>,
    /// Sentences in which it must find nothing.
    pub counter: Vec<String>,
    pub(crate) symmetric: bool,
    /// `Some(true)`: only passive verbs; `Some(false)`: only active ones.
    pub(crate) passive: Option<bool>,
    pub(crate) source: Vec<Slot>,
    pub(crate) target: Vec<Slot>,
    pub(crate) source_types: Types,
    pub(crate) target_types: Types,
    pub(crate) status: Option<Status>,
    /// What a verb in the past says of the status: `was Ambassador` is over.
    pub(crate) past: Option<Status>,
    /// The target may hang on a noun that is nothing by itself: `the efforts of A`, `A's role`.
    pub(crate) loose: bool,
    /// The trigger must open its sentence.
    pub(crate) opening: bool,
    /// The noun must be the direct object of its governor.
    pub(crate) object: bool,
    /// The target must be the larger of two places, as far as the tables know.
    pub(crate) nested: bool,
    /// The source must have a name.
    pub(crate) named_source: bool,
    /// The source must be a thing without name, and a side of a relation that another rule found.
    pub(crate) told: bool,
    /// The target must have a name.
    pub(crate) named: bool,
    /// The verb must not be an infinitive behind a noun: `efforts to support A`.
    pub(crate) direct: bool,
    /// Verbs that must not govern it.
    pub(crate) not_governors: Vec<WordId>,
    /// Verbs one of which must govern a noun: `share` + `a partnership`.
    pub(crate) governors: Vec<WordId>,
    /// Words one of which must stand right behind the trigger (`took` + `place`).
    pub(crate) requires: Vec<Vec<String>>,
    /// Words right behind the trigger that make it something else.
    pub(crate) unless: Vec<Vec<String>>,
    pub(crate) patterns: Vec<Pattern>,
}

impl Rule {
    /// Whether it goes by places beside each other, and not by a trigger.
    pub(crate) fn is_pattern(&self) -> bool {
        !self.patterns.is_empty()
    }
}

/// All rules of an extractor.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleSet {
    pub(crate) rules: Vec<Rule>,
    /// Rules by the base form of their verb.
    pub(crate) verbs: FxHashMap<WordId, Vec<usize>>,
    /// Rules by their noun.
    pub(crate) nouns: FxHashMap<WordId, Vec<usize>>,
    /// Phrases by their first word: the folded words and the rule.
    pub(crate) phrases: FxHashMap<WordId, Vec<(Vec<WordId>, usize)>>,
    /// Rules that are patterns of mentions and words.
    pub(crate) patterns: Vec<usize>,
    /// Their patterns, made ready by [`RuleSet::index`]: those of posts, and the others.
    pub(super) posts: Patterns,
    pub(super) others: Patterns,
    /// What may be said besides.
    pub(crate) qualifications: Vec<Qualification>,
    /// How often a rule, by its id, was right.
    pub(crate) measured: FxHashMap<String, Confidence>,
}

pub(super) fn words(phrase: &str, lexicon: &mut Lexicon) -> Vec<WordId> {
    tokenize(phrase).iter().map(|t| lexicon.intern(&fold(t.of(phrase)))).collect()
}

fn split_words(phrases: &[String]) -> Vec<Vec<String>> {
    phrases.iter().map(|p| p.split_whitespace().map(str::to_lowercase).collect()).collect()
}

/// Of a file that cannot be read as a whole, the rules that can. What is wrong with the others is told, each key by itself.
fn sound_rules(text: &str, mut tell: impl FnMut(toml::de::Error)) -> Vec<Raw> {
    let (mut file, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        // what stands around them may be anything
        errors.into_iter().for_each(tell);
        return Vec::new();
    }
    let rules = match file.get_mut().get_mut("rule").map(Spanned::get_mut) {
        Some(DeValue::Array(rules)) => std::mem::replace(rules, DeArray::new()),
        _ => DeArray::new(),
    };
    if let Err(e) = File::deserialize(Deserializer::from(file)) {
        tell(e);
    }
    rules.into_iter().filter_map(|rule| sound_rule(rule, &mut tell)).collect()
}

fn sound_rule(mut rule: Spanned<DeValue<'_>>, tell: &mut impl FnMut(toml::de::Error)) -> Option<Raw> {
    let mut sound = true;
    loop {
        let e = match Raw::deserialize(ValueDeserializer::from(rule.clone())) {
            Ok(raw) => return sound.then_some(raw),
            Err(e) => e,
        };
        sound = false;
        // what is wrong with other keys shows without this one
        let at = e.span().unwrap_or_default().start;
        tell(e);
        let DeValue::Table(keys) = rule.get_mut() else { return None };
        let blamed = keys.iter().find(|(key, value)| key.span().contains(&at) || value.span().contains(&at));
        let blamed = blamed.map(|(key, _)| key.clone())?;
        keys.remove(&blamed);
    }
}

impl RuleSet {
    /// Takes a rule out of use; false where none has the id.
    pub(crate) fn switch_off(&mut self, id: &str) -> bool {
        let Some(number) = self.rules.iter().position(|r| r.id == id) else { return false };
        self.verbs.values_mut().chain(self.nouns.values_mut()).for_each(|rules| rules.retain(|r| *r != number));
        self.phrases.values_mut().for_each(|phrases| phrases.retain(|(_, r)| *r != number));
        self.patterns.retain(|r| *r != number);
        true
    }

    /// Makes the patterns ready, once all rules are there, and marks the words that a rule may begin with.
    pub(crate) fn index(&mut self, lexicon: &mut Lexicon) {
        self.posts = Patterns::of(self, true);
        self.others = Patterns::of(self, false);
        for &word in self.nouns.keys().chain(self.phrases.keys()) {
            lexicon.mark(word, Classes::TRIGGER);
        }
        for &word in self.posts.words().chain(self.others.words()) {
            lexicon.mark(word, Classes::OPENER);
        }
        for &word in self.rules.iter().flat_map(|rule| &rule.patterns).flat_map(Pattern::followers) {
            lexicon.mark(word, Classes::FOLLOWER);
        }
        for mark in followers() {
            let mark = lexicon.intern(mark);
            lexicon.mark(mark, Classes::FOLLOWER);
        }
        for joint in JOINTS {
            let joint = lexicon.intern(joint);
            lexicon.mark(joint, Classes::JOINT);
        }
    }

    /// Adds the qualifiers of one file.
    pub(crate) fn add_qualifiers(&mut self, file: &str, text: &str, lexicon: &mut Lexicon, faults: &mut Faults) {
        self.qualifications.extend(qualifier::read(file, text, lexicon, faults));
    }

    /// Takes what was measured of rules.
    pub(crate) fn add_measured(&mut self, file: &str, text: &str, faults: &mut Faults) {
        self.measured.extend(measured::read(file, text, faults));
    }

    /// Adds the rules of one file.
    pub(crate) fn add(&mut self, file: &str, text: &str, lexicon: &mut Lexicon, faults: &mut Faults) {
        let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let read = toml::from_str(text).map(|file: File| file.rule).unwrap_or_else(|_| {
            sound_rules(text, |e| faults.push(file, e.span().map_or(0, |s| line_of(s.start)), None, e.message()))
        });
        for raw in read {
            let line = line_of(raw.id.span().start);
            let id = raw.id.into_inner();
            let mut fault =
                |column: &str, message: String| faults.push(file, line, Some(&format!("{id}: {column}")), message);
            if self.rules.iter().any(|r| r.id == id) {
                fault("id", "another rule has this id".into());
            }
            if raw.examples.is_empty() || raw.counter.is_empty() {
                fault("examples", "a rule needs at least one example and one counter-example".into());
            }
            let source_types = Types::parse(raw.source_types.iter()).unwrap_or_else(|e| {
                fault("source_types", e);
                Types::default()
            });
            let target_types = Types::parse(raw.target_types.iter()).unwrap_or_else(|e| {
                fault("target_types", e);
                Types::default()
            });
            let passive = match raw.voice.as_deref() {
                None => None,
                Some("passive") => Some(true),
                Some("active") => Some(false),
                Some(other) => {
                    fault("voice", format!("`active` or `passive` was expected, not `{other}`"));
                    None
                }
            };
            let mut status_named = |column: &str, name: Option<&str>| {
                let name = name?;
                let status = Status::from_name(name);
                if status.is_none() {
                    fault(column, format!("no status is called `{name}`"));
                }
                status
            };
            let status = status_named("status", raw.status.as_deref());
            let past = status_named("past", raw.past.as_deref());
            let kinds =
                [!raw.verbs.is_empty(), !raw.nouns.is_empty(), !raw.phrases.is_empty(), !raw.patterns.is_empty()];
            if kinds.iter().filter(|k| **k).count() != 1 {
                fault("trigger", "exactly one of verbs, nouns, phrases, patterns was expected".into());
                continue;
            }
            if raw.patterns.is_empty() && (raw.source.iter().next().is_none() || raw.target.iter().next().is_none()) {
                fault("source", "a rule with a trigger needs source and target".into());
            }
            let mut patterns = Vec::new();
            for pattern in &raw.patterns {
                match Pattern::parse(pattern, lexicon) {
                    Ok(pattern) => patterns.push(pattern),
                    Err(e) => fault("patterns", format!("{e} in `{pattern}`")),
                }
            }
            let number = self.rules.len();
            for verb in &raw.verbs {
                let lemma = lexicon.intern(&fold(verb));
                if lexicon.verb(lemma).is_none_or(|v| v.lemma != lemma) {
                    fault(
                        "verbs",
                        format!("`{verb}` is no verb of words/verbs.tsv in its base form, so it could never match"),
                    );
                }
                self.verbs.entry(lemma).or_default().push(number);
            }
            for noun in &raw.nouns {
                let noun = lexicon.intern(&fold(noun));
                self.nouns.entry(noun).or_default().push(number);
            }
            for phrase in &raw.phrases {
                let words = words(phrase, lexicon);
                match words.first() {
                    Some(&first) => self.phrases.entry(first).or_default().push((words, number)),
                    None => fault("phrases", format!("`{phrase}` has no word, so it could never match")),
                }
            }
            if !patterns.is_empty() {
                self.patterns.push(number);
            }
            self.rules.push(Rule {
                id,
                relation: raw.relation,
                symmetric: raw.symmetric,
                passive,
                source: raw.source.iter().map(Slot::parse).collect(),
                target: raw.target.iter().map(Slot::parse).collect(),
                source_types,
                target_types,
                status,
                past,
                loose: raw.loose,
                named: raw.named,
                named_source: raw.named_source,
                told: raw.told,
                object: raw.object,
                nested: raw.nested,
                opening: raw.opening,
                direct: raw.direct,
                governors: raw.governors.iter().map(|g| lexicon.intern(&fold(g))).collect(),
                not_governors: raw.not_governors.iter().map(|g| lexicon.intern(&fold(g))).collect(),
                requires: split_words(&raw.requires),
                unless: split_words(&raw.unless),
                patterns,
                examples: raw.examples,
                counter: raw.counter,
            });
        }
        // the longest phrase first
        for phrases in self.phrases.values_mut() {
            phrases.sort_by_key(|(words, rule)| (std::cmp::Reverse(words.len()), *rule));
        }
    }
}
