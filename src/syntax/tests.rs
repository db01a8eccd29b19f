//! Sentences and the items they fall into. `N` noun phrase, `V` verb group (`P` passive, `i` infinitive, `-` without tense),
//! `p` preposition, `&` and, `,` comma, `R` relative, `S` subordinator, `a` adverb.

use super::{ItemKind, Parse, Voice};
use crate::Extractor;

fn render(text: &str) -> String {
    let extractor = Extractor::bundled();
    let mut out = Vec::new();
    extractor.parse_for_tests(text, |texts, parse| out.push(show(texts, parse)));
    out.join(" / ")
}

fn show(texts: &[&str], parse: &Parse<'_>) -> String {
    let mut out = Vec::new();
    for (item, &text) in parse.items.iter().zip(texts) {
        out.push(match item.kind {
            ItemKind::Phrase(p) => format!("N[{text}]{}", if parse.phrases[p].is_date { "d" } else { "" }),
            ItemKind::Verb(v) => {
                let verb = &parse.verbs[v];
                let passive = if verb.voice == Voice::Passive { "P" } else { "" };
                let tense = if verb.infinitive {
                    "i"
                } else if verb.finite {
                    ""
                } else {
                    "-"
                };
                format!("V{passive}{tense}[{text}]")
            }
            ItemKind::Preposition => format!("p[{text}]"),
            ItemKind::And => "&".into(),
            ItemKind::Comma => ",".into(),
            ItemKind::Relative => format!("R[{text}]"),
            ItemKind::Subordinator => format!("S[{text}]"),
            ItemKind::Adverb => format!("a[{text}]"),
            _ => text.into(),
        });
    }
    out.join(" ")
}

#[test]
#[cfg_attr(miri, ignore)] // reads all tables: hours
fn a_sentence_falls_into_items() {
    for (text, items) in [
        (
            "The workshop was jointly organised by Malaysia and Japan.",
            "N[The workshop] VP[was jointly organised] p[by] N[Malaysia] & N[Japan] .",
        ),
        ("Malaysia hosts the forum.", "N[Malaysia] V[hosts] N[the forum] ."),
        (
            "Led by Thailand, the delegation will visit Brunei.",
            "VP-[Led] p[by] N[Thailand] , N[the delegation] V[will visit] N[Brunei] .",
        ),
        (
            "The Philippines agreed to support the proposed plan.",
            "N[The Philippines] V[agreed] Vi[to support] N[the proposed plan] .",
        ),
        (
            "Officials of Laos, who met in Hanoi, signed it.",
            "N[Officials] p[of] N[Laos] , R[who] V[met] p[in] N[Hanoi] , V[signed] N[it] .",
        ),
    ] {
        assert_eq!(render(text), items, "{text}");
    }
}

/// Prints the parse of `DATELINE_TEXT`, for whoever writes rules: `DATELINE_TEXT='…' cargo test --lib show_parse -- --nocapture`
#[test]
#[cfg_attr(miri, ignore)] // reads all tables: hours
#[allow(clippy::print_stdout)]
fn show_parse() {
    if let Ok(text) = std::env::var("DATELINE_TEXT") {
        println!("{}", render(&text));
    }
}
