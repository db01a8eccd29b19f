//! The words of the language: their classes, which are heads of names, which are verbs; and the numbers by which
//! the matchers know them.
//!
//! A word is known by its folded form ([`fold`](super::fold)). Every word that stands in a table or a rule has a number;
//! a word of the text that stands in none has [`WordId::UNKNOWN`].

use super::fold::{Forms, fold};
use super::packed::{self, Packed};
use super::strings::Interner;
use super::token::{Kind, Looks, Token};
use crate::error::Faults;
use crate::schema::EntityType;
use serde::{Deserialize, Serialize};
use std::ops::BitOr;

/// The number of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct WordId(pub(crate) u32);

impl WordId {
    pub(crate) const UNKNOWN: WordId = WordId(0);
}

/// Classes of a word, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Classes(u64);

impl Classes {
    /// Words that no noun phrase goes on with: a preposition, a conjunction, an auxiliary, a relative pronoun.
    pub(crate) const PHRASE_END: Classes = Classes::PREPOSITION
        .or(Classes::CONJUNCTION)
        .or(Classes::BE)
        .or(Classes::HAVE)
        .or(Classes::MODAL)
        .or(Classes::RELATIVE);

    /// Words of which one must stand where a verb group begins, unless it is `to`.
    pub(crate) const VERBAL: Classes =
        Classes::VERB.or(Classes::BE).or(Classes::HAVE).or(Classes::MODAL).or(Classes::DO).or(Classes::NEGATION);

    pub(crate) const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// What a token is by its looks.
    pub(crate) fn of_looks(token: &Token) -> Classes {
        match token.kind {
            Kind::Word if token.is_capital() => Classes::CAPITAL,
            Kind::Number => Classes::NUMBER,
            Kind::Mark => Classes::MARK,
            _ => Classes::default(),
        }
    }

    pub(crate) fn any(self, of: Classes) -> bool {
        self.0 & of.0 != 0
    }

    fn add(&mut self, other: Classes) {
        self.0 |= other.0;
    }
}

impl BitOr for Classes {
    type Output = Classes;
    fn bitor(self, other: Classes) -> Classes {
        self.or(other)
    }
}

