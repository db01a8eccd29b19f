//! Annotations in the standoff form of brat: a line for each mention, relation and attribute.
//!
//! ```text
//! T1  state 0 8  Malaysia              a mention: type, half-open place in code points, words of the text
//! T2  event 20 28  workshop
//! T3  quote 41 47;48 54  We are ready. a quote is a mention of its own type
//!                                      (in pieces, where it runs over the end of a line)
//! R1  hosted_by Arg1:T2 Arg2:T1        a relation between any mentions of two entities
//! R2  speaker Arg1:T3 Arg2:T1          who said a quote
//! *   Coref T1 T4                      mentions of one entity; a relation `Coref` says the same of two
//! A1  Status R1 planned                also `negated`, `former`
//! A2  Optional T2                      of an entity or a relation: no error if it is not found
//! A3  Nominal T2                       a common noun and no name
//! #1  AnnotatorNotes T1  …             passed over
//! ```
//!
//! The gaps after the first and second column are tabs. An attribute of a mention holds for the whole entity. Several right
//! readings and qualifiers need the other form, JSON.

use crate::annotation::{Annotation, Entity, Fault, Mention, Quote, Relation};
use crate::text::{Place, Text};
use dateline::{EntityType, Status};
use std::collections::{HashMap, HashSet};

/// Reads an annotation of `text`, or tells all that is wrong with it.
pub(crate) fn read(file: &str, text: &Text) -> Result<Annotation, Vec<Fault>> {
    let mut lines = Lines::default();
    let mut faults = Vec::new();
    for (n, line) in file.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if let Err(message) = lines.add(line, n + 1, text) {
            faults.push(Fault { at: Some((n + 1, 1)), message });
        }
    }
    let annotation = lines.annotation(&mut faults);
    if faults.is_empty() { Ok(annotation) } else { Err(faults) }
}

/// The lines of a file, by what they say.
#[derive(Default)]
struct Lines<'l> {
    spans: Vec<Marked<'l>>,
    /// Name, the two ids, number of the line.
    relations: Vec<Joined<'l>>,
    /// Ids of mentions of one entity.
    same: Vec<(Vec<&'l str>, usize)>,
    statuses: HashMap<&'l str, Status>,
    optional: HashSet<&'l str>,
    nominal: HashSet<&'l str>,
    /// What attributes are of, and the number of the line.
    attributes: Vec<(&'l str, usize)>,
}

struct Marked<'l> {
    id: &'l str,
    /// `None` for a quote.
    kind: Option<EntityType>,
    place: Place,
    words: &'l str,
    line: usize,
}

struct Joined<'l> {
    id: &'l str,
    name: &'l str,
    sides: [&'l str; 2],
    line: usize,
}

impl<'l> Lines<'l> {
    fn add(&mut self, line: &'l str, number: usize, text: &Text) -> Result<(), String> {
        let mut cells = line.split('\t');
        let id = cells.next().unwrap_or_default();
        let between = |c: char| c.is_whitespace() || c == ';';
        let fields: Vec<&str> =
            cells.next().unwrap_or_default().split(between).filter(|field| !field.is_empty()).collect();
        if let (Some('A'), [_, of, ..]) = (id.chars().next(), &fields[..]) {
            self.attributes.push((of, number));
        }
        match (id.chars().next(), &fields[..]) {
            // `0 8;9 14` where the words run over the end of a line
            (Some('T'), &[kind, start, .., end]) if fields.len() % 2 == 1 => {
                let words = cells.next().unwrap_or_default();
                self.spans.push(marked(id, [kind, start, end], words, number, text)?);
            }
            (Some('T'), _) => return Err("a type, a start and an end were expected".to_owned()),
            (Some('R'), &[name, first, second]) => match (first.split_once(':'), second.split_once(':')) {
                (Some((_, first)), Some((_, second))) if is_coreference(name) => {
                    self.same.push((vec![first, second], number));
                }
                (Some((_, first)), Some((_, second))) => {
                    self.relations.push(Joined { id, name, sides: [first, second], line: number });
                }
                _ => return Err("`Arg1:T…` and `Arg2:T…` were expected".to_owned()),
            },
            (Some('R'), _) => return Err("a relation, `Arg1:T…` and `Arg2:T…` were expected".to_owned()),
            (Some('*'), &[_, ref ids @ ..]) if ids.len() > 1 => self.same.push((ids.to_vec(), number)),
            (Some('A'), &["Status", of, status]) => {
                let status = Status::from_name(status)
                    .ok_or("`asserted`, `planned`, `negated` or `former` was expected".to_owned())?;
                self.statuses.insert(of, status);
            }
            (Some('A'), &["Optional", of]) => drop(self.optional.insert(of)),
            (Some('A'), &["Nominal", of]) => drop(self.nominal.insert(of)),
            (Some('#'), _) => {}
            _ => return Err(format!("`{line}` is no mention, relation, coreference, attribute or note")),
        }
        Ok(())
    }

