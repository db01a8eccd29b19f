//! The stages wired together.

use crate::bundled;
use crate::calendar;
use crate::entity::{self, Entities};
use crate::error::{Error, Faults};
use crate::extraction::{
    Dateline, Entity, Evidence, Extraction, Finding, Mention, NearMiss, Qualifier, Quote, Relation,
};
use crate::gazetteer::{Gazetteer, Table, Tenure};
use crate::link;
use crate::mention::{self, Found};
use crate::quote;
use crate::relation::{self, Fact, Qualification, Rule, RuleSet, Trace};
use crate::schema::EntityType;
use crate::text::document::Document;
use crate::text::layout::Furniture;
use crate::text::lexicon::Lexicon;
use crate::text::token::Token;
use crate::work;
use jiff::civil::Date;
use once_cell::sync::Lazy;
#[cfg(feature = "rayon")]
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Reads texts. Built once, used for any number of texts, from any number of threads.
///
/// # Example
/// ```
/// let found = dateline::Extractor::bundled().extract("The workshop was led by Malaysia.");
/// let relation = &found.relations[0];
/// assert_eq!(relation.name, "led_by");
/// assert_eq!(found.entity(relation.target).name, "Malaysia");
/// ```
#[derive(Clone)]
pub struct Extractor {
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    furniture: Furniture,
    rules: RuleSet,
}

impl std::fmt::Debug for Extractor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // the tables would fill megabytes
        f.debug_struct("Extractor")
            .field("names", &self.gazetteer.size())
            .field("rules", &self.rules.rules.len())
            .finish_non_exhaustive()
    }
}

static BUNDLED: Lazy<Extractor> = Lazy::new(|| match Extractor::builder().build() {
    Ok(extractor) => extractor,
    // The tests build it from the same files; it cannot fail afterwards.
    Err(e) => unreachable!("the bundled data is faulty:\n{e}"),
});

