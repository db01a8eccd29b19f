//! The result as a value to serialise: the form that programs read.

use crate::extraction::{Dateline, Entity, Evidence, Extraction, Finding, Mention, Qualifier, Quote, Relation};
use crate::relation::Confidence;
use crate::span::Span;
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

/// The unit in which positions of the text are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Offsets {
    /// Unicode code points, as Python counts.
    #[default]
    Chars,
    /// Bytes of UTF-8, as Rust and Go count.
    Bytes,
    /// UTF-16 code units, as JavaScript, Java and C# count.
    Utf16,
}

impl Offsets {
    /// The unit of that name: `chars`, `bytes` or `utf16`.
    pub fn from_name(name: &str) -> Option<Offsets> {
        match name {
            "chars" => Some(Offsets::Chars),
            "bytes" => Some(Offsets::Bytes),
            "utf16" => Some(Offsets::Utf16),
            _ => None,
        }
    }
}

/// Turns byte positions of one text into another unit. Linear in the text to make, constant to ask.
struct Converter {
    /// Units before each block of 64 bytes; empty where bytes stay bytes.
    blocks: Vec<usize>,
    unit: Offsets,
}

const BLOCK: usize = 64;

impl Converter {
    fn new(text: &str, unit: Offsets) -> Converter {
        let mut blocks = Vec::new();
        if unit != Offsets::Bytes {
            let mut count = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                blocks.push(count);
                count += block.iter().map(|&byte| units(byte, unit)).sum::<usize>();
            }
            blocks.push(count);
        }
        Converter { blocks, unit }
    }

    fn at(&self, text: &str, byte: usize) -> usize {
        if self.unit == Offsets::Bytes {
            return byte;
        }
        let block = byte / BLOCK;
        let from = block * BLOCK;
        self.blocks[block.min(self.blocks.len() - 1)]
            + text.as_bytes()[from.min(text.len())..byte.min(text.len())]
                .iter()
                .map(|&b| units(b, self.unit))
                .sum::<usize>()
    }
}

/// Units that begin at a byte of UTF-8.
fn units(byte: u8, unit: Offsets) -> usize {
    let begins = usize::from(byte & 0xc0 != 0x80);
    match unit {
        Offsets::Utf16 if byte >= 0xf0 => 2,
        Offsets::Bytes => 1,
        _ => begins,
    }
}

/// An extraction together with its text, ready to be serialised by any `serde` format.
///
/// Fields: `doc` (where given), `offsets`, `dateline`, `entities`, `relations`, `quotes`; positions are half-open
/// `start`/`end` in the chosen unit.
///
/// # Example
/// ```
/// use dateline::{Extractor, output::{Json, Offsets}};
/// let text = "Malaysia will host the 46th ASEAN Summit.";
/// let found = Extractor::bundled().extract(text);
/// let json = serde_json::to_string(&Json::new(&found, text, Offsets::Chars)).unwrap();
/// assert!(json.contains(r#""name":"46th ASEAN Summit""#));
/// ```
pub struct Json<'j> {
    extraction: &'j Extraction,
    text: &'j str,
    converter: Converter,
    doc: Option<&'j str>,
}

impl<'j> Json<'j> {
    /// A view of `extraction`, which must have been made from `text`.
    pub fn new(extraction: &'j Extraction, text: &'j str, offsets: Offsets) -> Json<'j> {
        Json { extraction, text, converter: Converter::new(text, offsets), doc: None }
    }

    /// Adds the name of the document as the field `doc`.
    pub fn with_doc(mut self, doc: &'j str) -> Json<'j> {
        self.doc = Some(doc);
        self
    }

    fn span(&self, span: Span) -> Place<'_> {
        Place {
            start: self.converter.at(self.text, span.start),
            end: self.converter.at(self.text, span.end),
            text: span.of(self.text),
        }
    }

    /// Begins a map with a place: `start`, `end`, `text`.
    fn begin<S: Serializer>(&self, serializer: S, span: Span) -> Result<S::SerializeMap, S::Error> {
        let place = self.span(span);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("start", &place.start)?;
        map.serialize_entry("end", &place.end)?;
        map.serialize_entry("text", place.text)?;
        Ok(map)
    }
}

#[derive(Serialize)]
struct Place<'p> {
    start: usize,
    end: usize,
    text: &'p str,
}

/// Serialises a list whose items need the view.
struct List<'l, T>(&'l Json<'l>, &'l [T]);

/// One item of such a list.
struct Item<'i, T>(&'i Json<'i>, &'i T);

