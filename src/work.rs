//! Counts the steps of extracting, for the tests that bound its cost: each look at a word, an item, an element of a pattern. In a
//! build that is no test, nothing is counted.
//!
//! A step stands for some thirty instructions. What is dearer than a look, as a mention, an alias or a piece of evidence is,
//! counts as many steps as callgrind says.

#[cfg(test)]
thread_local!(static DONE: std::cell::Cell<usize> = const { std::cell::Cell::new(0) });

/// One step.
#[inline]
pub(crate) fn step() {
    steps(1);
}

/// Several of them.
#[inline]
pub(crate) fn steps(_count: usize) {
    #[cfg(test)]
    DONE.set(DONE.get() + _count);
}

#[cfg(test)]
mod tests {
    use super::DONE;
    use crate::{Extractor, Table};

    /// Of each text in bytes. What grows with its square is at this size a hundred times over the bound.
    const LONG: usize = 200_000;

    /// Nouns that each begin rules are the dearest.
    const MOST: f64 = 3.0;

    #[test]
    #[cfg_attr(miri, ignore)] // reads all tables: hours
    fn no_text_costs_much_more_than_statements_cost() {
        let statements = statements();
        let ordinary = statements.iter().map(|text| steps(text)).sum::<f64>() / length(&statements);
        let mut dear: Vec<String> = Vec::new();
        for (name, text) in adversaries() {
            let ratio = steps(&text) / text.len() as f64 / ordinary;
            if ratio > MOST {
                dear.push(format!("{name:?}: {ratio:.2}"));
            }
        }
        assert!(dear.is_empty(), "times the steps for each byte of ordinary text: {}", dear.join(", "));
    }

    #[test]
    #[cfg_attr(miri, ignore)] // reads all tables: hours
    fn twice_the_text_costs_twice_as_much() {
        let once = statements().join("\n\n");
        let ratio = steps(&once.repeat(8)) / steps(&once);
        assert!((7.0..9.0).contains(&ratio), "eight times the text costs {ratio:.2} times as much");
    }

    /// As many as a name may have.
    const MEANINGS: usize = 100;

    /// What a user's table may do at worst: a name as short as names are, with all the meanings that are allowed.
    #[test]
    #[cfg_attr(miri, ignore)] // reads all tables: hours
    fn a_name_of_many_things_costs_a_step_for_each_of_them() {
        let towns: String = (0..MEANINGS).map(|n| format!("x-{n}\tTown {n}\tOx\n")).collect();
        let table = format!("id\tname\taliases\n{towns}");
        let extractor = Extractor::builder().table(Table::Places, "towns.tsv", &table).build().expect("is sound");
        let names = LONG / 10 / 3;
        let for_each = steps_of(&extractor, &"Ox ".repeat(names)) / (names * MEANINGS) as f64;
        assert!((2.0..6.0).contains(&for_each), "{for_each:.2} steps for each thing");
    }

    /// The steps that a text takes.
    fn steps(text: &str) -> f64 {
        steps_of(Extractor::bundled(), text)
    }

    fn steps_of(extractor: &Extractor, text: &str) -> f64 {
        DONE.set(0);
        extractor.extract(text);
        DONE.get() as f64
    }

    fn length(texts: &[String]) -> f64 {
        texts.iter().map(String::len).sum::<usize>() as f64
    }