impl Extractor {
    /// The extractor with the tables and rules that come with the crate. Made at the first call, then shared.
    pub fn bundled() -> &'static Extractor {
        &BUNDLED
    }

    /// Starts an extractor of one's own: bundled data, and what is added to it.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// Finds entities, relations and quotes. Never fails and never panics, whatever the text; linear in its length.
    ///
    /// Relative dates (`yesterday`) are resolved against the date of the dateline, or the first full date of the opening.
    pub fn extract(&self, text: &str) -> Extraction {
        self.extract_with(text, None, &mut Trace::default())
    }

    /// The same for a document whose day is known: relative dates are resolved against it.
    pub fn extract_on(&self, text: &str, day: Date) -> Extraction {
        self.extract_with(text, Some(day), &mut Trace::default())
    }

    /// The same for many texts on all processors, each text with what was found in it. The results keep the order of the texts
    /// where the iterator has one. Each thread holds one text at a time; what is collected is the caller's.
    ///
    /// Needs the feature `rayon`. Where each text has a day of its own, `map` an iterator of [`rayon`] with
    /// [`extract_on`](Extractor::extract_on) in the same way.
    ///
    /// # Example
    /// ```
    /// use dateline::Extractor;
    /// use rayon::prelude::*;
    ///
    /// let texts = ["Malaysia hosted the workshop.", "It rained.", "The workshop was led by Japan."];
    /// let found: Vec<_> = Extractor::bundled().par_extract(texts).collect();
    /// let relations: Vec<usize> = found.iter().map(|(_, found)| found.relations.len()).collect();
    /// assert_eq!(relations, [1, 0, 1]);
    ///
    /// // texts that come one after another, from a file or a channel, are read in any order
    /// let lines = "Malaysia hosted the workshop.\nIt rained.".lines().par_bridge();
    /// assert_eq!(Extractor::bundled().par_extract(lines).map(|(_, found)| found.relations.len()).sum::<usize>(), 1);
    /// ```
    #[cfg(feature = "rayon")]
    pub fn par_extract<I>(&self, texts: I) -> impl ParallelIterator<Item = (I::Item, Extraction)>
    where
        I: IntoParallelIterator<Item: AsRef<str>>,
    {
        texts.into_par_iter().map(|text| {
            let found = self.extract(text.as_ref());
            (text, found)
        })
    }

    /// The same, and why not: the rules whose trigger stands in the text but that found nothing there, in the order of the
    /// text. Costs little more than [`extract`](Extractor::extract).
    ///
    /// # Example
    /// ```
    /// let text = "Efforts of Malaysia to support farmers go on.";
    /// let (found, near_misses) = dateline::Extractor::bundled().explain(text, None);
    /// assert!(found.relations.is_empty());
    /// let near = near_misses.iter().find(|miss| miss.relation == "supports").unwrap();
    /// assert_eq!(near.obstacle.to_string(), "the verb is an infinitive that hangs on a noun");
    /// ```
    pub fn explain(&self, text: &str, day: Option<Date>) -> (Extraction, Vec<NearMiss>) {
        let mut trace = Trace { wanted: true, ..Trace::default() };
        let found = self.extract_with(text, day, &mut trace);
        let doc = Document::new(text, &self.lexicon, &self.furniture);
        let near_miss = |near: relation::Near| {
            let rule = &self.rules.rules[near.rule];
            NearMiss {
                rule: rule.id.clone(),
                relation: rule.relation.clone(),
                trigger: doc.span(near.trigger),
                sentence: doc.sentence_span(near.sentence),
                obstacle: near.obstacle,
            }
        };
        let mut misses: Vec<NearMiss> = trace.near.into_iter().map(near_miss).collect();
        misses.sort_by_key(|miss| (miss.trigger.start, miss.trigger.end));
        (found, misses)
    }

    fn extract_with(&self, text: &str, day: Option<Date>, trace: &mut Trace) -> Extraction {
        let doc = Document::new(text, &self.lexicon, &self.furniture);
        let mentions = mention::find(&doc, &self.gazetteer, &self.lexicon);
        let mut entities = entity::group(&doc, &self.gazetteer, mentions);
        let reading = relation::find(&doc, &self.lexicon, &self.gazetteer, &self.rules, &mut entities, trace);
        let quotes = quote::find(&doc, &self.lexicon, &mut entities, &reading.parses, reading.discourse);
        let day = day.or_else(|| calendar::day_of(&doc, &entities));
        if let Some(day) = day {
            link::office_holders(&doc, &self.gazetteer, &mut entities, &reading.facts, day, &self.rules);
        }
        self.result(&doc, &entities, &reading.facts, &quotes, day)
    }

    /// Runs all stages up to one, and tells how many things it gave. For the benchmarks.
    #[doc(hidden)]
    pub fn count(&self, text: &str, stage: Stage) -> usize {
        let doc = Document::new(text, &self.lexicon, &self.furniture);
        if stage == Stage::Document {
            return doc.tokens.len();
        }
        let mentions = mention::find(&doc, &self.gazetteer, &self.lexicon);
        if stage == Stage::Mentions {
            return mentions.len();
        }
        let mut entities = entity::group(&doc, &self.gazetteer, mentions);
        if stage == Stage::Entities {
            return entities.list.len();
        }
        let trace = &mut Trace::default();
        relation::find(&doc, &self.lexicon, &self.gazetteer, &self.rules, &mut entities, trace).facts.len()
    }

    /// Shows the parse of each sentence with the texts of its items.
    #[cfg(test)]
    pub(crate) fn parse_for_tests(&self, text: &str, mut show: impl FnMut(&[&str], &crate::syntax::Parse<'_>)) {
        let doc = Document::new(text, &self.lexicon, &self.furniture);
        let mentions = mention::find(&doc, &self.gazetteer, &self.lexicon);
        let entities = entity::group(&doc, &self.gazetteer, mentions);
        let parses = crate::syntax::parse(&doc, &self.lexicon, &entities);
        for sentence in 0..doc.sentences.len() {
            let parse = parses.of(sentence);
            let texts: Vec<&str> = parse.items.iter().map(|item| doc.span(item.tokens.clone()).of(text)).collect();
            show(&texts, &parse);
        }
    }

    /// All spells of office of the gazetteers, in the order of their tables.
    pub fn tenures(&self) -> &[Tenure] {
        self.gazetteer.tenures()
    }

    /// The rules of relations, in the order of their files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules.rules
    }

    /// What relations may be qualified by.
    pub fn qualifications(&self) -> &[Qualification] {
        &self.rules.qualifications
    }

    /// The fullest name of the text; for a state that is only there as an adjective, its name in the tables.
    fn name(&self, doc: &Document<'_>, entity: &entity::Entity, fullest: Option<&&mention::Mention>) -> String {
        match (fullest, entity.entries.first()) {
            (Some(mention), Some(&entry)) if mention.is_demonym() => self.gazetteer.entry(entry).name().to_owned(),
            (Some(mention), _) => words(doc, mention).into_owned(),
            (None, _) => String::new(),
        }
    }

    /// A fact as the result gives it; `number` has the ids of the entities.
    fn relation(&self, doc: &Document<'_>, fact: &Fact, number: &[usize]) -> Relation {
        let rule = |found: &relation::Found| &self.rules.rules[found.rule];
        let mut qualifiers: Vec<Qualifier> = Vec::new();
        let mut told_of = FxHashSet::default();
        for told in fact.evidence.iter().flat_map(|found| &found.qualifiers) {
            let name = &self.rules.qualifications[told.kind].name;
            let entity = number[told.entity];
            if told_of.insert((name, entity)) {
                qualifiers.push(Qualifier { name: name.clone(), entity, span: doc.span(told.tokens.clone()) });
            }
        }
        let mut evidence: Vec<Evidence> = fact.evidence.iter().map(|found| evidence(doc, rule(found), found)).collect();
        evidence.sort_by_key(|e| (e.trigger.start, e.trigger.end));
        let measured = fact.evidence.iter().filter_map(|found| self.rules.measured.get(&rule(found).id));
        Relation {
            name: fact.relation(&self.rules).to_owned(),
            source: number[fact.source],
            target: number[fact.target],
            status: fact.status,
            confidence: measured.max_by(|a, b| a.precision().total_cmp(&b.precision())).copied(),
            qualifiers,
            evidence,
        }
    }

    fn result(
        &self,
        doc: &Document<'_>,
        entities: &Entities,
        facts: &[Fact],
        quotes: &[quote::Found],
        day: Option<Date>,
    ) -> Extraction {
        let mut out = Extraction::default();
        // things without a name count only where a relation or a quote needs them
        let mut needed: Vec<bool> = entities.list.iter().map(|e| e.named).collect();
        for fact in facts {
            needed[fact.source] = true;
            needed[fact.target] = true;
            for qualifier in fact.evidence.iter().flat_map(|e| &e.qualifiers) {
                needed[qualifier.entity] = true;
            }
        }
        for quote in quotes {
            if let Some(speaker) = quote.speaker {
                needed[speaker] = true;
            }
        }
        let mut order: Vec<usize> = (0..entities.list.len()).filter(|&e| needed[e]).collect();
        let first =
            |e: usize| entities.list[e].mentions.iter().map(|&m| entities.mentions[m].tokens.start).min().unwrap_or(0);
        order.sort_by_key(|&e| first(e));
        let mut number = vec![0; entities.list.len()];
        for (id, &e) in order.iter().enumerate() {
            number[e] = id;
        }
        let mut mentions: Vec<&mention::Mention> = Vec::new();
        let mut entries = Vec::new();
        out.entities.reserve_exact(order.len());
        for (id, entity) in order.iter().map(|&e| &entities.list[e]).enumerate() {
            mentions.clear();
            mentions.extend(entity.mentions.iter().map(|&m| &entities.mentions[m]));
            mentions.sort_by_key(|m| m.tokens.start);
            let fullest = mentions.iter().filter(|m| !entity.named || m.found != Found::Reference).max_by_key(|m| {
                let length = length(&words(doc, m));
                let shouted = m.tokens.clone().any(|t| doc.is_shouted(t));
                (!m.is_demonym(), length, !shouted, std::cmp::Reverse(m.tokens.start))
            });
            let mut result = Entity {
                id,
                entity_type: entity.kind,
                named: entity.named,
                name: self.name(doc, entity, fullest),
                key: None,
                candidates: Vec::new(),
                wikidata: None,
                value: mentions
                    .iter()
                    .find_map(|m| m.date.as_ref().and_then(|d| calendar::value(doc, &m.tokens, d, day))),
                mentions: mentions
                    .iter()
                    .map(|m| Mention {
                        span: doc.span(m.tokens.clone()),
                        found: m.found,
                        honorifics: (!m.honorifics.is_empty()).then(|| doc.span(m.honorifics.clone())),
                    })
                    .collect(),
            };
            entries.clear();
            entries.extend(entity.entries.iter().map(|&e| self.gazetteer.entry(e)));
            result.link(&entries);
            out.entities.push(result);
        }
        out.day = day;
        if let Some(day) = day
            && day.to_string().as_str() > self.gazetteer.offices.last_day()
        {
            out.warnings.push(format!(
                "the document is of {day}; the tables of office holders end on {}",
                self.gazetteer.offices.last_day()
            ));
        }
        out.findings = entities
            .mentions
            .iter()
            .filter_map(|m| m.date.as_ref().and_then(|d| calendar::fault(doc, &m.tokens, d)))
            .map(|fault| Finding { span: doc.span(fault.tokens), message: fault.message })
            .collect();
        if let Some(tokens) = &doc.dateline {
            let within = |kind: EntityType| {
                tokens
                    .clone()
                    .find_map(|t| entities.entity_at(t).filter(|&e| entities.list[e].kind == kind))
                    .map(|e| number[e])
            };
            let place = within(EntityType::Place).or_else(|| within(EntityType::State));
            let date = within(EntityType::Date);
            if place.is_some() || date.is_some() {
                out.dateline = Some(Dateline { span: doc.span(tokens.clone()), place, date });
            }
        }
        out.relations = facts.iter().map(|fact| self.relation(doc, fact, &number)).collect();
        out.relations.sort_by_key(|r| (r.first().trigger.start, r.first().trigger.end));
        out.quotes = quotes
            .iter()
            .map(|q| Quote { span: doc.span(q.tokens.clone()), speaker: q.speaker.map(|e| number[e]) })
            .collect();
        out
    }
}

