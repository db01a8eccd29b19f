//! What holds for every text, however damaged. Failing texts are kept in `tests/properties.regressions` and tried first;
//! `PROPTEST_CASES=20000 cargo test --release --test properties` looks further.

use dateline::output::{Json, Offsets};
use dateline::{Entity, Extraction, Extractor, Span};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::FileFailurePersistence;
use serde_json::Value;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(2000),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_gives_a_sound_result(text in any_text()) {
        sound(&text, &extract(&text))?;
    }

    #[test]
    fn any_words_of_the_trade_give_a_sound_result(text in words_of_the_trade()) {
        sound(&text, &extract(&text))?;
    }

    #[test]
    fn a_damaged_statement_gives_a_sound_result(text in damaged_statement()) {
        sound(&text, &extract(&text))?;
    }

    #[test]
    fn the_same_text_gives_the_same_result(text in damaged_statement()) {
        prop_assert_eq!(extract(&text), extract(&text));
    }

    #[test]
    fn all_units_of_offsets_point_at_the_same_words(text in prop_oneof![damaged_statement(), words_of_the_trade()]) {
        let found = extract(&text);
        let bytes = json(&text, &found, Offsets::Bytes);
        let chars = |at: usize| text[..at].chars().count();
        let utf16 = |at: usize| text[..at].encode_utf16().count();
        prop_assert_eq!(json(&text, &found, Offsets::Chars), moved(&bytes, &chars));
        prop_assert_eq!(json(&text, &found, Offsets::Utf16), moved(&bytes, &utf16));
    }

    #[test]
    fn line_ends_of_windows_change_no_entity(text in part_of_a_statement()) {
        prop_assert_eq!(names(&extract(&text.replace('\n', "\r\n"))), names(&extract(&text)));
    }

    #[test]
    fn decomposed_letters_change_no_entity(text in part_of_a_statement()) {
        let composed: String = text.nfc().collect();
        prop_assert_eq!(names(&extract(&text.nfd().collect::<String>())), names(&extract(&composed)));
    }

    #[test]
    fn plain_apostrophes_change_no_entity(text in part_of_a_statement()) {
        let plain = |text: &str| text.replace('’', "'");
        let same = |found: &Extraction| names(found).iter().map(|name| plain(name)).collect::<Vec<_>>();
        // a mark that closes a quote is none
        prop_assume!(!text.contains('‘'));
        prop_assert_eq!(same(&extract(&plain(&text))), same(&extract(&text)));
    }

    #[test]
    fn plain_double_quotes_change_no_entity(text in part_of_a_statement()) {
        let plain = |text: &str| text.replace(['“', '”'], "\"");
        let same = |found: &Extraction| names(found).iter().map(|name| plain(name)).collect::<Vec<_>>();
        prop_assert_eq!(same(&extract(&plain(&text))), same(&extract(&text)));
    }

    // between words without blanks a dash parts them, and a hyphen joins them: no statement has one there
    #[test]
    fn plain_dashes_change_no_entity(text in part_of_a_statement()) {
        let plain = |text: &str| text.replace(['–', '—', '‐', '‑'], "-");
        let same = |found: &Extraction| names(found).iter().map(|name| plain(name)).collect::<Vec<_>>();
        prop_assert_eq!(same(&extract(&plain(&text))), same(&extract(&text)));
    }

    #[test]
    fn hyphens_that_do_not_break_change_no_entity(text in part_of_a_statement(), hyphen in select(&['‐', '‑'])) {
        let same = |found: &Extraction| names(found).iter().map(|name| name.replace(hyphen, "-")).collect::<Vec<_>>();
        prop_assert_eq!(same(&extract(&text.replace('-', &hyphen.to_string()))), same(&extract(&text)));
    }

    #[test]
    fn blanks_that_do_not_break_change_no_entity(text in part_of_a_statement(), at: Vec<Index>) {
        prop_assert_eq!(names(&extract(&with_hard_blanks(&text, &at))), names(&extract(&text)));
    }
}