    fn statements() -> Vec<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/statements");
        let paths = std::fs::read_dir(folder).expect("statements").map(|entry| entry.expect("an entry").path());
        let texts = paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
        texts.map(|path| std::fs::read_to_string(path).expect("a text")).collect()
    }

    /// Texts that nobody writes, by what they repeat.
    fn adversaries() -> Vec<(String, String)> {
        let repeated = REPEATED.iter().map(|part| (part.to_string(), part.repeat(LONG / part.len())));
        let counted = COUNTED.iter().map(|part| {
            let parts = (0..LONG / part.len()).map(|n| part.replace('#', &name(n)));
            (part.to_string(), parts.collect())
        });
        let unended = ("A.A. … A.1".to_owned(), format!("{}1", "A.".repeat(LONG / 2)));
        repeated.chain(counted).chain([unended]).collect()
    }

    /// Another name for each number.
    fn name(number: usize) -> String {
        const SYLLABLES: [&str; 16] =
            ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qi", "ro", "su", "ta"];
        let digits = (0..5).map(|digit| SYLLABLES[number >> (4 * digit) & 15]);
        let name: String = digits.collect();
        name[..1].to_uppercase() + &name[1..]
    }

    const REPEATED: &[&str] = &[
        "(",
        "(a ) ",
        "((((((((a",
        "[x](y) ",
        "A",
        "A/B/",
        "A of B of ",
        "A.",
        "\" ",
        "\"we are so ready ",
        "“we said ",
        "“‘we said so ",
        "“he said ‘we said “they said ‘",
        "“Ada Bea Cho”, ",
        "Mr Tan said, “We are ready,” ",
        ", ",
        ". ",
        "- ",
        "1,",
        "a'",
        "a.b-c+",
        "e\u{301}\u{301}",
        "http://",
        "ประเทศไทย",
        "中国",
        "\n",
        "\r\n",
        "a\n",
        "\t",
        "\0",
        "| a | b |\n",
        "| Malaysia | Minister Tan |\n",
        "Malaysia\n",
        "MALAYSIA JAPAN MINISTRY\n",
        "Ada Bea Cho Day\n",
        "Ada Tan\nMinister of Trade\n",
        "• Malaysia met Japan\n",
        "Malaysia, Japan and Laos and ",
        "A, B and C and ",
        "Malaysia met Japan; ",
        "Malaysia who met Japan which signed ",
        "Malaysia's ",
        "Malaysia: ",
        "Malaysia — ",
        "by Malaysia ",
        "led by ",
        "said ",
        "he said ",
        "He said so. ",
        "his ",
        "It said that it met them. ",
        "and ",
        "will not ",
        "to hosting ",
        "Datuk ",
        "Dato’ Seri Dr ",
        "Tan ",
        "Mr Tan ",
        "Minister ",
        "Minister, ",
        "Minister of ",
        "Minister of Trade and ",
        "Minister of Ada Tan, ",
        "Both ministers met Japan. ",
        "Ministry of ",
        "Ada of ",
        "Ada & ",
        "Ada-",
        "Ada Bea (AB) ",
        "46th ",
        "6 October 2024 ",
        "15-17 July, ",
        "the people of the land went to see what they could do about it and ",
        "Malaysia went to see Japan who met Laos while the ministry said that it would and ",
        "officials from the region discussed ways to strengthen trade ",
        "the workshop was led by the ministry and ",
        "the meeting with Malaysia on the meeting with Japan on ",
        "Malaysia will host the workshop. ",
        "!",
        "? ",
        "...",
        ".”",
        "not ",
        "never not ",
        "“We met Japan,” said ",
        "“We met Japan,” said Minister Tan. ",
        "according to ",
        "CEO of ",
        "Head Head Head Bea ",
        "Head Tan and ",
        "forum meeting talks forum ",
        "talks visit Treaty talks talks ",
        "visit visit #",
        "talks '",
        "visit {",
        "minister be the ",
        "talks was the ",
        "is a ",
        "1 and 2 and 3 May, ",
        "(ABC) ",
        "1. Malaysia\n",
        "http://a.my/b?c=d ",
        "of the Ministry of the ",
        "on behalf of the ",
        "who said that ",
        "Malaysia, Minister Tan, ",
        "Kuala Lumpur, Malaysia, ",
        "Minister Tan of Malaysia, Minister Wong of Japan and ",
        "Minister of Trade, Datuk Ada Tan, ",
        "• Malaysia met the following:\n",
        "the Minister met them. Both ministers met Japan. Minister Tan and Ambassador Wong, ",
        "Malaysia, Japan, Laos, Malaysia, Japan, Laos, Malaysia, Japan, Laos, Malaysia, Japan and other ASEAN members. ",
    ];

    /// `#` is another name each time.
    const COUNTED: &[&str] = &[
        "The # Council met Japan. ",
        "The # Workshop met. The workshop went on. ",
        "The # Centre for Ada and Bea (CAB) met. ",
        "# Council for Trade (#), ",
        "Mr # Tan met Minister # Wong. ",
        "Minister # of Malaysia, Minister # of Japan and ",
        "Malaysia’s Minister of #, Datuk #, met. ",
        "“We are #,” he said. ",
        "Malaysia met Japan at the # Forum. ",
        "Ada Tan, Minister of #, met Japan. ",
        "Both ministers met Japan. Minister # and Ambassador Wong, ",
    ];
}