fn evidence(doc: &Document<'_>, rule: &Rule, found: &relation::Found) -> Evidence {
    work::steps(200);
    let span = |tokens: &Range<usize>| (!tokens.is_empty()).then(|| doc.span(tokens.clone()));
    Evidence {
        rule: rule.id.clone(),
        trigger: doc.span(found.trigger.clone()),
        sentence: doc.sentences_span(found.sentence, found.trigger.end),
        source: span(&found.source.tokens),
        target: span(&found.target.tokens),
        status: found.modality.status,
        cue: span(&found.modality.cue),
    }
}

/// The words of a mention, white space made one.
fn words<'t>(doc: &Document<'t>, mention: &mention::Mention) -> Cow<'t, str> {
    let words = doc.span(mention.tokens.clone()).of(doc.text);
    // most have single blanks already
    let blank = |pair: &[Token]| matches!(&doc.text[pair[0].end as usize..pair[1].start as usize], "" | " ");
    if doc.tokens[mention.tokens.clone()].windows(2).all(blank) {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The length of a text as a reader counts it.
fn length(text: &str) -> usize {
    // of ASCII only a line break has more letters than a reader sees, and there is none
    if text.is_ascii() { text.len() } else { text.graphemes(true).count() }
}

/// A stage of extracting.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Tokens, lines, sentences.
    Document,
    /// Names and what looks like one.
    Mentions,
    /// Mentions of one thing put together.
    Entities,
    /// Relations between them.
    Relations,
}