#[test]
fn threads_that_share_an_extractor_find_the_same() {
    let alone: Vec<Extraction> = STATEMENTS.iter().map(|text| extract(text)).collect();
    let together = std::thread::scope(|scope| {
        let read = || STATEMENTS.iter().map(|text| extract(text)).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(read)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no thread fails")).collect::<Vec<_>>()
    });
    assert!(!alone.is_empty() && together.iter().all(|found| *found == alone));
}

#[test]
fn a_sentence_without_end_gives_a_sound_result() {
    for text in [
        "Malaysia met Japan; ",
        "Mr Tan said, “We are ready, ",
        "Minister of Trade and ",
        "he said ",
        "ประเทศไทย",
        "A.A.",
    ] {
        let text = text.repeat(4000);
        sound(&text, &extract(&text)).expect("a sound result");
    }
}

#[test]
fn a_neutral_paragraph_before_it_shifts_a_text_and_changes_nothing_else() {
    for text in WITHOUT_REFERENCE_BEFORE {
        for paragraph in [
            "Nothing of note was seen here.\n\n",
            "It rained, and then it rained more.\n\n",
            "Ça va très bien – “so so”.\n\n",
        ] {
            let shift = |span: Span| Span::new(span.start + paragraph.len(), span.end + paragraph.len());
            assert_eq!(extract(&format!("{paragraph}{text}")), shifted(extract(text), shift), "{paragraph}{text}");
        }
    }
}

/// Texts in which nothing points to what was said before, and whose first line is no headline or dateline.
const WITHOUT_REFERENCE_BEFORE: [&str; 5] = [
    "Malaysia will host the 46th ASEAN Summit in Kuala Lumpur on 26 May 2025.",
    "The workshop was led by Thailand and supported by the ASEAN Secretariat.\n\nViet Nam and Japan signed a Memorandum of Understanding on Food Safety.",
    "The Cyber Security Agency of Singapore (CSA) organised the exercise in collaboration with the National Cyber Security Agency of Malaysia.",
    "Deputy Foreign Minister Sihasak Phuangketkeow met with Ambassador Robert Godec in Bangkok on Monday.",
    "“We welcome every partner to the table,” said Secretary-General of ASEAN Kao Kim Hourn at the forum in Jakarta.",
];

fn extract(text: &str) -> Extraction {
    Extractor::bundled().extract(text)
}

/// What every result keeps: spans within the text, at letters, in order; numbers of entities that exist.
fn sound(text: &str, found: &Extraction) -> Result<(), TestCaseError> {
    for span in spans(found) {
        prop_assert!(text.get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?} is no place of the text");
    }
    let mut taken: Vec<Span> = Vec::new();
    for (id, entity) in found.entities.iter().enumerate() {
        prop_assert_eq!(entity.id, id);
        prop_assert!(!entity.mentions.is_empty() && !entity.name.is_empty(), "{entity:?} is nowhere");
        prop_assert!(
            entity.mentions.is_sorted_by(|a, b| a.span.start <= b.span.start),
            "{:?} are not in order",
            entity.mentions
        );
        taken.extend(entity.mentions.iter().map(|m| m.span));
    }
    taken.sort();
    prop_assert!(taken.is_sorted_by(|a, b| !a.overlaps(*b)), "mentions overlap: {taken:?}");
    let known = |id: usize| id < found.entities.len();
    for relation in &found.relations {
        prop_assert!(
            known(relation.source) && known(relation.target) && relation.source != relation.target,
            "{relation:?}"
        );
        prop_assert!(!relation.evidence.is_empty(), "{relation:?} has no proof");
        for evidence in &relation.evidence {
            let (sentence, parts) = (evidence.sentence, [Some(evidence.trigger), evidence.source, evidence.target]);
            let mut parts = parts.into_iter().chain([evidence.cue]).flatten();
            // a date may run on over the end of its line
            prop_assert!(parts.all(|part| sentence.overlaps(part)), "{evidence:?}");
        }
        prop_assert!(relation.qualifiers.iter().all(|q| known(q.entity)), "{relation:?}");
    }
    prop_assert!(found.quotes.iter().filter_map(|q| q.speaker).all(known));
    prop_assert!(found.dateline.iter().flat_map(|d| d.place.into_iter().chain(d.date)).all(known));
    Ok(())
}

