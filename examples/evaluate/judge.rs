//! Compares what was found in a text with what its annotator says.

use crate::annotation::{self, Annotation};
use crate::found::{self, Found};
use crate::text::{Place, Text};
use dateline::EntityType;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Aspect {
    /// Names at exactly their place, with their type.
    Exact,
    /// Names of the right type that share some letter, one to one.
    Overlap,
    /// Pairs of different names of one entity.
    Link,
    Relation,
    /// The status of a relation that is right.
    Status,
    /// What is said of a relation that is right besides, where the annotator looked for it.
    Qualifier,
    Quote,
}

/// How it compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Right,
    /// Right, and counted before: of a relation, between what the annotator takes for the same entities.
    Again,
    Missed,
    Extra,
}

/// One thing compared.
#[derive(Debug)]
pub(crate) struct Judgement {
    pub(crate) aspect: Aspect,
    pub(crate) outcome: Outcome,
    /// The type of the entity or qualifier, the relation.
    pub(crate) label: String,
    /// What it is, for people.
    pub(crate) what: String,
    /// Where it is said; never empty.
    pub(crate) places: Vec<Place>,
    /// The rules that found it.
    pub(crate) rules: Vec<String>,
}

/// All judgements on one text. With `coarse`, names only, and their types as coarse as those of general recognisers.
pub(crate) fn judge(text: &Text, annotation: &Annotation, found: &Found, coarse: bool) -> Vec<Judgement> {
    let meant = found.entities.iter().map(|entity| counterpart(annotation, entity)).collect();
    let mut judge = Judge { text, annotation, found, meant, out: Vec::new() };
    judge.names(coarse);
    if !coarse {
        judge.links();
        judge.relations();
        judge.quotes();
    }
    judge.out
}

/// The coarse name of a type, where it has one.
pub(crate) fn coarse_name(kind: EntityType) -> Option<&'static str> {
    match kind {
        EntityType::Person => Some("PERSON"),
        EntityType::Agency | EntityType::Body | EntityType::Organisation => Some("ORG"),
        EntityType::State | EntityType::Place => Some("LOC"),
        EntityType::Date => Some("DATE"),
        _ => None,
    }
}

/// The annotated entity whose mentions share most with those of a found one; of several, the first in the text.
fn counterpart(annotation: &Annotation, entity: &found::Entity) -> Option<usize> {
    let mut shared: Vec<(usize, usize)> = Vec::new();
    for mention in &annotation.mentions {
        let here = entity.mentions.iter().map(|m| m.place.shared(mention.place)).sum::<usize>();
        match shared.iter_mut().find(|(index, _)| *index == mention.entity) {
            Some((_, sum)) => *sum += here,
            None => shared.push((mention.entity, here)),
        }
    }
    first_greatest(shared.into_iter().filter(|&(_, sum)| sum > 0), |&(_, sum)| sum).map(|(index, _)| index)
}

/// As much of a long quote as a list has room for.
fn beginning(words: String) -> String {
    match words.char_indices().nth(60) {
        Some((at, _)) => format!("{} …", words[..at].trim_end()),
        None => words,
    }
}

fn first_greatest<T>(items: impl Iterator<Item = T>, size: impl Fn(&T) -> usize) -> Option<T> {
    items.min_by_key(|item| Reverse(size(item)))
}

struct Judge<'j> {
    text: &'j Text,
    annotation: &'j Annotation,
    found: &'j Found,
    /// For each entity found, the annotated one that it is.
    meant: Vec<Option<usize>>,
    out: Vec<Judgement>,
}