/// Makes an [`Extractor`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ExtractorBuilder {
    tables: Vec<Source>,
    without_bundled: bool,
    rules: Vec<(String, String)>,
    switched_off: Vec<String>,
}

impl ExtractorBuilder {
    /// Adds a table in the format of the bundled ones (see `gazetteers/README.md`). `file` is the name by which errors speak of it.
    pub fn table(mut self, table: Table, file: &str, text: &str) -> ExtractorBuilder {
        self.tables.push((Some(table), file.to_owned(), text.to_owned()));
        self
    }

    /// Adds lines of any tables as JSON Lines: objects with `table` (`agencies`), and columns of that table as strings or
    /// lists of strings.
    pub fn json_lines(mut self, file: &str, text: &str) -> ExtractorBuilder {
        self.tables.push((None, file.to_owned(), text.to_owned()));
        self
    }

    /// Adds rules in the format of the bundled ones (see `gazetteers/README.md`), for relations of any name.
    ///
    /// # Example
    /// ```
    /// let rules = r#"
    /// [[rule]]
    /// id = "mentors/verb"
    /// relation = "mentors"
    /// verbs = ["train"]
    /// source = "agent"
    /// source_types = ["agent"]
    /// target = "patient"
    /// target_types = ["agent"]
    /// examples = [{ text = "Japan trained Malaysia.", finds = ["Japan -> Malaysia"] }]
    /// counter = ["Japan left on a train."]
    /// "#;
    /// let extractor = dateline::Extractor::builder().rules("mine.toml", rules).build()?;
    /// let found = extractor.extract("Singapore will train the Royal Thai Police.");
    /// assert_eq!(found.relations[0].name, "mentors");
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn rules(mut self, file: &str, text: &str) -> ExtractorBuilder {
        self.rules.push((file.to_owned(), text.to_owned()));
        self
    }

