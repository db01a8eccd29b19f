//! What else a sentence says of a fact: when, where, at which meeting, through whom, as what, for whom.
//!
//! Qualifiers are data (`gazetteers/qualifiers.toml`): the words before one, its types, and the relations that take it.

use super::Found;
use super::referents::Reader;
use super::rule::{Example, RuleSet, Types, words};
use crate::entity::EntityIndex;
use crate::error::Faults;
use crate::schema::EntityType;
use crate::syntax::{ItemKind, Parse};
use crate::text::lexicon::{Lexicon, WordId};
use serde::Deserialize;
use std::ops::Range;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    qualifier: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: toml::Spanned<String>,
    before: Vec<String>,
    #[serde(default)]
    bare: bool,
    types: Vec<String>,
    relations: Vec<String>,
    examples: Vec<Example>,
    counter: Vec<String>,
}

/// A qualifier that relations can have.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Qualification {
    /// Its name, which results give (`at_event`).
    pub name: String,
    /// The relations that take it.
    pub relations: Vec<String>,
    /// Sentences in which it must be found.
    pub examples: Vec<Example>,
    /// Sentences in which it must not.
    pub counter: Vec<String>,
    /// What stands before it.
    before: Vec<Vec<WordId>>,
    /// May stand without: `A met B today`.
    bare: bool,
    types: Types,
}

/// A qualifier of a fact.
#[derive(Clone, Debug)]
pub(crate) struct Qualifier {
    pub(crate) kind: usize,
    pub(crate) entity: EntityIndex,
    pub(crate) tokens: Range<usize>,
}

/// Reads a file of qualifiers.
pub(super) fn read(file: &str, text: &str, lexicon: &mut Lexicon, faults: &mut Faults) -> Vec<Qualification> {
    let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let raw: File = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(e) => {
            faults.push(file, e.span().map_or(0, |s| line_of(s.start)), None, e.message());
            return Vec::new();
        }
    };
    let mut out: Vec<Qualification> = Vec::new();
    for raw in raw.qualifier {
        let line = line_of(raw.name.span().start);
        let name = raw.name.into_inner();
        let types = Types::parse(raw.types.iter().map(String::as_str)).unwrap_or_else(|e| {
            faults.push(file, line, Some(&format!("{name}: types")), e);
            Types::default()
        });
        if raw.examples.is_empty() || raw.counter.is_empty() {
            let message = "a qualifier needs at least one example and one counter-example";
            faults.push(file, line, Some(&format!("{name}: examples")), message);
        }
        out.push(Qualification {
            before: raw.before.iter().map(|phrase| words(phrase, lexicon)).collect(),
            bare: raw.bare,
            types,
            relations: raw.relations,
            examples: raw.examples,
            counter: raw.counter,
            name,
        });
    }
    out
}

/// How far a qualifier may stand from the trigger, in items.
const FAR: usize = 40;

/// What the sentence says besides of a fact that it states.
pub(super) fn find(reader: &Reader<'_, '_>, rules: &RuleSet, parse: &Parse<'_>, found: &Found) -> Vec<Qualifier> {
    let mut out = Vec::new();
    if rules.rules[found.rule].is_pattern() || parse.items.is_empty() {
        return out;
    }
    let relation = &rules.rules[found.rule].relation;
    let trigger = parse.item_from(found.trigger.start)..parse.item_from(found.trigger.end);
    // behind the trigger; between it and an argument before it; at the beginning of the sentence
    let behind = trigger.end..parse.items.len().min(trigger.end + FAR);
    let arguments = [&found.source.tokens, &found.target.tokens].into_iter();
    let before = arguments.filter(|a| !a.is_empty() && a.end <= found.trigger.start);
    let between = before.map(|a| parse.item_from(a.end)..trigger.start);
    let mut regions: Vec<Range<usize>> = std::iter::once(behind).chain(between).collect();
    let opening = parse.items[..trigger.start].iter().take_while(|i| !matches!(i.kind, ItemKind::Verb(_))).count();
    let is_first = opening == trigger.start
        || parse.items[opening..trigger.start].iter().all(|i| matches!(i.kind, ItemKind::Verb(_) | ItemKind::Adverb));
    if is_first && let Some(comma) = parse.items[..opening].iter().position(|i| i.kind == ItemKind::Comma) {
        regions.push(0..comma);
    }
    for (kind, qualification) in rules.qualifications.iter().enumerate() {
        if !qualification.relations.contains(relation) {
            continue;
        }
        for region in &regions {
            let told = first(reader, parse, qualification, region.clone());
            let own = |e: EntityIndex| e == found.source.entity || e == found.target.entity;
            let told: Vec<_> = told.into_iter().filter(|(e, _)| !own(*e)).collect();
            if !told.is_empty() {
                out.extend(told.into_iter().map(|(entity, tokens)| Qualifier { kind, entity, tokens }));
                if qualification.bare {
                    break; // one day, not two
                }
            }
        }
    }
    out
}

