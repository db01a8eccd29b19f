//! What counts as right, a case a line. Annotations, and what is found, are written in short form, items separated by `;`:
//!
//! - `m state Malaysia, Malaysian`: an entity with its id, type and surfaces; `m?` is optional, `m~` has no name, `May#2` is the
//!   second occurrence only
//! - `held_at t k|s planned on:d`: a relation, with either of two targets, a status and a qualifier; `held_at?` is optional
//! - `"We are ready" m`: a quote, by its first words, and its speaker

use crate::annotation::{Annotation, Fault};
use crate::figures::Figures;
use crate::found::{self, Found};
use crate::judge::{Aspect, Judgement, Outcome, judge};
use crate::text::{Place, Text};
use crate::{brat, json};
use dateline::EntityType;
use serde_json::{Value, json};

/// Why, the text, what is annotated, what is found, and what is told of it.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

const NAMES: &[Case] = &[
    ("the same place and type", "Malaysia spoke.", "m state Malaysia", "m state Malaysia", "right state Malaysia"),
    (
        "another type",
        "Kuching spoke.",
        "k place Kuching",
        "k state Kuching",
        "missed place Kuching, extra state Kuching",
    ),
    (
        "another place",
        "New Clark City spoke.",
        "c place New Clark City",
        "c place Clark",
        "missed place New Clark City, extra place Clark",
    ),
    ("every occurrence counts", "ASEAN is ASEAN.", "a body ASEAN", "", "missed body ASEAN, missed body ASEAN"),
    ("but not within a word", "ASEANAPOL joined ASEAN’s talks.", "a body ASEAN", "a body ASEAN", "right body ASEAN"),
    (
        "a longer surface covers",
        "An ASEAN Summit of ASEAN.",
        "a body ASEAN; s event ASEAN Summit",
        "",
        "missed event ASEAN Summit, missed body ASEAN",
    ),
    (
        "of equally long ones the first",
        "Laos Thai Laos.",
        "a state Laos Thai; b state Thai Laos, Laos",
        "",
        "missed state Laos Thai, missed state Laos",
    ),
    (
        "only this occurrence",
        "May left in May.",
        "p person May#1; d date May#2",
        "p person May#1",
        "right person May, missed date May",
    ),
    ("optional, and found", "Malaysia spoke.", "m? state Malaysia", "m state Malaysia", ""),
    ("optional, and not found", "Malaysia spoke.", "m? state Malaysia", "", ""),
    ("optional, and partly found", "Harbour Watch spoke.", "h? organisation Harbour Watch", "h place Harbour", ""),
    ("a common noun is no name", "The workshop ended.", "w~ event workshop", "", ""),
    ("nor an error as a name", "The Workshop ended.", "w~ event Workshop", "w event Workshop", ""),
    ("nor asked of what is found", "The workshop ended.", "", "w~ event workshop", ""),
];

const OVERLAPS: &[Case] = &[
    (
        "a part is enough",
        "New Clark City spoke.",
        "c place New Clark City",
        "c place Clark",
        "right place New Clark City",
    ),
    (
        "but not of another type",
        "Clark City spoke.",
        "c place Clark City",
        "c person Clark",
        "missed place Clark City, extra person Clark",
    ),
    (
        "each but once",
        "Ann Lee spoke.",
        "a person Ann Lee",
        "a person Ann; b person Lee",
        "right person Ann Lee, extra person Lee",
    ),
];

const COARSE: &[Case] = &[
    ("an agency is an organisation", "DICT spoke.", "d agency DICT", "d organisation DICT", "right ORG DICT"),
    ("a state is a place", "Singapore spoke.", "s state Singapore", "s place Singapore", "right LOC Singapore"),
    ("what has no coarse type is not counted", "The Penang Forum met.", "f event Penang Forum", "", ""),
    ("nor is what is found there", "The Penang Forum met.", "f event Penang Forum", "p place Penang", ""),
];

const TALKS: &str = "Malaysia, Japan: talks in Kuching, Sarawak, on Monday. Malaysia left.";
const SIDES: &str =
    "m state Malaysia; j state Japan; t~ event talks; k place Kuching; s place Sarawak; d date Monday; ";