    /// Takes the rule of this id out of use. An id that no rule has is a fault.
    pub fn without_rule(mut self, id: &str) -> ExtractorBuilder {
        self.switched_off.push(id.to_owned());
        self
    }

    /// Leaves the bundled tables of names out; words and rules stay.
    pub fn without_bundled_names(mut self) -> ExtractorBuilder {
        self.without_bundled = true;
        self
    }

    /// Builds it. Takes milliseconds with the bundled tables; with others all are read anew, a million names in seconds.
    ///
    /// # Errors
    /// When a table or a rule has a fault; all faults are told, with file, line and column, and nothing is half loaded.
    pub fn build(self) -> Result<Extractor, Error> {
        let mut faults = Faults::default();
        let furniture = bundled::furniture(&mut faults);
        let (mut lexicon, gazetteer) = if self.tables.is_empty() && !self.without_bundled {
            bundled::names()
        } else {
            names(self.tables, !self.without_bundled, &mut faults)
        };
        let mut rules = bundled::rules(&mut lexicon, &mut faults);
        for (file, text) in &self.rules {
            rules.add(file, text, &mut lexicon, &mut faults);
        }
        for id in &self.switched_off {
            if !rules.switch_off(id) {
                faults.push("rules", 0, Some(id), "no rule has this id");
            }
        }
        faults.into_result()?;
        rules.index(&mut lexicon);
        Ok(Extractor { lexicon, gazetteer, furniture, rules })
    }
}

/// A table, where one is named, else JSON Lines; the name of the file; the text.
type Source = (Option<Table>, String, String);

/// Words and names, of the bundled tables and of others. The texts are dropped as they are read.
fn names(others: Vec<Source>, bundled: bool, faults: &mut Faults) -> (Lexicon, Gazetteer) {
    let mut lexicon = bundled::lexicon(faults);
    let mut builder = bundled::gazetteer(&mut lexicon, bundled, faults);
    for (table, file, text) in others {
        match table {
            Some(table) => builder.add(table, &file, &text, &mut lexicon, faults),
            None => builder.add_json_lines(&file, &text, &mut lexicon, faults),
        }
    }
    let gazetteer = builder.build(&mut lexicon, faults);
    (lexicon, gazetteer)
}
