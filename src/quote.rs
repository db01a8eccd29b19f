//! Direct quotes and who said them.

use crate::entity::{Entities, EntityIndex};
use crate::mention::quotations;
use crate::relation::{Discourse, Reader};
use crate::schema::EntityType;
use crate::syntax::{ItemKind, Parse, Voice};
use crate::text::document::Document;
use crate::text::layout::Zone;
use crate::text::lexicon::{Classes, Lexicon};
use std::ops::Range;

/// A quote found.
pub(crate) struct Found {
    pub(crate) tokens: Range<usize>,
    pub(crate) speaker: Option<EntityIndex>,
}

/// All direct quotes of a document.
pub(crate) fn find(
    doc: &Document<'_>,
    lexicon: &Lexicon,
    entities: &mut Entities,
    parses: &[Parse],
    mut discourse: Discourse,
) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut last: Option<(usize, Option<EntityIndex>)> = None;
    let quotes: Vec<Range<usize>> =
        quotations(doc).into_iter().filter(|q| is_speech(doc, lexicon, entities, q)).collect();
    let mut covered_to = 0;
    for (n, tokens) in quotes.iter().enumerate() {
        if tokens.start < covered_to {
            continue; // nested
        }
        covered_to = tokens.end;
        let Some(first) = doc.sentence_of(tokens.start - 1) else { continue };
        let final_sentence = doc.sentence_of(tokens.end).unwrap_or(first);
        let next_quote = quotes.get(n + 1).map_or(usize::MAX, |q| q.start);
        // whom the text was about before the quote, for `it said`
        discourse.subjects = discourse.history.get(first).cloned().unwrap_or_default();
        let mut reader = Reader { doc, lexicon, entities, discourse: &mut discourse, aside: tokens.clone() };
        let mut speaker = speaker_in(&mut reader, &parses[first], tokens, next_quote);
        if speaker.is_none() && final_sentence != first {
            speaker = speaker_in(&mut reader, &parses[final_sentence], tokens, next_quote);
        }
        // a bare quote: what the one before began, what the sentence before announces, or whom the text is about
        let paragraph = doc.sentences[first].paragraph;
        if speaker.is_none() {
            speaker = match last {
                Some((p, s)) if paragraph <= p + 1 => s,
                _ => first.checked_sub(1).and_then(|before| announced(&mut reader, &parses[before])),
            };
        }
        if speaker.is_none() && tokens.start <= doc.sentences[first].start + 1 {
            speaker = reader.discourse.subjects.clone().into_iter().find(|&e| is_speaker(&reader, e));
        }
        last = Some((doc.sentences[final_sentence].paragraph, speaker));
        if speaker.is_some() {
            out.push(Found { tokens: tokens.clone(), speaker });
        }
    }
    out
}

/// Speech, and no title, theme or scare quote: three words or more, not a name.
fn is_speech(doc: &Document<'_>, lexicon: &Lexicon, entities: &Entities, tokens: &Range<usize>) -> bool {
    let words: Vec<usize> = tokens.clone().filter(|&i| doc.tokens[i].is_word()).collect();
    if words.len() < 3
        || tokens.start == 0
        || doc.sentence_of(tokens.start).is_none_or(|s| doc.sentences[s].zone == Zone::Furniture)
    {
        return false;
    }
    if let Some(m) = entities.mention_at(tokens.start) {
        let mention = &entities.mentions[m];
        if mention.tokens.end + 1 >= tokens.end
            && matches!(
                mention.kind,
                EntityType::Theme | EntityType::Instrument | EntityType::Programme | EntityType::Event
            )
        {
            return false;
        }
    }
    // all capitals: a title
    let lower = words.iter().filter(|&&i| !doc.is_capital(i) && !doc.class(i).any(Classes::FUNCTION)).count();
    let _ = lexicon;
    lower >= 1
}

/// The speaker that the sentence itself names: `X said “…”`, `“…,” X said`, `“…,” said X`, `according to X`.
fn speaker_in(
    reader: &mut Reader<'_, '_>,
    parse: &Parse,
    quote: &Range<usize>,
    next_quote: usize,
) -> Option<EntityIndex> {
    let doc = reader.doc;
    // verbs outside the quote, the nearest to it first
    let mut verbs: Vec<(usize, usize)> = (0..parse.verbs.len())
        .filter_map(|v| {
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
        .filter(|&(_, v)| parse.verbs[v].main < next_quote)
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
    for (i, item) in parse.items.iter().enumerate() {
        if doc.is(item.tokens.start, "according")
            && let Some(p) = (i + 1..i + 4).find_map(|k| parse.phrase_at_item(k))
            && let Some(&speaker) = reader.referents(parse, p).iter().find(|&&e| is_speaker(reader, e))
        {
            return Some(speaker);
        }
    }
    let phrases = before.map_or(Vec::new(), |v| parse.subject(doc, v));
    phrases.into_iter().find_map(|p| reader.referents(parse, p).into_iter().find(|&e| is_speaker(reader, e)))
}

/// The sentence before: `X said:`
fn announced(reader: &mut Reader<'_, '_>, parse: &Parse) -> Option<EntityIndex> {
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

fn is_speaker(reader: &Reader<'_, '_>, entity: EntityIndex) -> bool {
    let kind = reader.entities.list[entity].kind;
    kind.is_agent() || matches!(kind, EntityType::Role | EntityType::Instrument | EntityType::Place)
}