/// Relations of [`TALKS`] between [`SIDES`]: why, what is annotated, what is found, and what is told of it.
const RELATIONS: &[(&str, &str, &str, &str)] = &[
    ("the same", "hosted_by t m", "hosted_by t m", "right hosted_by talks → Malaysia"),
    ("another one", "hosted_by t m", "led_by t m", "extra led_by talks → Malaysia, missed hosted_by talks → Malaysia"),
    (
        "the other way round",
        "hosted_by t m",
        "hosted_by m t",
        "extra hosted_by Malaysia → talks, missed hosted_by talks → Malaysia",
    ),
    ("where both ways say the same", "met_with m j", "met_with j m", "right met_with Japan → Malaysia"),
    ("one of a list", "held_at t k|s", "held_at t s", "right held_at talks → Sarawak"),
    (
        "both of a list count once",
        "held_at t k|s",
        "held_at t k; held_at t s",
        "right held_at talks → Kuching, again held_at talks → Sarawak",
    ),
    ("none of a list", "held_at t k|s", "", "missed held_at talks → Kuching"),
    ("optional, and found", "held_at? t k", "held_at t k", ""),
    ("optional, and not found", "held_at? t k", "", ""),
    ("what is not annotated", "", "held_on t d", "extra held_on talks → Monday"),
];

const STATUSES: &[(&str, &str, &str, &str)] = &[
    (
        "asserted unless said otherwise",
        "hosted_by t m",
        "hosted_by t m",
        "right hosted_by talks → Malaysia is asserted",
    ),
    ("the same", "hosted_by t m planned", "hosted_by t m planned", "right hosted_by talks → Malaysia is planned"),
    ("another", "hosted_by t m planned", "hosted_by t m", "extra hosted_by talks → Malaysia is planned, not asserted"),
    ("not asked of what is wrong", "hosted_by t m planned", "hosted_by t j", ""),
    ("nor of what is optional", "hosted_by? t m planned", "hosted_by t m", ""),
];

const QUALIFIERS: &[(&str, &str, &str, &str)] = &[
    ("the same", "led_by t m on:d", "led_by t m on:d", "right on Monday of led_by"),
    ("one of a list", "led_by t m at:k|s", "led_by t m at:s", "right at Sarawak of led_by"),
    ("another", "led_by t m at:k", "led_by t m at:s", "extra at Sarawak of led_by, missed at Kuching of led_by"),
    (
        "another kind",
        "led_by t m at:k",
        "led_by t m at_event:k",
        "extra at_event Kuching of led_by, missed at Kuching of led_by",
    ),
    ("where nobody looked for any", "led_by t m", "led_by t m on:d", ""),
    ("not asked of what is wrong", "led_by t m on:d", "led_by t j on:d", ""),
];

const LINKS: &[Case] = &[
    ("together", "ASEAN Forum (AF).", "f event ASEAN Forum, AF", "f event ASEAN Forum, AF", "right ASEAN Forum = AF"),
    (
        "torn apart",
        "ASEAN Forum (AF).",
        "f event ASEAN Forum, AF",
        "f event ASEAN Forum; a event AF",
        "missed ASEAN Forum = AF",
    ),
    ("mixed up", "MOH met DOH.", "m agency MOH; d agency DOH", "m agency MOH, DOH", "extra MOH = DOH"),
    ("the same words once", "MOH met MOH.", "m agency MOH", "m agency MOH", ""),
    ("not asked of what is not found", "ASEAN Forum (AF).", "f event ASEAN Forum, AF", "f event ASEAN Forum", ""),
];

const SPEECH: &str = "Malaysia said: “We are ready.” Japan said: “So are we all.”";

const QUOTES: &[(&str, &str, &str, &str)] = &[
    ("its first words are enough", "\"We are\" m", "\"We are ready.\" m", "right We are"),
    ("another speaker", "\"We are ready.\" m", "\"We are ready.\" j", "missed We are ready., extra We are ready."),
    ("one of a list", "\"So are\" m|j", "\"So are we all.\" j", "right So are"),
    ("not found", "\"We are\" m", "\"So are we all.\" j", "missed We are, extra So are we all."),
];

#[test]
fn names_are_compared_at_their_place() {
    check(NAMES, Aspect::Exact, false);
}

#[test]
fn names_that_overlap_are_compared_one_to_one() {
    check(OVERLAPS, Aspect::Overlap, false);
}

#[test]
fn coarse_types_are_those_of_general_recognisers() {
    check(COARSE, Aspect::Exact, true);
}

#[test]
fn names_of_one_thing_belong_together() {
    check(LINKS, Aspect::Link, false);
}

#[test]
fn relations_are_compared_by_what_their_sides_are() {
    check_between(TALKS, SIDES, RELATIONS, Aspect::Relation);
}

#[test]
fn the_status_is_asked_of_relations_that_are_right() {
    check_between(TALKS, SIDES, STATUSES, Aspect::Status);
}

#[test]
fn qualifiers_are_asked_of_relations_that_are_right() {
    check_between(TALKS, SIDES, QUALIFIERS, Aspect::Qualifier);
}