fn spans(found: &Extraction) -> Vec<Span> {
    let mentions =
        found.entities.iter().flat_map(|e| &e.mentions).flat_map(|m| m.honorifics.into_iter().chain([m.span]));
    let evidence = found.relations.iter().flat_map(|r| &r.evidence);
    let proofs = evidence.flat_map(|e| [Some(e.trigger), Some(e.sentence), e.source, e.target, e.cue]).flatten();
    let qualifiers = found.relations.iter().flat_map(|r| &r.qualifiers).map(|q| q.span);
    let relations = proofs.chain(qualifiers);
    let others = found.quotes.iter().map(|q| q.span).chain(found.dateline.iter().map(|d| d.span));
    mentions.chain(relations).chain(others).collect()
}

/// Types and names of the entities. Of two spellings that differ in case alone, either may be the name.
fn names(found: &Extraction) -> Vec<String> {
    let name = |e: &Entity| format!("{} {}", e.entity_type, e.name.nfc().collect::<String>().to_lowercase());
    found.entities.iter().map(name).collect()
}

fn shifted(mut found: Extraction, shift: impl Fn(Span) -> Span) -> Extraction {
    for mention in found.entities.iter_mut().flat_map(|e| &mut e.mentions) {
        mention.span = shift(mention.span);
        mention.honorifics = mention.honorifics.map(&shift);
    }
    for relation in &mut found.relations {
        relation.qualifiers.iter_mut().for_each(|q| q.span = shift(q.span));
        for evidence in &mut relation.evidence {
            evidence.trigger = shift(evidence.trigger);
            evidence.sentence = shift(evidence.sentence);
            for part in [&mut evidence.source, &mut evidence.target, &mut evidence.cue] {
                *part = part.map(&shift);
            }
        }
    }
    found.quotes.iter_mut().for_each(|q| q.span = shift(q.span));
    found.dateline.iter_mut().for_each(|d| d.span = shift(d.span));
    found
}

/// The result as JSON, without the name of the unit.
fn json(text: &str, found: &Extraction, offsets: Offsets) -> Value {
    let mut value = serde_json::to_value(Json::new(found, text, offsets)).unwrap_or_default();
    value.as_object_mut().map(|fields| fields.remove("offsets"));
    value
}

/// The same JSON with every position in another unit.
fn moved(value: &Value, unit: &dyn Fn(usize) -> usize) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| moved(item, unit)).collect(),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| match value.as_u64() {
                Some(at) if name == "start" || name == "end" => (name.clone(), unit(at as usize).into()),
                _ => (name.clone(), moved(value, unit)),
            };
            Value::Object(fields.iter().map(field).collect())
        }
        other => other.clone(),
    }
}

/// The statements of the tests, with line ends of one kind.
static STATEMENTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/statements");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).map(|text| text.replace("\r\n", "\n")).collect()
});

/// What scrapers, converters and people leave in texts, and what the reader of statements looks for.
const FRAGMENTS: &[&str] = &[
    "’s",
    "'s",
    "U.S.",
    "U.S",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "\u{0}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{202e}",
    "e\u{301}",
    "\u{301}",
    "🇲🇾",
    "👩‍💻",
    "\r",
    "\n",
    "\r\n",
    "\n\n",
    "\u{2028}",
    "\t",
    "  ",
    "“",
    "”",
    "\"",
    "‘",
    "(",
    ")",
    "[",
    "—",
    "–",
    "-",
    ",",
    ";",
    ":",
    ".",
    "...",
    "…",
    "?",
    "&",
    "/",
    "•",
    "Malaysia",
    "ASEAN",
    "MFA",
    "H.E.",
    "Dr.",
    "Datuk Seri",
    "Minister",
    "Prime Minister of",
    "Ministry of",
    "the",
    "and",
    "of",
    "by",
    "on 3",
    "May",
    "2025",
    "Oct. 6",
    "15-17 July",
    "KUALA LUMPUR, Oct 6 —",
    "it said",
    "he",
    "its",
    "who",
    "which",
    "led by",
    "will",
    "not",
    "met with",
    "signed",
    "former",
    "in conjunction with",
    "46th ASEAN Summit",
    "Memorandum of Understanding",
    "(MoU)",
    "Viet Nam",
    "Việt Nam",
    "កម្ពុជា",
    "ประเทศไทย",
    "မြန်မာ",
    "中国",
    "ﬁ",
    "İ",
    "ß",
    "Please enter your comment!",
];

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,200}",
        proptest::collection::vec(any::<char>(), 0..200).prop_map(String::from_iter)
    ]
}

