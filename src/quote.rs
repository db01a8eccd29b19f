//! Direct quotes and who said them.

use crate::entity::{Entities, EntityIndex};
use crate::relation::{Discourse, Reader, announced, is_speaker, speaker_in};
use crate::schema::EntityType;
use crate::syntax::Parses;
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
    parses: &Parses,
    mut discourse: Discourse,
) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut last: Option<(usize, Option<EntityIndex>)> = None;
    let quotes: Vec<Range<usize>> = doc.quotations.iter().filter(|q| is_speech(doc, entities, q)).cloned().collect();
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
        let mut speaker = speaker_in(&mut reader, &parses.of(first), tokens, next_quote);
        if speaker.is_none() && final_sentence != first {
            speaker = speaker_in(&mut reader, &parses.of(final_sentence), tokens, next_quote);
        }
        // a bare quote: what the one before began, what the sentence before announces, or whom the text is about
        let paragraph = doc.sentences[first].paragraph;
        if speaker.is_none() {
            speaker = match last {
                Some((p, s)) if paragraph <= p + 1 => s,
                _ => first.checked_sub(1).and_then(|before| announced(&mut reader, &parses.of(before))),
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
fn is_speech(doc: &Document<'_>, entities: &Entities, tokens: &Range<usize>) -> bool {
    let words = || tokens.clone().filter(|&i| doc.tokens[i].is_word());
    if words().take(3).count() < 3
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
    words().any(|i| !doc.is_capital(i) && !doc.class(i).any(Classes::FUNCTION))
}
