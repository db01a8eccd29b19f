//! Annotations as JSON: entities by their surfaces, relations and quotes by the ids of entities.

use crate::annotation::{self, Annotation, Entity, Fault, Mention, Qualifier, Quote, Relation};
use crate::text::Text;
use dateline::{EntityType, Status};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'f> {
    #[serde(borrow)]
    entities: Vec<&'f RawValue>,
    #[serde(borrow, default)]
    relations: Vec<&'f RawValue>,
    #[serde(borrow, default)]
    quotes: Vec<&'f RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityItem {
    id: String,
    r#type: EntityType,
    #[serde(default = "yes")]
    named: bool,
    #[serde(default)]
    optional: bool,
    surfaces: Vec<Surface>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a surface was expected: words of the text, or {\"text\": words, \"only\": [numbers]}")]
enum Surface {
    Everywhere(String),
    Chosen { text: String, only: Option<Vec<usize>> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationItem {
    r#type: String,
    source: Ids,
    target: Ids,
    #[serde(default)]
    status: Status,
    #[serde(default)]
    optional: bool,
    qualifiers: Option<Vec<QualifierItem>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QualifierItem {
    r#type: String,
    entity: Ids,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuoteItem {
    starts: String,
    speaker: Ids,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "the id of an entity was expected, or a list of ids")]
enum Ids {
    One(String),
    AnyOf(Vec<String>),
}

fn yes() -> bool {
    true
}

/// Reads an annotation of `text`, or tells all that is wrong with it.
pub(crate) fn read(file: &str, text: &Text) -> Result<Annotation, Vec<Fault>> {
    let parsed: File<'_> = serde_json::from_str(file).map_err(|e| vec![misread(&e, (1, 0))])?;
    let mut reader = Reader { file, text, ids: HashMap::new(), faults: Vec::new() };
    let annotation = reader.annotation(parsed);
    if reader.faults.is_empty() { Ok(annotation) } else { Err(reader.faults) }
}

/// What is wrong with a piece of JSON that stands behind so many lines, and bytes of its first line.
fn misread(error: &serde_json::Error, (line, bytes): (usize, usize)) -> Fault {
    let message = error.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what).to_owned();
    let column = error.column() + if error.line() == 1 { bytes } else { 0 };
    Fault { at: Some((line + error.line() - 1, column)), message: what }
}

struct Reader<'r> {
    file: &'r str,
    text: &'r Text,
    /// Index of each entity.
    ids: HashMap<String, usize>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn annotation(&mut self, parsed: File<'_>) -> Annotation {
        let mut out = Annotation::default();
        let mut candidates = Vec::new();
        let mut sound: Vec<(usize, String)> = Vec::new();
        for raw in parsed.entities {
            let index = out.entities.len();
            let Some(item) = self.item::<EntityItem>(raw) else {
                // it is there all the same, for those who name it
                let value: Option<Value> = serde_json::from_str(raw.get()).ok();
                self.ids.extend(value.and_then(|value| Some((value.get("id")?.as_str()?.to_owned(), index))));
                continue;
            };
            if self.ids.insert(item.id.clone(), index).is_some() {
                self.fault(&item.id, format!("two entities have the id `{}`", item.id));
            }
            let name = item.surfaces.first().map(|surface| surface.words().to_owned()).unwrap_or_default();
            let faults = self.faults.len();
            candidates.extend(item.surfaces.iter().flat_map(|surface| self.mentions(surface, index)));
            if self.faults.len() == faults {
                sound.push((index, item.id));
            }
            out.entities.push(Entity { kind: item.r#type, named: item.named, optional: item.optional, name });
        }
        out.mentions = annotation::longest(candidates);
        for (index, id) in sound {
            if out.places(&[index]).next().is_none() {
                self.fault(&id, format!("`{id}` is nowhere in the text, or longer surfaces cover it"));
            }
        }
        for raw in parsed.relations {
            let relation = self.item(raw).map(|item| self.relation(item));
            out.relations.extend(relation);
        }
        for raw in parsed.quotes {
            let quote = self.item(raw).and_then(|item| self.quote(item));
            out.quotes.extend(quote);
        }
        out
    }

    /// An item of a list; `None` where it is faulty, which is told.
    fn item<'i, T: Deserialize<'i>>(&mut self, raw: &'i RawValue) -> Option<T> {
        let read = serde_json::from_str(raw.get());
        read.map_err(|e| {
            let before = &self.file[..raw.get().as_ptr().addr() - self.file.as_ptr().addr()];
            let bytes = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
            self.faults.push(misread(&e, (before.matches('\n').count() + 1, bytes)));
        })
        .ok()
    }

    fn mentions(&mut self, surface: &Surface, entity: usize) -> Vec<Mention> {
        let words = surface.words();
        let places = self.text.occurrences(words);
        if places.is_empty() {
            self.fault(words, format!("the text does not have the words `{words}`"));
        }
        if let Some(number) = surface.only().into_iter().flatten().find(|&&n| n == 0 || n > places.len()) {
            self.fault(words, format!("the text has `{words}` {} times, and `only` asks for {number}", places.len()));
        }
        let chosen = |number: usize| surface.only().is_none_or(|only| only.contains(&number));
        let numbered = places.into_iter().enumerate().filter(|(n, _)| chosen(n + 1));
        numbered.map(|(_, place)| Mention { place, entity }).collect()
    }

    fn relation(&mut self, item: RelationItem) -> Relation {
        let qualifiers = item.qualifiers.map(|list| {
            let read = |q: QualifierItem| Qualifier { entity: self.entities(q.entity), name: q.r#type };
            list.into_iter().map(read).collect()
        });
        Relation {
            name: item.r#type,
            source: self.entities(item.source),
            target: self.entities(item.target),
            status: item.status,
            optional: item.optional,
            qualifiers,
        }
    }

    fn quote(&mut self, item: QuoteItem) -> Option<Quote> {
        let speaker = self.entities(item.speaker);
        let Some(byte) = self.text.as_str().find(&item.starts) else {
            self.fault(&item.starts, format!("the text does not have the words `{}`", item.starts));
            return None;
        };
        Some(Quote { place: self.text.place(byte, byte + item.starts.len()), speaker })
    }

    fn entities(&mut self, ids: Ids) -> Vec<usize> {
        let ids = match ids {
            Ids::One(id) => vec![id],
            Ids::AnyOf(ids) => ids,
        };
        if ids.is_empty() {
            self.faults.push(Fault { at: None, message: "a list of ids is empty".to_owned() });
        }
        let mut out = Vec::new();
        for id in ids {
            match self.ids.get(&id) {
                Some(&index) => out.push(index),
                None => self.fault(&id, format!("no entity has the id `{id}`")),
            }
        }
        out
    }

    /// A fault at the first place of the file that has this string.
    fn fault(&mut self, string: &str, message: String) {
        let quoted = Value::from(string).to_string();
        self.faults.push(Fault::near(self.file, &quoted, message));
    }
}

impl Surface {
    fn words(&self) -> &str {
        match self {
            Surface::Everywhere(text) | Surface::Chosen { text, .. } => text,
        }
    }

    /// The numbers of the occurrences that are meant, from 1; `None` for all.
    fn only(&self) -> Option<&Vec<usize>> {
        match self {
            Surface::Everywhere(_) => None,
            Surface::Chosen { only, .. } => only.as_ref(),
        }
    }
}