impl Judge<'_> {
    fn names(&mut self, coarse: bool) {
        let label = |kind: EntityType| if coarse { coarse_name(kind) } else { Some(kind.as_str()) };
        let mut wanted: Vec<(Place, &str)> = Vec::new();
        let mut doubtful: Vec<Place> = Vec::new();
        for mention in &self.annotation.mentions {
            let entity = &self.annotation.entities[mention.entity];
            match label(entity.kind).filter(|_| entity.named && !entity.optional) {
                Some(label) => wanted.push((mention.place, label)),
                None => doubtful.push(mention.place),
            }
        }
        let mut given: BTreeSet<(Place, &str)> = BTreeSet::new();
        for entity in self.found.entities.iter().filter(|entity| entity.named) {
            let names = entity.mentions.iter().filter(|mention| !mention.reference);
            given.extend(names.filter_map(|mention| Some((mention.place, label(entity.kind)?))));
        }
        let is_doubtful = |place: Place| doubtful.iter().any(|doubtful| doubtful.touches(place));
        for &(place, label) in &wanted {
            let outcome = if given.contains(&(place, label)) { Outcome::Right } else { Outcome::Missed };
            self.name(Aspect::Exact, outcome, label, place);
        }
        for &(place, label) in given.iter().filter(|&given| !wanted.contains(given) && !is_doubtful(given.0)) {
            self.name(Aspect::Exact, Outcome::Extra, label, place);
        }
        let mut free: Vec<(Place, &str)> = given.into_iter().collect();
        for &(place, label) in &wanted {
            let near = free.iter().enumerate().filter(|(_, given)| given.1 == label && given.0.touches(place));
            let nearest = first_greatest(near.map(|(n, given)| (n, given.0)), |given| given.1.shared(place));
            let outcome = if nearest.is_some() { Outcome::Right } else { Outcome::Missed };
            nearest.map(|(n, _)| free.remove(n));
            self.name(Aspect::Overlap, outcome, label, place);
        }
        for (place, label) in free.into_iter().filter(|given| !is_doubtful(given.0)) {
            self.name(Aspect::Overlap, Outcome::Extra, label, place);
        }
    }

    /// Of names that were found where they are annotated, each different form of an entity once: which go together?
    fn links(&mut self) {
        let mut owner: HashMap<Place, usize> = HashMap::new();
        for (index, entity) in self.found.entities.iter().enumerate() {
            owner.extend(entity.mentions.iter().map(|mention| (mention.place, index)));
        }
        let mut seen = HashSet::new();
        let mut forms: Vec<(Place, usize, usize)> = Vec::new();
        for mention in self.annotation.mentions.iter().filter(|m| self.annotation.entities[m.entity].named) {
            if let Some(&index) = owner.get(&mention.place)
                && seen.insert((self.text.get(mention.place), mention.entity))
            {
                forms.push((mention.place, mention.entity, index));
            }
        }
        for (n, &(place, annotated, found)) in forms.iter().enumerate() {
            for &(other, annotated_other, found_other) in &forms[n + 1..] {
                let outcome = match (annotated == annotated_other, found == found_other) {
                    (true, true) => Outcome::Right,
                    (true, false) => Outcome::Missed,
                    (false, true) => Outcome::Extra,
                    (false, false) => continue,
                };
                let what = format!("{} = {}", self.text.words(place), self.text.words(other));
                self.add(Aspect::Link, outcome, "links", what, vec![place, other]);
            }
        }
    }

    fn relations(&mut self) {
        let (annotation, found) = (self.annotation, self.found);
        let mut met: HashSet<usize> = HashSet::new();
        for relation in &found.relations {
            let sides = self.meant[relation.source].zip(self.meant[relation.target]);
            let counterpart = sides.and_then(|(source, target)| {
                annotation.relations.iter().position(|known| known.says(&relation.name, source, target))
            });
            let outcome = match counterpart {
                None => Outcome::Extra,
                Some(index) if annotation.relations[index].optional => continue,
                Some(index) if met.insert(index) => Outcome::Right,
                Some(_) => Outcome::Again,
            };
            let name = |index: usize| &found.entities[index].name;
            let what = format!("{} → {}", name(relation.source), name(relation.target));
            self.add(Aspect::Relation, outcome, &relation.name, what, vec![relation.trigger]);
            if let Some(judgement) = self.out.last_mut() {
                judgement.rules.clone_from(&relation.rules);
            }
            if let Some(index) = counterpart.filter(|_| outcome == Outcome::Right) {
                self.status(relation, &annotation.relations[index]);
                self.qualifiers(relation, &annotation.relations[index]);
            }
        }
        let missed = annotation.relations.iter().enumerate().filter(|(n, known)| !met.contains(n) && !known.optional);
        for (_, known) in missed {
            let name = |side: &[usize]| side.first().map_or("?", |&index| &annotation.entities[index].name);
            let what = format!("{} → {}", name(&known.source), name(&known.target));
            self.add(Aspect::Relation, Outcome::Missed, &known.name, what, self.nearest(&known.source, &known.target));
        }
    }

    fn status(&mut self, relation: &found::Relation, known: &annotation::Relation) {
        let name = |index: usize| &self.found.entities[index].name;
        let said = format!("{} → {} is {}", name(relation.source), name(relation.target), known.status.as_str());
        let (outcome, what) = if relation.status == known.status {
            (Outcome::Right, said)
        } else {
            (Outcome::Extra, format!("{said}, not {}", relation.status.as_str()))
        };
        self.add(Aspect::Status, outcome, &relation.name, what, vec![relation.trigger]);
    }

    fn qualifiers(&mut self, relation: &found::Relation, known: &annotation::Relation) {
        let Some(known) = &known.qualifiers else { return };
        let mut open: Vec<&annotation::Qualifier> = known.iter().collect();
        for (name, index) in &relation.qualifiers {
            let meant = self.meant[*index];
            let counterpart = open.iter().position(|q| q.name == *name && meant.is_some_and(|m| q.entity.contains(&m)));
            counterpart.map(|n| open.remove(n));
            let outcome = if counterpart.is_some() { Outcome::Right } else { Outcome::Extra };
            let what = format!("{} of {}", self.found.entities[*index].name, relation.name);
            self.add(Aspect::Qualifier, outcome, name, what, vec![relation.trigger]);
        }
        for missed in open {
            let name = missed.entity.first().map_or("?", |&index| &self.annotation.entities[index].name);
            let what = format!("{name} of {}", relation.name);
            self.add(Aspect::Qualifier, Outcome::Missed, &missed.name, what, vec![relation.trigger]);
        }
    }

    /// A quote is right where it shares some letter with what is annotated, and its speaker is right.
    fn quotes(&mut self) {
        let mut free: Vec<&found::Quote> = self.found.quotes.iter().collect();
        for known in &self.annotation.quotes {
            let quote = free.iter().position(|quote| quote.place.touches(known.place)).map(|n| free.remove(n));
            let speaker = quote.and_then(|quote| quote.speaker).and_then(|index| self.meant[index]);
            let right = speaker.is_some_and(|index| known.speaker.contains(&index));
            self.quote(if right { Outcome::Right } else { Outcome::Missed }, known.place);
            if let Some(quote) = quote.filter(|_| !right) {
                self.quote(Outcome::Extra, quote.place);
            }
        }
        for quote in free {
            self.quote(Outcome::Extra, quote.place);
        }
    }

    /// Where two sides stand nearest to each other.
    fn nearest(&self, source: &[usize], target: &[usize]) -> Vec<Place> {
        let targets: Vec<Place> = self.annotation.places(target).collect();
        let pairs = self.annotation.places(source).flat_map(|from| targets.iter().map(move |&to| (from, to)));
        let gap = |(from, to): &(Place, Place)| from.start.abs_diff(to.start);
        pairs.min_by_key(gap).map_or(Vec::new(), |(from, to)| vec![from.min(to), from.max(to)])
    }

    fn name(&mut self, aspect: Aspect, outcome: Outcome, label: &str, place: Place) {
        self.add(aspect, outcome, label, self.text.words(place), vec![place]);
    }

    fn quote(&mut self, outcome: Outcome, place: Place) {
        self.add(Aspect::Quote, outcome, "quotes", beginning(self.text.words(place)), vec![place]);
    }

    fn add(&mut self, aspect: Aspect, outcome: Outcome, label: &str, what: String, places: Vec<Place>) {
        self.out.push(Judgement { aspect, outcome, label: label.to_owned(), what, places, rules: Vec::new() });
    }
}