#[test]
fn quotes_are_compared_with_their_speaker() {
    check_between(SPEECH, "m state Malaysia; j state Japan; ", QUOTES, Aspect::Quote);
}

/// Two entities found may be one to the annotator; one found may be nothing.
#[test]
fn an_entity_found_is_the_annotated_one_with_which_it_shares_most() {
    let annotated = format!("{SIDES}hosted_by t m");
    let torn = "m state Malaysia#1; n state Malaysia#2; t~ event talks; hosted_by t m; hosted_by t n";
    let told = "right hosted_by talks → Malaysia, again hosted_by talks → Malaysia";
    assert_eq!(compared(TALKS, &annotated, torn, Aspect::Relation, false), told);
    let wider = "m state Malaysia, Japan; t~ event talks; hosted_by t m";
    assert_eq!(compared(TALKS, &annotated, wider, Aspect::Relation, false), "right hosted_by talks → Malaysia");
    let nothing = "l person left; t~ event talks; hosted_by t l";
    let told = "extra hosted_by talks → left, missed hosted_by talks → Malaysia";
    assert_eq!(compared(TALKS, &annotated, nothing, Aspect::Relation, false), told);
}

#[test]
fn rules_are_counted_by_the_relations_that_they_found() {
    let annotated = format!("{SIDES}held_at t k|s; held_at? t m; led_by t m");
    let found = format!("{SIDES}held_at t k; held_at t s; held_at t m; held_at t j; led_by t m planned");
    let mut figures = Figures::default();
    judged(TALKS, &annotated, &found, false).iter().for_each(|judgement| figures.add(judgement));
    assert_eq!(figures.measured(), "rule\tright\tcount\nheld_at/test\t2\t3\nled_by/test\t1\t1\n");
}

#[test]
fn precision_and_recall_are_shares_of_what_was_found_and_annotated() {
    let mut figures = Figures::default();
    let judgements =
        judged("Malaysia met Japan.", "m state Malaysia; j state Japan; p person met", "m state Malaysia", false);
    judgements.iter().for_each(|judgement| figures.add(judgement));
    let names = figures.total(Aspect::Exact);
    assert_eq!((names.precision(), names.recall(), names.f1()), (1.0, 1.0 / 3.0, 0.5));
    let quotes = figures.total(Aspect::Quote);
    assert_eq!((quotes.precision(), quotes.recall(), quotes.f1()), (0.0, 0.0, 0.0));
}

/// Faults of annotations of `Malaysia met Japan.` in JSON, and what is told of them.
const FAULTS_OF_JSON: &[(&str, &str)] = &[
    ("{", "1:1: EOF while parsing an object"),
    (
        r#"{"entities": [], "relation": []}"#,
        "1:27: unknown field `relation`, expected one of `entities`, `relations`, `quotes`",
    ),
    (
        "{\"entities\": [\n  {\"id\": \"m\", \"type\": \"country\", \"surfaces\": []}]}",
        "2:31: unknown variant `country`, expected one of `state`, `place`",
    ),
    (
        r#"{"entities": [{"id": "m", "type": "state", "surfaces": ["Malaya"]}]}"#,
        "1:57: the text does not have the words `Malaya`",
    ),
    (
        r#"{"entities": [{"id": "m", "type": "state", "surfaces": [{"text": "Malaysia", "only": [2]}, "Malaysia"]}]}"#,
        "1:66: the text has `Malaysia` 1 times, and `only` asks for 2",
    ),
    (
        r#"{"entities": [{"id": "m", "type": "event", "surfaces": ["Malaysia met"]}, {"id": "s", "type": "state", "surfaces": ["Malaysia"]}]}"#,
        "1:82: `s` is nowhere in the text, or longer surfaces cover it",
    ),
    (
        r#"{"entities": [{"id": "m", "type": "state", "surfaces": [7]}]}"#,
        "1:58: a surface was expected: words of the text, or",
    ),
    (
        "{\"entities\": [{\"id\": \"m\", \"type\": \"country\", \"surfaces\": []},\n  {\"id\": \"j\", \"type\": \"state\"},\n  {\"id\": \"k\", \"type\": \"state\", \"surfaces\": [\"Kuching\"]}],\n\"relations\": [\n  {\"type\": \"met_with\", \"source\": \"m\", \"target\": \"x\"}, {\"type\": \"met_with\", \"source\": \"m\"}],\n  \"quotes\": [7]}",
        "1:43: unknown variant `country`, expected one of `state`, `place`, `agency`, `body`, `organisation`, `person`, `role`, `event`, `instrument`, `programme`, `date`, `theme`
2:30: missing field `surfaces`
3:45: the text does not have the words `Kuching`
5:49: no entity has the id `x`
5:89: missing field `target`
6:14: invalid type: integer `7`, expected struct QuoteItem",
    ),
    (
        r#"{"entities": [], "relations": [{"type": "met_with", "source": "m", "target": []}]}"#,
        "1:63: no entity has the id `m`\n a list of ids is empty",
    ),
    (
        r#"{"entities": [], "quotes": [{"starts": "We are", "speaker": []}]}"#,
        " a list of ids is empty\n1:40: the text does not have the words `We are`",
    ),
];

