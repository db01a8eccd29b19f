//! Lines that stand below each other and say something together: a name, the post, the employer; a division, its ministry.

use super::pattern::{Unit, Units};
use crate::entity::Entities;
use crate::schema::EntityType;
use crate::text::document::Document;
use crate::text::lexicon::Classes;
use crate::text::token::Kind;

/// Longest row in tokens, and longest block in rows.
const WIDEST: usize = 16;
const HIGHEST: usize = 200;

/// A run of rows: the number of the first one's sentence, and their units with a break between rows.
pub(super) struct Block {
    pub(super) sentence: usize,
    pub(super) units: Vec<Unit>,
}

impl Block {
    /// Whether a post and then the name of its holder are its first two rows.
    pub(super) fn begins_with_post(&self, entities: &Entities) -> bool {
        let mut rows = self.units.split(|unit| matches!(unit, Unit::Break)).map(|row| {
            row.iter().find_map(|unit| match unit {
                Unit::Mention(m) => Some(entities.mentions[*m].kind),
                _ => None,
            })
        });
        // whatever heads the list
        let first = rows.find(|kind| matches!(kind, Some(EntityType::Role | EntityType::Person)));
        first == Some(Some(EntityType::Role)) && rows.next() == Some(Some(EntityType::Person))
    }
}

/// All blocks of two rows or more.
pub(super) fn blocks(doc: &Document<'_>, units: &Units) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut open: Option<(Block, usize)> = None;
    for (n, sentence) in doc.sentences.iter().enumerate() {
        let row = (sentence.end - sentence.start <= WIDEST).then(|| units.of(n)).filter(|units| is_row(doc, units));
        match (row, &mut open) {
            (Some(row), Some((block, rows))) if *rows < HIGHEST => {
                block.units.push(Unit::Break);
                block.units.extend(row);
                *rows += 1;
            }
            (row, _) => {
                out.extend(open.take().filter(|(_, rows)| *rows > 1).map(|(block, _)| block));
                open = row.map(|units| (Block { sentence: n, units: units.to_vec() }, 1));
            }
        }
    }
    out.extend(open.filter(|(_, rows)| *rows > 1).map(|(block, _)| block));
    out
}

/// Names and what may stand between them on a line that is no sentence.
fn is_row(doc: &Document<'_>, units: &[Unit]) -> bool {
    let mut named = false;
    let fits = units.iter().all(|unit| match *unit {
        Unit::Mention(_) => {
            named = true;
            true
        }
        Unit::Token(t) => match doc.tokens[t].kind {
            Kind::Mark => !matches!(doc.word(t), "." | "?" | "!" | "“" | "\""),
            Kind::Number => true,
            _ => doc.class(t).any(Classes::FUNCTION) || doc.class(t).any(Classes::HONORIFIC) || doc.is_capital(t),
        },
        Unit::Break => false,
    });
    named && fits
}