/// Names of classes in the order of their bits.
macro_rules! classes {
    ($($constant:ident = $name:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($constant),* }

        impl Classes {
            $(pub(crate) const $constant: Classes = Classes(1 << Bit::$constant as u64);)*

            /// The class that `classes.toml` calls `name`.
            fn named(name: &str) -> Option<Classes> {
                match name {
                    $($name => Some(Classes::$constant),)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    DETERMINER = "determiner";
    POSSESSIVE = "possessive";
    DEMONSTRATIVE = "demonstrative";
    PREPOSITION = "preposition";
    PRONOUN = "pronoun";
    RELATIVE = "relative";
    BE = "be";
    HAVE = "have";
    DO = "do";
    MODAL = "modal";
    NEGATION = "negation";
    CONJUNCTION = "conjunction";
    SUBORDINATOR = "subordinator";
    ADVERB = "adverb";
    MONTH = "month";
    WEEKDAY = "weekday";
    RELATIVE_DAY = "relative-day";
    RELATIVE_MODIFIER = "relative-modifier";
    CALENDAR_UNIT = "calendar-unit";
    ORDINAL = "ordinal";
    CARDINAL = "cardinal";
    ROMAN = "roman";
    NAME_PARTICLE = "name-particle";
    NAME_SUFFIX = "name-suffix";
    FUNCTION = "function";
    CONNECTOR = "name-connector";
    OTHER_AGENT = "other-agent";
    ROLE_HEAD = "role-head";
    ROLE_MODIFIER = "role-modifier";
    TAKES_PORTFOLIO = "takes-portfolio";
    INTENDING = "intending";
    COLLECTIVE = "collective";
    FORMER = "former";
    NOMINEE = "nominee";
    INCOMING = "incoming";
    PERSON_NOUN = "person-noun";
    PEOPLE = "people";
    APPOSITIVE = "appositive";
    REFUSING = "refusing";
    PERFORMATIVE = "performative";
    GENERIC = "generic";
    QUANTITY = "quantity";
    COMPANY_FORM = "company-form";
    WEAK_ROLE = "weak-role";
    APPOINTING = "appointing";
    BUSINESS_NOUN = "business-noun";
    ACT_NOUN = "act-noun";
    UNIT = "unit";
    AREA_NOUN = "area-noun";
    SPEECH_NOUN = "speech-noun";
    OCCASION = "occasion";
    WISHING = "wishing";
    // found in the tables, not listed
    COMMON = "(common)";
    PORTFOLIO = "(portfolio)";
    NAME_WORD = "(name)";
    HEAD = "(head)";
    VERB = "(verb)";
    HONORIFIC = "(honorific)";
    TRIGGER = "(trigger)";
    OPENER = "(opener)";
    FOLLOWER = "(follower)";
    // what a token of a text is by its looks
    CAPITAL = "(capital)";
    NUMBER = "(number)";
    MARK = "(mark)";
}

/// A head noun: the word that says what kind of thing a name names.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Types it may make, the usual one first.
    pub(crate) types: Vec<EntityType>,
    /// May stand first (`Ministry of …`).
    pub(crate) first: bool,
    /// May stand last (`… Ministry`).
    pub(crate) last: bool,
    /// Stands before the name as such (`Exercise Cobra Gold`), whatever heads follow.
    pub(crate) front: bool,
    /// As a common noun it is a thing that relations may need.
    pub(crate) nominal: Option<EntityType>,
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Form {
    /// `lead`
    Base,
    /// `leads`
    Third,
    /// `led`, when past tense and participle are spelt alike
    PastOrParticiple,
    /// `took`
    Past,
    /// `taken`
    Participle,
    /// `leading`
    Gerund,
}

/// A word as a form of a verb.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Verb {
    /// Number of the base form.
    pub(crate) lemma: WordId,
    pub(crate) form: Form,
    /// It reports speech.
    pub(crate) speech: bool,
}

/// What is known of a word. 0 = nothing.
#[derive(Clone, Copy, Debug, Default)]
struct Lexeme {
    classes: Classes,
    /// Numbers for the name matcher: lower case, capitalised.
    symbols: [u32; 2],
    /// One more than its place among the heads, and among the verbs.
    head: u16,
    verb: u16,
}

impl Packed<5> for Lexeme {
    fn numbers(&self) -> [u32; 5] {
        let classes = self.classes.0;
        let [lower, capital] = self.symbols;
        [classes as u32, (classes >> 32) as u32, lower, capital, u32::from(self.head) | u32::from(self.verb) << 16]
    }

    fn of([low, high, lower, capital, kinds]: [u32; 5]) -> Lexeme {
        let classes = Classes(u64::from(low) | u64::from(high) << 32);
        Lexeme { classes, symbols: [lower, capital], head: kinds as u16, verb: (kinds >> 16) as u16 }
    }
}

impl Packed<2> for (WordId, u32) {
    fn numbers(&self) -> [u32; 2] {
        [self.0.0, self.1]
    }

    fn of([word, number]: [u32; 2]) -> (WordId, u32) {
        (WordId(word), number)
    }
}

/// The dictionary of one extractor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Lexicon {
    /// Folded forms; the number of a word is one more, for 0 is the unknown word.
    forms: Interner,
    #[serde(with = "packed")]
    lexemes: Vec<Lexeme>,
    heads: Vec<Head>,
    verbs: Vec<Verb>,
    /// Short forms in exact case (`WHO`, `MoFA`), and their symbols.
    exact: Interner,
    #[serde(with = "packed")]
    exact_symbols: Vec<u32>,
    next_symbol: u32,
}

impl Lexicon {
    pub(crate) fn new() -> Lexicon {
        Lexicon {
            forms: Interner::default(),
            lexemes: vec![Lexeme::default()],
            heads: Vec::new(),
            verbs: Vec::new(),
            exact: Interner::default(),
            exact_symbols: Vec::new(),
            next_symbol: 1,
        }
    }

    /// The number of a word, made where it is new. `form` must be folded.
    pub(crate) fn intern(&mut self, form: &str) -> WordId {
        let id = self.forms.intern(form) + 1;
        if id as usize == self.lexemes.len() {
            self.lexemes.push(Lexeme::default());
        }
        WordId(id)
    }

    /// The number of a folded form, if it has one.
    pub(crate) fn get(&self, form: &str) -> WordId {
        self.of_first(form.as_bytes(), form.len())
    }

    /// The number of the folded form that the first bytes of a text are.
    #[inline]
    fn of_first(&self, text: &[u8], length: usize) -> WordId {
        self.forms.get_first(text, length).map_or(WordId::UNKNOWN, |number| WordId(number + 1))
    }

    pub(crate) fn classes(&self, word: WordId) -> Classes {
        self.lexemes[word.0 as usize].classes
    }

    pub(crate) fn head(&self, word: WordId) -> Option<&Head> {
        let head = self.lexemes[word.0 as usize].head;
        (head > 0).then(|| &self.heads[usize::from(head) - 1])
    }

    pub(crate) fn verb(&self, word: WordId) -> Option<Verb> {
        let verb = self.lexemes[word.0 as usize].verb;
        (verb > 0).then(|| self.verbs[usize::from(verb) - 1])
    }

    pub(crate) fn mark(&mut self, word: WordId, class: Classes) {
        if word != WordId::UNKNOWN {
            self.lexemes[word.0 as usize].classes.add(class);
        }
    }

    fn symbol_of(&mut self, word: WordId, capital: bool) -> u32 {
        let same_case = self.classes(word).any(Classes::FUNCTION);
        let slot = usize::from(capital && !same_case);
        let lexeme = &mut self.lexemes[word.0 as usize];
        if lexeme.symbols[slot] == 0 {
            lexeme.symbols[slot] = self.next_symbol;
            self.next_symbol += 1;
        }
        lexeme.symbols[slot]
    }

    /// The symbol for a token of a *name*, made where it is new. `worded` has the folded forms of all short forms that are
    /// also written as words (`Asean` beside `ASEAN`).
    pub(crate) fn name_symbol(&mut self, token: &Token, text: &str, worded: &rustc_hash::FxHashSet<Box<str>>) -> u32 {
        let word = token.of(text);
        with_folded(word, |form| {
            if is_short_form(token, word) && !worded.contains(form) {
                let number = self.exact.intern(word) as usize;
                if number == self.exact_symbols.len() {
                    self.exact_symbols.push(self.next_symbol);
                    self.next_symbol += 1;
                }
                return self.exact_symbols[number];
            }
            let id = self.intern(form);
            self.symbol_of(id, token.is_capital())
        })
    }

    /// The symbol of a short form.
    #[cold]
    fn exact_symbol(&self, short: &str, word: WordId, shouted: bool) -> Option<u32> {
        let common = shouted && self.classes(word).any(Classes::COMMON | Classes::FUNCTION | Classes::PRONOUN);
        if common {
            return None;
        }
        self.exact.get(short.as_bytes()).map(|number| self.exact_symbols[number as usize])
    }

    /// The symbol of a token of a *text*; 0 = in no name. In `shouted` lines, where all is upper case, a word that is also a
    /// common word is no short form.
    #[inline]
    pub(crate) fn text_symbol(&self, token: &Token, text: &str, word: WordId, shouted: bool) -> u32 {
        if (token.looks.has(Looks::UPPER) || token.looks.has(Looks::MIXED))
            && let Some(symbol) = self.exact_symbol(token.of(text), word, shouted)
        {
            return symbol;
        }
        let lexeme = &self.lexemes[word.0 as usize];
        lexeme.symbols[usize::from(token.is_capital() && !lexeme.classes.any(Classes::FUNCTION))]
    }

    // ---- reading the tables of words ----

    /// `classes.toml`: one class a line.
    pub(crate) fn read_classes(&mut self, file: &str, text: &str, faults: &mut Faults) {
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(e) => return faults.push(file, 0, None, e.to_string()),
        };
        for (name, value) in table {
            let Some(class) = Classes::named(&name) else {
                faults.push(file, 0, Some(&name), "no such word class");
                continue;
            };
            for word in value.as_array().into_iter().flatten() {
                match word.as_str() {
                    Some(word) => {
                        let id = self.intern(&fold(word));
                        self.mark(id, class);
                    }
                    None => faults.push(file, 0, Some(&name), "a list of words was expected"),
                }
            }
        }
    }

    /// `common.txt`: one word a line.
    pub(crate) fn read_common(&mut self, text: &str) {
        for line in text.lines() {
            let id = self.intern(line);
            self.mark(id, Classes::COMMON);
        }
    }

    pub(crate) fn set_head(&mut self, word: &str, head: Head) {
        let id = self.intern(&fold(word));
        if head.first || head.last {
            self.mark(id, Classes::HEAD);
        }
        self.heads.push(head);
        self.lexemes[id.0 as usize].head = number_of_last(&self.heads);
    }

    /// Takes common words in `-ed` whose `-ing` is a common word too for verbs: they end a noun phrase, though no rule knows them.
    pub(crate) fn guess_verbs(&mut self) {
        let past: Vec<(u32, String)> = self
            .forms
            .iter()
            .map(|(number, form)| (number + 1, form))
            .filter(|(id, form)| form.ends_with("ed") && form.len() > 4 && self.lexemes[*id as usize].verb == 0)
            .filter(|(id, _)| self.lexemes[*id as usize].classes.any(Classes::COMMON))
            .map(|(id, form)| (id, form[..form.len() - 2].to_owned()))
            .collect();
        for (id, stem) in past {
            let gerund = self.get(&format!("{stem}ing"));
            if gerund != WordId::UNKNOWN {
                let base = self.get(&stem);
                let lemma = if base == WordId::UNKNOWN { self.get(&format!("{stem}e")) } else { base };
                self.mark(WordId(id), Classes::VERB);
                self.verbs.push(Verb { lemma, form: Form::PastOrParticiple, speech: false });
                self.lexemes[id as usize].verb = number_of_last(&self.verbs);
            }
        }
    }

    /// Enters a verb with its forms. Regular forms are made by the spelling rules of English.
    pub(crate) fn add_verb(&mut self, base: &str, past: &str, participle: &str, doubles: bool, speech: bool) {
        let lemma = self.intern(base);
        let mut put = |word: &str, form: Form| {
            let id = self.intern(word);
            self.mark(id, Classes::VERB);
            if self.lexemes[id.0 as usize].verb == 0 || form == Form::Base {
                self.verbs.push(Verb { lemma, form, speech });
                self.lexemes[id.0 as usize].verb = number_of_last(&self.verbs);
            }
        };
        let (third, regular_past, gerund) = inflect(base, doubles);
        let past_form = if past.is_empty() { &regular_past } else { past };
        let part_form = if participle.is_empty() { past_form } else { participle };
        put(base, Form::Base);
        put(&third, Form::Third);
        if past_form == part_form {
            put(past_form, Form::PastOrParticiple);
        } else {
            put(past_form, Form::Past);
            put(part_form, Form::Participle);
        }
        put(&gerund, Form::Gerund);
    }
}

/// One more than the place of the last of a list, of which the bundled tables have some thousands at most.
fn number_of_last<T>(list: &[T]) -> u16 {
    u16::try_from(list.len()).unwrap_or(0)
}

/// Calls `then` with the folded form of a word; an ASCII word is folded on the stack.
fn with_folded<R>(word: &str, then: impl FnOnce(&str) -> R) -> R {
    let mut lower = [0; 48];
    if word.is_ascii()
        && let Some(lower) = lower.get_mut(..word.len())
    {
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        if let Ok(form) = std::str::from_utf8(lower) {
            return then(form);
        }
    }
    then(&fold(word))
}

/// Whether a word of a name is a short form that matches in exact case only.
fn is_short_form(token: &Token, word: &str) -> bool {
    token.looks.has(Looks::UPPER) || (token.looks.has(Looks::MIXED) && !word.contains(['\'', '’']))
}

fn inflect(base: &str, doubles: bool) -> (String, String, String) {
    let consonant_y = base.ends_with('y')
        && !base.ends_with("ay")
        && !base.ends_with("ey")
        && !base.ends_with("oy")
        && !base.ends_with("uy");
    let third = if consonant_y {
        format!("{}ies", &base[..base.len() - 1])
    } else if base.ends_with('s')
        || base.ends_with("sh")
        || base.ends_with("ch")
        || base.ends_with('x')
        || base.ends_with('z')
        || base.ends_with('o')
    {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    let stem = if doubles { format!("{base}{}", &base[base.len() - 1..]) } else { base.to_owned() };
    let past = if base.ends_with('e') {
        format!("{base}d")
    } else if consonant_y {
        format!("{}ied", &base[..base.len() - 1])
    } else {
        format!("{stem}ed")
    };
    let gerund = if let Some(root) = base.strip_suffix("ie") {
        format!("{root}ying")
    } else if base.ends_with('e') && !base.ends_with("ee") && !base.ends_with("oe") {
        format!("{}ing", &base[..base.len() - 1])
    } else {
        format!("{stem}ing")
    };
    (third, past, gerund)
}

/// The words of a document's tokens, by number.
pub(crate) fn number_words(tokens: &[Token], forms: &Forms, lexicon: &Lexicon) -> Vec<WordId> {
    let possessive = lexicon.get("'s");
    let number = |(at, token): (usize, &Token)| match token.kind {
        Kind::Address => WordId::UNKNOWN,
        Kind::Clitic => possessive,
        _ if token.looks.has(Looks::ASCII) => lexicon.of_first(forms.from(token), token.len()),
        _ => lexicon.get(forms.get(at, token)),
    };
    tokens.iter().enumerate().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::inflect;

    #[test]
    fn verbs_inflect_by_rule() {
        for (base, doubles, third, past, gerund) in [
            ("lead", false, "leads", "leaded", "leading"),
            ("co-chair", false, "co-chairs", "co-chaired", "co-chairing"),
            ("ratify", false, "ratifies", "ratified", "ratifying"),
            ("submit", true, "submits", "submitted", "submitting"),
            ("organise", false, "organises", "organised", "organising"),
            ("agree", false, "agrees", "agreed", "agreeing"),
            ("attach", false, "attaches", "attached", "attaching"),
            ("convey", false, "conveys", "conveyed", "conveying"),
        ] {
            assert_eq!(inflect(base, doubles), (third.into(), past.into(), gerund.into()));
        }
    }
}