#[test]
fn faults_of_json_are_told_with_their_place() {
    check_faults(FAULTS_OF_JSON, json::read);
}

/// Faults of standoff annotations of `Malaysia met Japan.`, and what is told of them.
const FAULTS_OF_BRAT: &[(&str, &str)] = &[
    ("T1\tstate 0 8\tMalaya", "1:1: at 0 8 the text has `Malaysia`, not `Malaya`"),
    ("T1\tstate 0 80\tMalaysia", "1:1: at 0 80 the text has ``, not `Malaysia`"),
    ("T1\tstate 0 3;5\tMal", "1:1: a type, a start and an end were expected"),
    ("T1\tstate 0 3;5 8\tMal sia", "1:1: at 0 8 the text has `Malaysia`, not `Mal sia`"),
    ("\nT1\tcountry 0 8\tMalaysia", "2:1: no entity type is called `country`"),
    ("T1\tstate 0 8\tMalaysia\nR1\tmet_with Arg1:T1 Arg2:T2", "2:1: `T1` and `T2` are not both mentions"),
    ("T1\tstate 0 8\tMalaysia\nT2\tplace 0 5\tMalay", "2:1: `Malay` overlaps another mention"),
    ("R1\tmet_with T1 T2", "1:1: `Arg1:T…` and `Arg2:T…` were expected"),
    ("*\tCoref T1 T2", "1:1: no mention has the id `T1`"),
    ("A1\tStatus R1 likely", "1:1: `asserted`, `planned`, `negated` or `former` was expected"),
    (
        "A1\tStatus R1 planned\nA2\tOptional T7",
        "1:1: no mention or relation has the id `R1`\n2:1: no mention or relation has the id `T7`",
    ),
    ("T1\tstate 0 8\tMalaysia\nT1\tstate 13 18\tJapan", "2:1: another line has the id `T1`"),
    ("Malaysia", "1:1: `Malaysia` is no mention, relation, coreference, attribute or note"),
];

#[test]
fn faults_of_brat_are_told_with_their_line() {
    check_faults(FAULTS_OF_BRAT, brat::read);
}

#[test]
fn both_forms_say_the_same() {
    let text = Text::new("Malaysia (MY) will host talks.\nIt said: “We are\nready.” They may meet Japan.".to_owned());
    let standoff = "\
T1\tstate 0 8\tMalaysia
T2\tstate 10 12\tMY
T3\tevent 24 29\ttalks
T4\tstate 70 75\tJapan
T5\tquote 41 47;48 54\tWe are ready.
R1\thosted_by Arg1:T3 Arg2:T2
R2\tspeaker Arg1:T5 Arg2:T1
R3\tmet_with Arg1:T1 Arg2:T4
*\tCoref T1 T2
A1\tStatus R1 planned
A2\tNominal T3
A3\tOptional T4
A4\tOptional R3
#1\tAnnotatorNotes T4\tno more than a possibility
";
    let short = "m state Malaysia, MY; t~ event talks; j? state Japan; hosted_by t m planned; met_with? m j; \"We are\nready.\" m";
    let from_standoff = brat::read(standoff, &text).expect("it is well-formed");
    let from_json = json::read(&written(short).to_string(), &text).expect("it is well-formed");
    assert_eq!(format!("{from_standoff:#?}"), format!("{from_json:#?}"));
}

fn check(cases: &[Case], aspect: Aspect, coarse: bool) {
    for (why, text, annotated, found, told) in cases {
        assert_eq!(compared(text, annotated, found, aspect, coarse), *told, "{why}");
    }
}

fn check_between(text: &str, sides: &str, cases: &[(&str, &str, &str, &str)], aspect: Aspect) {
    for (why, annotated, found, told) in cases {
        let (annotated, found) = (format!("{sides}{annotated}"), format!("{sides}{found}"));
        assert_eq!(compared(text, &annotated, &found, aspect, false), *told, "{why}");
    }
}

