//! Who speaks: the one whom a sentence names beside a quote, and so who `I` and `we` are within it.

use super::referents::Reader;
use crate::entity::{Entities, EntityIndex};
use crate::few::Few;
use crate::schema::EntityType;
use crate::syntax::{ItemKind, Parse, Voice};
use crate::text::document::Document;
use crate::text::lexicon::Classes;
use crate::work;
use std::ops::Range;

/// How many sentences the title of a speech may be from the beginning.
const TITLE: usize = 12;

/// So many verbs before a quote may tell who says it: more of them are a sentence without end.
const MOST_VERBS: usize = 10;

/// `I`, `we`, `my`, `our`: whoever speaks.
pub(super) fn is_first_person(word: &str) -> bool {
    matches!(word, "i" | "we" | "my" | "our" | "us")
}

/// Who speaks where, as far as it has been read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Voices {
    quotes: Vec<Range<usize>>,
    /// Speaker of each quote, where known.
    speakers: Vec<Option<EntityIndex>>,
    /// Who speaks outside of quotes: whose speech the text is.
    author: Option<EntityIndex>,
}

impl Voices {
    pub(super) fn new(doc: &Document<'_>, entities: &Entities) -> Voices {
        // a word or two in quotation marks are nobody's speech
        let quotes: Vec<Range<usize>> = doc.quotations.iter().filter(|q| q.len() > 3).cloned().collect();
        Voices { speakers: vec![None; quotes.len()], quotes, author: author(doc, entities) }
    }

    /// Who says `I` or `we` at a token.
    pub(super) fn speaker_at(&self, token: usize) -> Option<EntityIndex> {
        let last = self.quotes.partition_point(|q| q.start <= token).checked_sub(1);
        match last.filter(|&n| self.quotes[n].contains(&token)) {
            Some(n) => self.speakers[n],
            None => self.author,
        }
    }
}

/// Finds the speakers of the quotes that stand in a sentence.
pub(super) fn listen(reader: &mut Reader<'_, '_>, parse: &Parse<'_>, sentence: usize) {
    let tokens = parse.tokens.clone();
    let voices = &reader.discourse.voices;
    let first = voices.quotes.partition_point(|q| q.end <= tokens.start);
    let last = voices.quotes.partition_point(|q| q.start < tokens.end);
    for n in first..last {
        let voices = &reader.discourse.voices;
        if voices.speakers[n].is_some() {
            continue;
        }
        let quote = voices.quotes[n].clone();
        let next = voices.quotes.get(n + 1).map_or(usize::MAX, |q| q.start);
        let before = n.checked_sub(1).and_then(|b| voices.speakers[b].map(|s| (voices.quotes[b].end, s)));
        let aside = std::mem::replace(&mut reader.aside, quote.clone());
        let named = speaker_in(reader, parse, &quote, next);
        reader.aside = aside;
        // a bare quote goes on with the speaker of the one before
        let paragraph = |token: usize| reader.doc.sentence_of(token).map(|s| reader.doc.sentences[s].paragraph);
        let goes_on = before
            .filter(|&(end, _)| paragraph(end - 1).is_some_and(|p| reader.doc.sentences[sentence].paragraph <= p + 1));
        let agent = named.filter(|&e| reader.entities.list[e].kind.is_agent());
        reader.discourse.voices.speakers[n] = agent.or(goes_on.map(|(_, speaker)| speaker).filter(|_| named.is_none()));
    }
}

/// `SPEECH OF PRESIDENT X`: the person whom the title of a text names as the one who speaks.
fn author(doc: &Document<'_>, entities: &Entities) -> Option<EntityIndex> {
    doc.sentences.iter().take(TITLE).find_map(|sentence| {
        let of = (sentence.start..sentence.end).find(|&t| {
            doc.class(t).any(Classes::SPEECH_NOUN) && t + 1 < sentence.end && matches!(doc.folded(t + 1), "of" | "by")
        })?;
        let near = (of + 2..sentence.end.min(of + 14))
            .find_map(|t| entities.entity_at(t).filter(|&e| entities.list[e].kind == EntityType::Person));
        near.filter(|_| doc.is_capital(of))
    })
}