impl<'l, T> Serialize for List<'l, T>
where
    Item<'l, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.1.len()))?;
        for item in self.1 {
            seq.serialize_element(&Item(self.0, item))?;
        }
        seq.end()
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(doc) = self.doc {
            map.serialize_entry("doc", doc)?;
        }
        let unit = match self.converter.unit {
            Offsets::Chars => "chars",
            Offsets::Bytes => "bytes",
            Offsets::Utf16 => "utf16",
        };
        map.serialize_entry("offsets", unit)?;
        if let Some(dateline) = &self.extraction.dateline {
            map.serialize_entry("dateline", &Item(self, dateline))?;
        }
        map.serialize_entry("entities", &List(self, &self.extraction.entities))?;
        map.serialize_entry("relations", &List(self, &self.extraction.relations))?;
        map.serialize_entry("quotes", &List(self, &self.extraction.quotes))?;
        if !self.extraction.findings.is_empty() {
            map.serialize_entry("findings", &List(self, &self.extraction.findings))?;
        }
        if !self.extraction.warnings.is_empty() {
            map.serialize_entry("warnings", &self.extraction.warnings)?;
        }
        map.end()
    }
}

impl Serialize for Item<'_, Entity> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entity = self.1;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &entity.id)?;
        map.serialize_entry("type", &entity.entity_type)?;
        map.serialize_entry("name", &entity.name)?;
        map.serialize_entry("named", &entity.named)?;
        if let Some(key) = &entity.key {
            map.serialize_entry("key", key)?;
        }
        if !entity.candidates.is_empty() {
            map.serialize_entry("candidates", &entity.candidates)?;
        }
        if let Some(wikidata) = &entity.wikidata {
            map.serialize_entry("wikidata", wikidata)?;
        }
        if let Some(value) = &entity.value {
            map.serialize_entry("value", value)?;
        }
        map.serialize_entry("mentions", &List(self.0, &entity.mentions))?;
        map.end()
    }
}

impl Serialize for Item<'_, Mention> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = self.0.begin(serializer, self.1.span)?;
        map.serialize_entry("kind", if self.1.found == crate::Found::Reference { "reference" } else { "named" })?;
        map.serialize_entry("found", &self.1.found)?;
        if let Some(honorifics) = self.1.honorifics {
            map.serialize_entry("honorifics", honorifics.of(self.0.text))?;
        }
        map.end()
    }
}

impl Serialize for Item<'_, Relation> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let relation = self.1;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &relation.name)?;
        map.serialize_entry("source", &relation.source)?;
        map.serialize_entry("target", &relation.target)?;
        map.serialize_entry("status", &relation.status)?;
        if let Some(confidence) = relation.confidence {
            map.serialize_entry("confidence", &Measured::from(confidence))?;
        }
        if !relation.qualifiers.is_empty() {
            map.serialize_entry("qualifiers", &List(self.0, &relation.qualifiers))?;
        }
        map.serialize_entry("evidence", &List(self.0, &relation.evidence))?;
        map.end()
    }
}

#[derive(Serialize)]
struct Measured {
    precision: f64,
    count: u32,
}

impl From<Confidence> for Measured {
    fn from(confidence: Confidence) -> Measured {
        // three digits say all that a few hundred cases can
        Measured { precision: (confidence.precision() * 1000.0).round() / 1000.0, count: confidence.count }
    }
}

impl Serialize for Item<'_, Qualifier> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = self.0.begin(serializer, self.1.span)?;
        map.serialize_entry("type", &self.1.name)?;
        map.serialize_entry("entity", &self.1.entity)?;
        map.end()
    }
}

impl Serialize for Item<'_, Evidence> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let evidence = self.1;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", &evidence.rule)?;
        map.serialize_entry("trigger", &self.0.span(evidence.trigger))?;
        map.serialize_entry("sentence", &self.0.span(evidence.sentence))?;
        let parts = [("source", evidence.source), ("target", evidence.target), ("cue", evidence.cue)];
        for (part, span) in parts {
            if let Some(span) = span {
                map.serialize_entry(part, &self.0.span(span))?;
            }
        }
        map.serialize_entry("status", &evidence.status)?;
        map.end()
    }
}

impl Serialize for Item<'_, Quote> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = self.0.begin(serializer, self.1.span)?;
        map.serialize_entry("speaker", &self.1.speaker)?;
        map.end()
    }
}

impl Serialize for Item<'_, Finding> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = self.0.begin(serializer, self.1.span)?;
        map.serialize_entry("message", &self.1.message)?;
        map.end()
    }
}

impl Serialize for Item<'_, Dateline> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = self.0.begin(serializer, self.1.span)?;
        map.serialize_entry("place", &self.1.place)?;
        map.serialize_entry("date", &self.1.date)?;
        map.end()
    }
}