    fn annotation(&self, faults: &mut Vec<Fault>) -> Annotation {
        let mut fault = |line: usize, message: String| faults.push(Fault { at: Some((line, 1)), message });
        let mut known: HashSet<&str> = HashSet::new();
        let spans = self.spans.iter().map(|span| (span.id, span.line));
        for (id, line) in spans.chain(self.relations.iter().map(|joined| (joined.id, joined.line))) {
            if !known.insert(id) {
                fault(line, format!("another line has the id `{id}`"));
            }
        }
        for (of, line) in self.attributes.iter().filter(|(of, _)| !known.contains(of)) {
            fault(*line, format!("no mention or relation has the id `{of}`"));
        }
        let names: Vec<&Marked> = self.spans.iter().filter(|span| span.kind.is_some()).collect();
        let mut groups: HashMap<&str, usize> = names.iter().enumerate().map(|(n, span)| (span.id, n)).collect();
        for (ids, line) in &self.same {
            match ids.iter().find(|id| !groups.contains_key(**id)) {
                Some(unknown) => fault(*line, format!("no mention has the id `{unknown}`")),
                None => join(&mut groups, ids),
            }
        }
        let mut out = Annotation::default();
        let mut index: HashMap<usize, usize> = HashMap::new();
        for span in &names {
            let entity = *index.entry(groups[span.id]).or_insert_with(|| {
                let kind = span.kind.unwrap_or(EntityType::Theme);
                out.entities.push(Entity { kind, named: true, optional: false, name: span.words.to_owned() });
                out.entities.len() - 1
            });
            out.entities[entity].named &= !self.nominal.contains(span.id);
            out.entities[entity].optional |= self.optional.contains(span.id);
            if out.mentions.iter().any(|other| other.place.touches(span.place)) {
                fault(span.line, format!("`{}` overlaps another mention", span.words));
            }
            out.mentions.push(Mention { place: span.place, entity });
        }
        out.mentions.sort_by_key(|mention| mention.place);
        let entity = |id: &str| groups.get(id).map(|group| vec![index[group]]);
        for joined in &self.relations {
            let [first, second] = joined.sides;
            let quoted = self.spans.iter().find(|span| span.id == first && span.kind.is_none());
            match (quoted, entity(first), entity(second)) {
                (Some(span), _, Some(speaker)) => out.quotes.push(Quote { place: span.place, speaker }),
                (None, Some(source), Some(target)) => out.relations.push(Relation {
                    name: joined.name.to_owned(),
                    source,
                    target,
                    status: self.statuses.get(joined.id).copied().unwrap_or_default(),
                    optional: self.optional.contains(joined.id),
                    qualifiers: None,
                }),
                _ => fault(joined.line, format!("`{first}` and `{second}` are not both mentions")),
            }
        }
        out.quotes.sort_by_key(|quote| quote.place);
        out
    }
}

fn is_coreference(name: &str) -> bool {
    name.eq_ignore_ascii_case("coref") || name.eq_ignore_ascii_case("equiv")
}

/// Puts the groups of these mentions together.
fn join(groups: &mut HashMap<&str, usize>, ids: &[&str]) {
    let old: HashSet<usize> = ids.iter().map(|id| groups[id]).collect();
    let new = old.iter().copied().min().unwrap_or_default();
    groups.values_mut().filter(|group| old.contains(group)).for_each(|group| *group = new);
}

fn marked<'l>(
    id: &'l str,
    [kind, start, end]: [&str; 3],
    words: &'l str,
    line: usize,
    text: &Text,
) -> Result<Marked<'l>, String> {
    let number = |cell: &str| cell.parse().map_err(|_| format!("a number was expected in place of `{cell}`"));
    let place = Place { start: number(start)?, end: number(end)? };
    let there = if place.start < place.end { text.get(place) } else { None };
    // a line has no room for the line breaks of its words
    if there.is_none_or(|there| !there.split_whitespace().eq(words.split_whitespace())) {
        return Err(format!("at {start} {end} the text has `{}`, not `{words}`", there.unwrap_or_default()));
    }
    let kind = match kind {
        "quote" => None,
        _ => Some(EntityType::from_name(kind).ok_or_else(|| {
            let known = EntityType::ALL.map(EntityType::as_str).join(", ");
            format!("no entity type is called `{kind}`; there are {known}, and `quote`")
        })?),
    };
    Ok(Marked { id, kind, place, words, line })
}