/// The speaker that the sentence itself names: `X said “…”`, `“…,” X said`, `“…,” said X`, `according to X`.
pub(crate) fn speaker_in(
    reader: &mut Reader<'_, '_>,
    parse: &Parse<'_>,
    quote: &Range<usize>,
    next_quote: usize,
) -> Option<EntityIndex> {
    let doc = reader.doc;
    // verbs outside the quote, the nearest to it first
    let before = parse.verbs.partition_point(|v| v.main < quote.start);
    let mut verbs: Vec<(usize, usize)> = (before.saturating_sub(MOST_VERBS)..parse.verbs.len())
        .take_while(|&v| parse.verbs[v].main < next_quote)
        .filter_map(|v| {
            work::step();
            let at = parse.verbs[v].main;
            let distance = if at < quote.start {
                quote.start - at
            } else if at >= quote.end {
                at - quote.end + 1
            } else {
                return None;
            };
            (parse.verbs[v].speech || distance <= 4).then_some((distance, v))
        })
        .collect();
    // a verb of speech rather than any verb
    verbs.sort_by_key(|&(distance, v)| (!parse.verbs[v].speech, distance));
    for (_, v) in verbs {
        let group = &parse.verbs[v];
        if group.voice == Voice::Passive {
            continue;
        }
        let after_quote = group.main >= quote.end;
        // `said X`: right behind the quote, and the subject behind the verb
        let item = group.item;
        let inverted = after_quote
            && item > 0
            && parse.items[item].tokens.start <= quote.end + 2
            && matches!(parse.items[item - 1].kind, ItemKind::QuoteMark | ItemKind::Comma);
        let phrases = if inverted { parse.object(doc, v) } else { parse.subject(doc, v) };
        for p in phrases {
            let tokens = &parse.phrases[p].tokens;
            if tokens.start >= quote.start && tokens.end <= quote.end {
                continue;
            }
            if let Some(&speaker) = reader.referents(parse, p).iter().find(|&&e| is_speaker(reader, e)) {
                return Some(speaker);
            }
        }
    }
    // a fragment inside what somebody agreed, pledged, decided
    let before = (0..parse.verbs.len())
        .rev()
        .find(|&v| parse.verbs[v].finite && parse.verbs[v].main < quote.start && parse.verbs[v].voice == Voice::Active);
    // according to X
    for (i, item) in parse.items.iter().enumerate().filter(|(_, item)| item.kind == ItemKind::Preposition) {
        if doc.is(item.tokens.start, "according")
            && let Some(p) = (i + 1..i + 4).find_map(|k| parse.phrase_at_item(k))
            && let Some(&speaker) = reader.referents(parse, p).iter().find(|&&e| is_speaker(reader, e))
        {
            return Some(speaker);
        }
    }
    let phrases = before.map_or(Few::new(), |v| parse.subject(doc, v));
    phrases.into_iter().find_map(|p| reader.referents(parse, p).into_iter().find(|&e| is_speaker(reader, e)))
}

/// The sentence before: `X said:`
pub(crate) fn announced(reader: &mut Reader<'_, '_>, parse: &Parse<'_>) -> Option<EntityIndex> {
    for v in (0..parse.verbs.len()).rev() {
        if !parse.verbs[v].speech {
            continue;
        }
        for p in parse.subject(reader.doc, v) {
            if let Some(&speaker) = reader.referents(parse, p).iter().find(|&&e| is_speaker(reader, e)) {
                return Some(speaker);
            }
        }
    }
    None
}

pub(crate) fn is_speaker(reader: &Reader<'_, '_>, entity: EntityIndex) -> bool {
    let kind = reader.entities.list[entity].kind;
    kind.is_agent() || matches!(kind, EntityType::Role | EntityType::Instrument | EntityType::Place)
}