fn words_of_the_trade() -> impl Strategy<Value = String> {
    let glue = select(vec![" ", " ", " ", "", "\n"]);
    proptest::collection::vec((select(FRAGMENTS), glue), 0..60)
        .prop_map(|parts| parts.iter().flat_map(|(word, glue)| [*word, *glue]).collect())
}

/// Some paragraphs of a statement.
fn part_of_a_statement() -> impl Strategy<Value = String> {
    (any::<Index>(), any::<Index>(), 1..5_usize).prop_map(|(which, from, count)| {
        let paragraphs: Vec<&str> = which.get(&STATEMENTS).split("\n\n").collect();
        let from = from.index(paragraphs.len());
        paragraphs[from..paragraphs.len().min(from + count)].join("\n\n")
    })
}

#[derive(Clone, Debug)]
enum Damage {
    Delete(Index, usize),
    Insert(Index, &'static str),
    Replace(Index, char),
    DoubleLine(Index),
    Decompose,
    Shout(Index, usize),
    CutOff(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        3 => (any::<Index>(), 1..40_usize).prop_map(|(at, len)| Damage::Delete(at, len)),
        4 => (any::<Index>(), select(FRAGMENTS)).prop_map(|(at, fragment)| Damage::Insert(at, fragment)),
        2 => (any::<Index>(), any::<char>()).prop_map(|(at, c)| Damage::Replace(at, c)),
        1 => any::<Index>().prop_map(Damage::DoubleLine),
        1 => Just(Damage::Decompose),
        1 => (any::<Index>(), 1..80_usize).prop_map(|(at, len)| Damage::Shout(at, len)),
        1 => any::<Index>().prop_map(Damage::CutOff),
    ]
}

fn damaged_statement() -> impl Strategy<Value = String> {
    (part_of_a_statement(), proptest::collection::vec(damage(), 0..12))
        .prop_map(|(text, damages)| damages.iter().fold(text, hurt))
}

fn hurt(text: String, damage: &Damage) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: &Index| index.index(chars.len() + 1);
    let split = |at: usize, len: usize| {
        let end = chars.len().min(at + len);
        [&chars[..at], &chars[at..end], &chars[end..]].map(String::from_iter)
    };
    match damage {
        Damage::Delete(index, len) => {
            let [before, _, after] = split(at(index), *len);
            before + &after
        }
        Damage::Insert(index, fragment) => {
            let [before, _, after] = split(at(index), 0);
            before + fragment + &after
        }
        Damage::Replace(index, c) => {
            let [before, _, after] = split(at(index), 1);
            format!("{before}{c}{after}")
        }
        Damage::DoubleLine(index) => {
            let lines: Vec<&str> = text.split('\n').collect();
            let at = index.index(lines.len());
            [&lines[..=at], &lines[at..]].concat().join("\n")
        }
        Damage::Decompose => text.nfd().collect(),
        Damage::Shout(index, len) => {
            let [before, middle, after] = split(at(index), *len);
            before + &middle.to_uppercase() + &after
        }
        Damage::CutOff(index) => split(at(index), 0)[0].clone(),
    }
}

/// The text with some blanks between words made such that do not break.
fn with_hard_blanks(text: &str, at: &[Index]) -> String {
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    let hard: Vec<usize> = at.iter().filter(|_| !blanks.is_empty()).map(|index| *index.get(&blanks)).collect();
    text.char_indices().map(|(at, c)| if hard.contains(&at) { '\u{a0}' } else { c }).collect()
}