/// The first that a stretch of items gives.
fn first(
    reader: &Reader<'_, '_>,
    parse: &Parse<'_>,
    wanted: &Qualification,
    items: Range<usize>,
) -> Vec<(EntityIndex, Range<usize>)> {
    for i in items.clone() {
        let start = parse.items[i].tokens.start;
        match parse.items[i].kind {
            ItemKind::Verb(_) | ItemKind::Relative | ItemKind::Subordinator | ItemKind::Stop => break,
            // `the Class of 2017`
            ItemKind::Phrase(_) if i > 0 && reader.doc.is(parse.items[i - 1].tokens.start, "of") => {}
            ItemKind::Phrase(p) if wanted.bare && parse.phrases[p].is_date => {
                let found = named(reader, parse, &[p], wanted.types);
                if !found.is_empty() {
                    return found;
                }
            }
            ItemKind::Preposition => {
                let words = &reader.doc.words;
                let Some(before) = wanted.before.iter().find(|b| words[start..].starts_with(b)) else { continue };
                let next = parse.item_from(start + before.len());
                if next >= items.end || parse.phrase_at_item(next).is_none() {
                    continue;
                }
                let list = parse.list(reader.doc, next);
                let found = named(reader, parse, &list, wanted.types);
                if !found.is_empty() {
                    return found;
                }
            }
            _ => {}
        }
    }
    Vec::new()
}

/// What phrases name; a meeting may also be referred to.
fn named(
    reader: &Reader<'_, '_>,
    parse: &Parse<'_>,
    phrases: &[usize],
    types: Types,
) -> Vec<(EntityIndex, Range<usize>)> {
    let mut out: Vec<(EntityIndex, Range<usize>)> = Vec::new();
    for &p in phrases {
        let this = &parse.phrases[p];
        let mention = match this.head {
            crate::syntax::PhraseHead::Mention(m) => Some(m),
            _ => this.mentions.first().copied().filter(|_| this.is_date),
        };
        let found = match mention {
            Some(m) => vec![(reader.entities.of[m], reader.entities.mentions[m].tokens.clone())],
            None if types.has(EntityType::Event) => {
                let referents = reader.known(parse, p);
                referents.into_iter().map(|e| (e, this.tokens.clone())).collect()
            }
            None => Vec::new(),
        };
        out.extend(found.into_iter().filter(|(e, _)| types.has(reader.entities.list[*e].kind)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::error::Faults;
    use crate::text::lexicon::Lexicon;

    #[test]
    fn a_qualifier_needs_examples_of_both_kinds_and_types_that_there_are() {
        let (example, counter) = ("{ text = \"A.\", finds = [] }", "\"B.\"");
        for (types, examples, counter, told) in [
            ("date", example, counter, ""),
            ("date", "", counter, "q.toml:3: on: examples: "),
            ("date", example, "", "q.toml:3: on: examples: "),
            ("day", example, counter, "q.toml:3: on: types: no entity type is called `day`"),
        ] {
            let text = format!(
                "\n[[qualifier]]\nname = \"on\"\nbefore = [\"on\"]\ntypes = [\"{types}\"]\nrelations = [\"met_with\"]\n\
                 examples = [{examples}]\ncounter = [{counter}]\n"
            );
            let mut faults = Faults::default();
            assert_eq!(read("q.toml", &text, &mut Lexicon::new(), &mut faults).len(), 1);
            let found = faults.into_result().map_or_else(|e| e.to_string(), |()| String::new());
            assert!(found.starts_with(told) && found.is_empty() == told.is_empty(), "{found}");
        }
    }
}
