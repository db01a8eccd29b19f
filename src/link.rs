//! Which line of the tables a person is, by post, state and day: `Minister Wong` in a text of 2015 is another than in one
//! of 2024.

use crate::entity::{Entities, EntityIndex};
use crate::gazetteer::{EntryId, Gazetteer, Tenure};
use crate::relation::{Fact, RuleSet};
use crate::schema::{EntityType, Status};
use crate::text::document::Document;
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
    let mut states: FxHashMap<EntityIndex, Vec<String>> = FxHashMap::default();
    for fact in facts.iter().filter(|fact| fact.relation(rules) == "role_at") {
        let of = entities.list[fact.target].entries.first().map(|&e| gazetteer.entry(e).states.clone());
        states.entry(fact.source).or_default().extend(of.unwrap_or_default());
    }
    for fact in facts.iter().filter(|fact| fact.relation(rules) == "holds_role" && fact.status == Status::Asserted) {
        let person = fact.source;
        if entities.list[person].kind != EntityType::Person || entities.list[person].entries.len() == 1 {
            continue;
        }
        let names = longest_name(doc, entities, person);
        let posts = words(doc, entities, fact.target);
        let of = states.get(&fact.target).map(Vec::as_slice).unwrap_or_default();
        let fits = |tenure: &&Tenure| {
            (of.is_empty() || of.contains(&tenure.state))
                && tenure.covers_written(&day)
                && tenure.is_called(&posts)
                && gazetteer.person(&tenure.person).is_some_and(|p| {
                    let own = gazetteer.name_words(p);
                    names.iter().all(|n| own.contains(n))
                })
        };
        let mut persons: Vec<EntryId> =
            gazetteer.tenures.iter().filter(fits).filter_map(|t| gazetteer.person(&t.person)).collect();
        persons.sort_unstable();
        persons.dedup();
        // one, or those whom the tables name so and who were in office
        let known = &entities.list[person].entries;
        if !known.is_empty() {
            persons.retain(|p| known.contains(p));
        }
        if let [one] = persons[..] {
            entities.list[person].entries = vec![one];
        }
    }
}

/// The words of the fullest mention of a person.
fn longest_name(doc: &Document<'_>, entities: &Entities, person: EntityIndex) -> Vec<String> {
    let mentions = &entities.list[person].mentions;
    let longest = mentions.iter().max_by_key(|&&m| entities.mentions[m].tokens.len());
    longest.map_or(Vec::new(), |&m| mention_words(doc, entities, m))
}

fn words(doc: &Document<'_>, entities: &Entities, entity: EntityIndex) -> Vec<String> {
    let mentions = &entities.list[entity].mentions;
    mentions.first().map_or(Vec::new(), |&m| mention_words(doc, entities, m))
}

fn mention_words(doc: &Document<'_>, entities: &Entities, mention: usize) -> Vec<String> {
    let tokens = entities.mentions[mention].tokens.clone();
    tokens.filter(|&i| doc.tokens[i].is_word()).map(|i| doc.folded(i).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use crate::Extractor;
    use jiff::civil::date;

    #[test]
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
    fn a_document_later_than_the_tables_says_so_once() {
        let warnings =
            |year| Extractor::bundled().extract_on("Malaysia and Japan met.", date(year, 1, 1)).warnings.len();
        assert_eq!((warnings(2020), warnings(2199)), (0, 1));
    }
}