fn check_faults(cases: &[(&str, &str)], read: fn(&str, &Text) -> Result<Annotation, Vec<Fault>>) {
    let text = Text::new("Malaysia met Japan.".to_owned());
    for (file, expected) in cases {
        let faults = read(file, &text).expect_err(file);
        let told = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(told.starts_with(expected), "{file}\n{told}\ninstead of\n{expected}");
    }
}

/// What is told of one aspect.
fn compared(text: &str, annotated: &str, found: &str, aspect: Aspect, coarse: bool) -> String {
    let judgements = judged(text, annotated, found, coarse);
    let own = judgements.iter().filter(|judgement| judgement.aspect == aspect);
    let told = own.map(|judgement| {
        let outcome = match judgement.outcome {
            Outcome::Right => "right",
            Outcome::Again => "again",
            Outcome::Missed => "missed",
            Outcome::Extra => "extra",
        };
        match aspect {
            Aspect::Link | Aspect::Quote => format!("{outcome} {}", judgement.what),
            _ => format!("{outcome} {} {}", judgement.label, judgement.what),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}

fn judged(text: &str, annotated: &str, found: &str, coarse: bool) -> Vec<Judgement> {
    let text = Text::new(text.to_owned());
    judge(&text, &read(annotated, &text), &as_found(&read(found, &text)), coarse)
}

fn read(short: &str, text: &Text) -> Annotation {
    json::read(&written(short).to_string(), text).unwrap_or_else(|faults| panic!("{short}: {faults:?}"))
}

/// An annotation as if the extractor had found it; each relation by a rule `NAME/test`.
fn as_found(annotation: &Annotation) -> Found {
    let entities = annotation.entities.iter().enumerate().map(|(index, entity)| found::Entity {
        kind: entity.kind,
        named: entity.named,
        name: entity.name.clone(),
        mentions: annotation.places(&[index]).map(|place| found::Mention { place, reference: false }).collect(),
    });
    let relations = annotation.relations.iter().map(|relation| found::Relation {
        name: relation.name.clone(),
        source: relation.source[0],
        target: relation.target[0],
        status: relation.status,
        qualifiers: relation.qualifiers.iter().flatten().map(|q| (q.name.clone(), q.entity[0])).collect(),
        rules: vec![format!("{}/test", relation.name)],
        trigger: Place { start: 0, end: 1 },
    });
    let quotes = annotation.quotes.iter().map(|q| found::Quote { place: q.place, speaker: q.speaker.first().copied() });
    Found { entities: entities.collect(), relations: relations.collect(), quotes: quotes.collect() }
}

/// The short form as JSON.
fn written(short: &str) -> Value {
    let (mut entities, mut relations, mut quotes) = (Vec::new(), Vec::new(), Vec::new());
    for item in short.split(';').map(str::trim).filter(|item| !item.is_empty()) {
        let mut words = item.splitn(3, ' ');
        let (first, second, rest) =
            (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
        if let Some(quote) = item.strip_prefix('"') {
            let (starts, speaker) = quote.rsplit_once("\" ").expect("words and a speaker");
            quotes.push(json!({"starts": starts, "speaker": ids(speaker)}));
        } else if EntityType::from_name(second).is_some() {
            entities.push(json!({
                "id": first.trim_end_matches(['?', '~']), "type": second, "named": !first.ends_with('~'),
                "optional": first.ends_with('?'), "surfaces": rest.split(", ").map(surface).collect::<Value>(),
            }));
        } else {
            relations.push(relation(first, second, rest));
        }
    }
    json!({"entities": entities, "relations": relations, "quotes": quotes})
}

fn surface(words: &str) -> Value {
    match words.split_once('#') {
        Some((text, number)) => json!({"text": text, "only": [number.parse::<usize>().expect("a number")]}),
        None => words.into(),
    }
}

fn relation(name: &str, source: &str, rest: &str) -> Value {
    let mut words = rest.split(' ');
    let target = ids(words.next().expect("a target"));
    let (qualifiers, status): (Vec<&str>, Vec<&str>) = words.partition(|word| word.contains(':'));
    let mut out = json!({"type": name.trim_end_matches('?'), "source": ids(source), "target": target});
    out["optional"] = name.ends_with('?').into();
    out["status"] = (*status.first().unwrap_or(&"asserted")).into();
    let qualifier = |word: &&str| word.split_once(':').map(|(name, of)| json!({"type": name, "entity": ids(of)}));
    if !qualifiers.is_empty() {
        out["qualifiers"] = qualifiers.iter().filter_map(qualifier).collect();
    }
    out
}

fn ids(either: &str) -> Value {
    either.split('|').collect()
}
