//! Every rule finds what its examples say, and nothing in its counter-examples.

use dateline::{Extractor, Rule};

#[test]
fn every_rule_keeps_its_examples() {
    let extractor = Extractor::bundled();
    let mut failures = Vec::new();
    for rule in extractor.rules() {
        for example in &rule.examples {
            let found = pairs(extractor, rule, &example.text);
            for wanted in &example.finds {
                if !found.iter().any(|pair| same_pair(pair, wanted)) {
                    failures.push(format!("{}: `{}`: wanted {wanted}, found {}", rule.id, example.text, show(&found)));
                }
            }
            if found.len() > example.finds.len() {
                failures.push(format!(
                    "{}: `{}`: found more than {}: {}",
                    rule.id,
                    example.text,
                    example.finds.join(", "),
                    show(&found)
                ));
            }
        }
        for text in &rule.counter {
            let found = pairs(extractor, rule, text);
            if !found.is_empty() {
                failures.push(format!("{}: `{text}`: wanted nothing, found {}", rule.id, show(&found)));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// What a rule finds: for each relation, all the ways to write its source and its target.
fn pairs(extractor: &Extractor, rule: &Rule, text: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let found = extractor.extract(text);
    let names = |id: usize| found.entity(id).mentions.iter().map(|m| m.span.of(text).to_owned()).collect::<Vec<_>>();
    found
        .relations
        .iter()
        .filter(|r| r.evidence.iter().any(|e| e.rule == rule.id))
        .map(|r| (names(r.source), names(r.target)))
        .collect()
}

fn same_pair((source, target): &(Vec<String>, Vec<String>), wanted: &str) -> bool {
    let Some((a, b)) = wanted.split_once(" -> ") else { return false };
    let has = |names: &[String], name: &str| names.iter().any(|n| n == name);
    (has(source, a) && has(target, b)) || (has(source, b) && has(target, a))
}

fn show(found: &[(Vec<String>, Vec<String>)]) -> String {
    if found.is_empty() {
        return "nothing".into();
    }
    found.iter().map(|(a, b)| format!("{} -> {}", a.join("="), b.join("="))).collect::<Vec<_>>().join("; ")
}

#[test]
fn every_qualifier_is_found_in_its_examples_and_not_in_its_counter_examples() {
    let extractor = Extractor::bundled();
    let mut failures = Vec::new();
    for qualification in extractor.qualifications() {
        let told = |text: &str| -> Vec<String> {
            let found = extractor.extract(text);
            let all = found.relations.iter().flat_map(|r| r.qualifiers.iter().map(move |q| (r, q)));
            let own = all.filter(|(_, q)| q.name == qualification.name);
            own.map(|(r, q)| format!("{}: {}", r.name, q.span.of(text))).collect()
        };
        for example in &qualification.examples {
            let told = told(&example.text);
            if told.is_empty() || example.finds.iter().any(|wanted| !told.contains(wanted)) {
                failures.push(format!("{}: `{}`: found {told:?}", qualification.name, example.text));
            }
        }
        for text in &qualification.counter {
            let told = told(text);
            if !told.is_empty() {
                failures.push(format!("{}: `{text}`: wanted nothing, found {told:?}", qualification.name));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_rule_can_be_switched_off() {
    let found = |extractor: &Extractor| extractor.extract("The workshop was led by Malaysia.").relations.len();
    let without = Extractor::builder().without_rule("led_by/verb").build().expect("the rule is there");
    assert_eq!((found(Extractor::bundled()), found(&without)), (1, 0));
    // and no other of its kind with it
    let text = "Malaysia’s Ministry of Health spoke. The Ministry of Health of Japan spoke. Malaysia held talks in \
                collaboration with Laos. Japan held talks on behalf of Laos.";
    let found = |extractor: &Extractor| -> Vec<String> {
        let rules = extractor.extract(text).relations.into_iter().flat_map(|r| r.evidence).map(|e| e.rule);
        rules.collect()
    };
    let all = found(Extractor::bundled());
    for id in ["part_of/of", "in_collaboration_with/phrase"] {
        assert!(all.iter().any(|rule| rule == id), "{id}: {all:?}");
        let without = Extractor::builder().without_rule(id).build().expect("the rule is there");
        let found = found(&without);
        let changed: Vec<&String> = all.iter().filter(|rule| found.contains(rule) == (*rule == id)).collect();
        assert!(changed.is_empty(), "without {id}: {changed:?}");
    }
    let wrong = Extractor::builder().without_rule("led_by/none").build().expect_err("there is no such rule");
    assert_eq!(wrong.to_string(), "rules: led_by/none: no rule has this id");
}

#[test]
fn rules_with_faults_are_refused_with_their_place() {
    let rule = |lines: &str| {
        let common = "source_types = [\"agent\"]\ntarget_types = [\"event\"]\n";
        let proof = "examples = [{ text = \"a\", finds = [] }]\ncounter = [\"b\"]\n";
        format!("[[rule]]\n{lines}\n{common}{proof}")
    };
    for (text, told) in [
        (
            rule("id = \"x/a\"\nrelation = \"x\"\nverbs = [\"led\"]\nsource = \"agent\"\ntarget = \"patient\""),
            "m:2: x/a: verbs",
        ),
        (
            rule(
                "id = \"led_by/verb\"\nrelation = \"x\"\nverbs = [\"lead\"]\nsource = \"agent\"\ntarget = \"patient\"",
            ),
            "m:2: led_by/verb: id",
        ),
        (rule("id = \"x/b\"\nrelation = \"x\"\nverbs = [\"lead\"]\nsource = \"agent\""), "m:2: x/b: source"),
        (rule("id = \"x/c\"\nrelation = \"x\""), "m:2: x/c: trigger"),
        (rule("id = \"x/d\"\nrelation = \"x\"\nsauce = \"agent\""), "m:4: unknown field `sauce`"),
        (rule("id = \"x/e\"\nrelation = \"x\"\npatterns = [\"<source:role> <goal:person>\"]"), "m:2: x/e: patterns"),
        (
            "[[rule]]\nid = \"x/f\"\nrelation = \"x\"\nphrases = [\"as\"]\nsource = \"after\"\ntarget = \"before\"\n"
                .into(),
            "m:2: x/f: examples",
        ),
    ] {
        let error = Extractor::builder().rules("m", &text).build().expect_err(&text);
        assert!(error.to_string().starts_with(told), "{told}: {error}");
    }
}
