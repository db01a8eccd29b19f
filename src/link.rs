//! Which line of the tables a person is, by post, state and day: `Minister Wong` in a text of 2015 is another than in one
//! of 2024.

use crate::entity::{Entities, EntityIndex};
use crate::few;
use crate::gazetteer::Gazetteer;
use crate::relation::{Fact, RuleSet};
use crate::schema::{EntityType, Status};
use crate::text::document::Document;
use crate::text::lexicon::WordId;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// Gives persons who hold a post in the text their lines of the tables, where post, name and day leave one.
pub(crate) fn office_holders(
    doc: &Document<'_>,
    gazetteer: &Gazetteer,
    entities: &mut Entities,
    facts: &[Fact],
    day: Date,
    rules: &RuleSet,
) {
    let day = day.to_string();
    let mut states: FxHashMap<EntityIndex, Vec<&str>> = FxHashMap::default();
    for fact in facts.iter().filter(|fact| fact.relation(rules) == "role_at") {
        let of = entities.list[fact.target].entries.first().map(|&e| gazetteer.entry(e).states());
        states.entry(fact.source).or_default().extend(of.into_iter().flatten());
    }
    let mut named: FxHashMap<EntityIndex, Vec<WordId>> = FxHashMap::default();
    for fact in facts.iter().filter(|fact| fact.relation(rules) == "holds_role" && fact.status == Status::Asserted) {
        let person = fact.source;
        if entities.list[person].kind != EntityType::Person || entities.list[person].entries.len() == 1 {
            continue;
        }
        let names = named.entry(person).or_insert_with(|| longest_name(doc, entities, person));
        let post = post_words(doc, entities, fact.target);
        let of = states.get(&fact.target).map(Vec::as_slice).unwrap_or_default();
        let mut persons = gazetteer.offices.holders(names, &post, of, &day);
        // one, or those whom the tables name so and who were in office
        let known = &entities.list[person].entries;
        if !known.is_empty() {
            persons.retain(|p| known.contains(p));
        }
        if let [one] = persons[..] {
            entities.list[person].entries = few::one(one);
        }
    }
}

/// The words of the fullest mention of a person.
fn longest_name(doc: &Document<'_>, entities: &Entities, person: EntityIndex) -> Vec<WordId> {
    let mentions = &entities.list[person].mentions;
    let longest = mentions.iter().max_by_key(|&&m| entities.mentions[m].tokens.len());
    longest.into_iter().flat_map(|&m| words(doc, entities, m)).map(|token| doc.words[token]).collect()
}

/// The folded words of the first mention of a post.
fn post_words(doc: &Document<'_>, entities: &Entities, post: EntityIndex) -> Vec<String> {
    let first = entities.list[post].mentions.first();
    first.into_iter().flat_map(|&m| words(doc, entities, m)).map(|token| doc.folded(token).to_owned()).collect()
}

/// The tokens of a mention that are words.
fn words(doc: &Document<'_>, entities: &Entities, mention: usize) -> impl Iterator<Item = usize> {
    entities.mentions[mention].tokens.clone().filter(|&token| doc.tokens[token].is_word())
}

#[cfg(test)]
mod tests {
    use crate::Extractor;
    use jiff::civil::date;

    #[test]
    #[cfg_attr(miri, ignore)] // reads all tables: hours
    fn a_post_and_a_day_tell_who_is_meant() {
        for (day, text, key) in [
            (date(2013, 6, 1), "The Prime Minister of Malaysia, Datuk Seri Najib, spoke.", Some("person:najib-razak")),
            (date(2024, 6, 1), "Singapore's Prime Minister Wong spoke.", Some("person:lawrence-wong")),
            (date(2012, 6, 1), "Singapore's Prime Minister Wong spoke.", None),
        ] {
            let found = Extractor::bundled().extract_on(text, day);
            let person = found.entities.iter().find(|e| e.entity_type == crate::EntityType::Person);
            assert_eq!(person.and_then(|p| p.key.as_deref()), key, "{day}: {text}");
        }
    }

    #[test]
    #[cfg_attr(miri, ignore)] // reads all tables: hours
    fn a_document_later_than_the_tables_says_so_once() {
        let warnings =
            |year| Extractor::bundled().extract_on("Malaysia and Japan met.", date(year, 1, 1)).warnings.len();
        assert_eq!((warnings(2020), warnings(2199)), (0, 1));
    }
}
