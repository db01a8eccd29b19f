//! What a text calls its own things for short: `(NACSA)`, `Fu`, `the Treaty`, `Law Society`.

use crate::few::{Few, one};
use crate::mention::{Found, Mention, bracketed};
use crate::schema::EntityType;
use crate::text::document::Document;
use crate::text::lexicon::Classes;
use crate::work;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::ops::Range;

/// A shorter form of a mention.
#[derive(Clone, Debug)]
struct Alias<'d> {
    /// Folded tokens.
    words: Few<&'d str>,
    mention: usize,
    /// Exact letters, for abbreviations.
    exact: Option<&'d str>,
    /// Needs `the`, `this`, … before it.
    determined: bool,
    /// Counts only behind its mention.
    after: bool,
}

/// A shorter form found: its tokens and the mention that it is short for.
pub(crate) struct ShortForm {
    pub(crate) mention: Mention,
    pub(crate) of: usize,
}

/// Pairs of mentions that the text makes equal by parentheses: `A (B)` where both are mentions already.
pub(crate) fn equated(doc: &Document<'_>, mentions: &[Mention]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for pair in 0..mentions.len().saturating_sub(1) {
        let (a, b) = (&mentions[pair], &mentions[pair + 1]);
        if a.kind == EntityType::Date || b.kind == EntityType::Date || !doc.is(a.tokens.end, "(") {
            continue;
        }
        let Some(inside) = bracketed(doc, a.tokens.end) else { continue };
        if inside == b.tokens && (a.kind == b.kind || is_short(doc, b) || is_short(doc, a)) && may_be_one(a, b) {
            out.push((pair, pair + 1));
        }
    }
    // `PUB (Singapore's National Water Agency)`
    for n in 0..mentions.len().saturating_sub(2) {
        let (a, state, b) = (&mentions[n], &mentions[n + 1], &mentions[n + 2]);
        if doc.is(a.tokens.end, "(")
            && state.tokens.start == a.tokens.end + 1
            && state.kind == EntityType::State
            && doc.is_clitic(state.tokens.end)
            && b.tokens.start == state.tokens.end + 1
            && doc.is(b.tokens.end, ")")
            && a.kind == b.kind
        {
            out.push((n, n + 2));
        }
    }
    out
}

/// Whether what stands in parentheses can be another name of what stands before them, by the types of the two.
fn may_be_one(a: &Mention, b: &Mention) -> bool {
    if a.kind == EntityType::State
        || b.kind == EntityType::State
        || a.kind == EntityType::Place
        || b.kind == EntityType::Place
    {
        // `Bali (Indonesia)`: a whole, no other name; `United States (US)` is one entry of the tables already
        return false;
    }
    a.kind != EntityType::Person || b.kind == EntityType::Person
}

fn is_short(doc: &Document<'_>, mention: &Mention) -> bool {
    mention.tokens.len() == 1 && doc.word(mention.tokens.start).chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Looks through the text for shorter forms of the mentions; `free` tells which tokens are in no mention yet.
pub(crate) fn short_forms(doc: &Document<'_>, mentions: &[Mention], free: &[bool]) -> Vec<ShortForm> {
    let mut aliases: Vec<Alias<'_>> = Vec::with_capacity(mentions.len() * 2);
    for (n, mention) in mentions.iter().enumerate() {
        defined(doc, n, mention, &mut aliases);
        match mention.kind {
            EntityType::Person => personal(doc, n, mention, &mut aliases),
            EntityType::Date | EntityType::Theme | EntityType::State | EntityType::Role => {}
            _ => partial(doc, n, mention, &mut aliases),
        }
    }
    work::steps(50 * aliases.len());
    let groups = Groups::new(doc, mentions, &aliases);
    let mut out = Vec::new();
    let mut next = 0;
    while let Some(at) = doc.of_class(next..doc.tokens.len(), Classes::CAPITAL | Classes::NAME_PARTICLE).next() {
        next = at + 1;
        if !free[at] || !doc.tokens[at].is_word() {
            continue;
        }
        let best = groups
            .candidates(doc.folded(at), at)
            .filter(|(alias, ..)| fits(doc, mentions, free, alias, at))
            // the longest; then the nearest before; then the nearest behind
            .max_by_key(|(alias, start, abbreviated)| {
                let before = *start < at;
                // who has an abbreviation is called by it
                (alias.words.len(), before, !abbreviated, if before { *start } else { usize::MAX - start })
            });
        let Some((alias, ..)) = best else { continue };
        let of = &mentions[alias.mention];
        let mut tokens = at..at + alias.words.len();
        // `16th BSAEV`
        if of.kind == EntityType::Event
            && tokens.start > 0
            && free[tokens.start - 1]
            && is_ordinal(doc, tokens.start - 1)
        {
            tokens.start -= 1;
        }
        next = tokens.end;
        let mut mention = Mention::new(tokens.clone(), of.kind, Found::Alias);
        mention.head = Some(tokens.end - 1);
        out.push(ShortForm { mention, of: alias.mention });
    }
    out
}

/// Aliases in groups that are written and used alike; of these, only the mention that is nearest before a place and the one
/// that is nearest behind it can be meant there, however long the text.
struct Groups<'a> {
    /// All aliases with their first letters and the first tokens of their mentions, group by group, in a group in the order of
    /// the text.
    aliases: Vec<(u64, usize, &'a Alias<'a>)>,
    /// Which aliases are a group; whether it needs a determiner, and its mentions have an abbreviation behind them.
    groups: Vec<(Range<usize>, bool)>,
    /// The groups of each first word.
    by_word: FxHashMap<&'a str, Range<usize>>,
}

impl<'a> Groups<'a> {
    fn new(doc: &Document<'_>, mentions: &[Mention], aliases: &'a [Alias<'a>]) -> Groups<'a> {
        let abbreviated = |alias: &Alias<'_>| alias.determined && doc.is(mentions[alias.mention].tokens.end, "(");
        let kind =
            |alias: &'a Alias<'a>| (&alias.words[..], alias.exact, alias.determined, alias.after, abbreviated(alias));
        let place = |alias: &'a Alias<'a>| (letters(alias.words[0]), mentions[alias.mention].tokens.start, alias);
        let mut order: Vec<(u64, usize, &Alias<'_>)> = aliases.iter().map(place).collect();
        order.sort_by(|(a_letters, a_start, a), (b_letters, b_start, b)| {
            let by_kind = a_letters.cmp(b_letters).then_with(|| kind(a).cmp(&kind(b)));
            by_kind.then(a_start.cmp(b_start))
        });
        let mut groups: Vec<(Range<usize>, bool)> = Vec::with_capacity(order.len());
        let mut by_word: FxHashMap<&str, Range<usize>> =
            FxHashMap::with_capacity_and_hasher(order.len(), FxBuildHasher);
        let mut start = 0;
        for group in order.chunk_by(|(a_letters, _, a), (b_letters, _, b)| a_letters == b_letters && kind(a) == kind(b))
        {
            let first = group[0].2;
            let number = groups.len();
            by_word.entry(first.words[0]).or_insert(number..number).end = number + 1;
            groups.push((start..start + group.len(), abbreviated(first)));
            start += group.len();
        }
        Groups { aliases: order, groups, by_word }
    }

    /// What a word at a token can begin: the aliases, the first tokens of their mentions, whether those are abbreviated.
    fn candidates(&self, word: &str, at: usize) -> impl Iterator<Item = (&'a Alias<'a>, usize, bool)> {
        let groups = self.by_word.get(word).map_or(&[][..], |groups| &self.groups[groups.clone()]);
        groups.iter().flat_map(move |(group, abbreviated)| {
            let group = &self.aliases[group.clone()];
            let behind = group.partition_point(|(_, start, _)| *start < at);
            let nearest = &group[behind.saturating_sub(1)..group.len().min(behind + 1)];
            nearest.iter().map(|&(_, start, alias)| (alias, start, *abbreviated))
        })
    }
}

/// The first letters of a word, as a number that is in the order of the words: most words differ in them.
fn letters(word: &str) -> u64 {
    let mut letters = [0; size_of::<u64>()];
    letters.iter_mut().zip(word.bytes()).for_each(|(to, letter)| *to = letter);
    u64::from_be_bytes(letters)
}

fn is_ordinal(doc: &Document<'_>, at: usize) -> bool {
    doc.class(at).any(Classes::ORDINAL) || crate::mention::is_numeric_ordinal(doc.word(at))
}

fn fits(doc: &Document<'_>, mentions: &[Mention], free: &[bool], alias: &Alias<'_>, at: usize) -> bool {
    let end = at + alias.words.len();
    if end > doc.tokens.len() || !(at..end).all(|i| free[i]) {
        return false;
    }
    if let Some(exact) = alias.exact {
        let word = doc.word(at);
        let plural = word.len() == exact.len() + 1 && word.starts_with(exact) && word.ends_with('s');
        return word == exact || plural;
    }
    if !(at..end).zip(&alias.words).all(|(i, &word)| doc.folded(i) == word) {
        return false;
    }
    let particle = doc.class(at).any(Classes::NAME_PARTICLE) && alias.words.len() > 1;
    if !(doc.is_capital(at) || particle) || !doc.is_capital(end - 1) {
        return false;
    }
    let source = &mentions[alias.mention];
    if alias.after && source.tokens.start > at {
        return false;
    }
    if alias.determined {
        let determined = at > 0 && doc.class(at - 1).any(Classes::DEMONSTRATIVE | Classes::POSSESSIVE)
            || doc.is_shouted(at) && source.tokens.start < at;
        // `the Centre for China and Globalisation` is another one
        let another = (doc.is(end, "for") || doc.is(end, "of")) && doc.is_capital(end + 1);
        if !determined || another {
            return false;
        }
    }
    // a part of a longer capitalised phrase is something else
    let joined_right = end < doc.tokens.len()
        && free[end]
        && doc.is_capital(end)
        && doc.sentence_of(end) == doc.sentence_of(at)
        && !doc.is_shouted(at);
    let joined_left = at > 0
        && free[at - 1]
        && doc.is_capital(at - 1)
        && doc.sentence_of(at - 1) == doc.sentence_of(at)
        && !doc.class(at - 1).any(
            Classes::DETERMINER
                | Classes::PREPOSITION
                | Classes::HONORIFIC
                | Classes::ADVERB
                | Classes::CONJUNCTION
                | Classes::SUBORDINATOR,
        )
        && !doc.is_shouted(at)
        && !is_ordinal(doc, at - 1);
    !(joined_right || joined_left)
}

/// `Name (SHORT)`, `Name (the “Treaty”)`
fn defined<'d>(doc: &'d Document<'_>, n: usize, mention: &Mention, out: &mut Vec<Alias<'d>>) {
    // `Memorandum of Understanding (MOU) on …`: the short form stands inside
    let inner = mention.tokens.clone().find(|&i| doc.is(i, "(")).filter(|&i| i + 2 < mention.tokens.end);
    for at in inner.into_iter().chain(Some(mention.tokens.end)) {
        let Some(inside) = bracketed(doc, at) else { continue };
        let first = doc.tokens[inside.start];
        // `the Government of the Philippines (GPH)`
        let of_government = mention.kind == EntityType::State
            && at == mention.tokens.end
            && (1..=3).any(|n| at > n && doc.is(mention.tokens.start.saturating_sub(n), "government"));
        if !first.is_word()
            || !first.is_capital()
            || matches!(mention.kind, EntityType::Date | EntityType::Place)
            || mention.kind == EntityType::State && !of_government
        {
            continue;
        }
        let words: Few<&str> = inside.clone().map(|i| doc.folded(i)).collect();
        let single = inside.len() == 1;
        let short = single && doc.word(inside.start).chars().filter(|c| c.is_uppercase()).count() >= 2;
        // `Workshop on the ASEAN Customs Transit System (ACTS)`: short for a part only
        if short && at == mention.tokens.end && names_a_part(doc, mention, doc.word(inside.start)) {
            continue;
        }
        let quoted = (at + 1..inside.start).any(|i| matches!(doc.word(i), "“" | "\"" | "‘" | "'"));
        if short {
            out.push(Alias { words, mention: n, exact: Some(doc.word(inside.start)), determined: false, after: false });
        } else if quoted
            || (mention.kind != EntityType::Person && mention.kind != EntityType::Role && inside.len() <= 3 && !single)
        {
            out.push(Alias { words, mention: n, exact: None, determined: false, after: true });
        }
    }
}

/// The parts of a person's name by which he is called afterwards.
fn personal<'d>(doc: &'d Document<'_>, n: usize, mention: &Mention, out: &mut Vec<Alias<'d>>) {
    let parts: Few<usize> = mention
        .tokens
        .clone()
        .filter(|&i| doc.is_capital(i) && doc.word(i).chars().count() > 1 && !doc.class(i).any(Classes::NAME_SUFFIX))
        .collect();
    if parts.len() < 2 || mention.tokens.len() > 14 {
        return;
    }
    let mut push = |tokens: Range<usize>| {
        let words = tokens.map(|i| doc.folded(i)).collect();
        out.push(Alias { words, mention: n, exact: None, determined: false, after: true });
    };
    for &i in &parts {
        let usable = !doc
            .class(i)
            .any(Classes::COMMON | Classes::MONTH | Classes::NAME_PARTICLE | Classes::FUNCTION | Classes::DETERMINER)
            || (i == parts[parts.len() - 1]
                && doc.class(i).any(Classes::NAME_WORD)
                && !doc.class(i).any(Classes::FUNCTION | Classes::DETERMINER | Classes::PRONOUN));
        if usable {
            push(i..i + 1);
        }
    }
    // `van Houten`
    if let Some(particle) =
        mention.tokens.clone().skip(1).find(|&i| doc.class(i).any(Classes::NAME_PARTICLE) && !doc.is_capital(i))
    {
        push(particle..mention.tokens.end);
    }
    for pair in parts.windows(2) {
        push(pair[0]..pair[1] + 1);
    }
}

/// Parts of a name that stand for it: its head (`the Treaty`), the part before `of` (`Law Society`), the part without number
/// (`World Water Forum`), the last words (`Working Group`).
fn partial<'d>(doc: &'d Document<'_>, n: usize, mention: &Mention, out: &mut Vec<Alias<'d>>) {
    if mention.tokens.len() < 2 {
        return;
    }
    let folded = |tokens: Range<usize>| -> Few<&'d str> { tokens.map(|i| doc.folded(i)).collect() };
    let tokens = mention.tokens.clone();
    let head = mention.head.or_else(|| tokens.clone().rev().find(|&i| doc.class(i).any(Classes::HEAD)));
    if let Some(head) = head
        && doc.class(head).any(Classes::HEAD)
        && !matches!(mention.kind, EntityType::Place | EntityType::State)
    {
        out.push(Alias { words: folded(head..head + 1), mention: n, exact: None, determined: true, after: true });
        if mention.kind == EntityType::Event && !doc.is(head, "meeting") {
            out.push(Alias { words: one("meeting"), mention: n, exact: None, determined: true, after: true });
        }
    }
    let mut push = |tokens: Range<usize>| {
        let capitals = tokens.clone().filter(|&i| doc.is_capital(i)).count();
        if tokens.len() >= 2
            && capitals >= 2
            && tokens != mention.tokens
            && doc.is_capital(tokens.start)
            && doc.is_capital(tokens.end - 1)
        {
            out.push(Alias { words: folded(tokens), mention: n, exact: None, determined: false, after: false });
        }
    };
    if is_ordinal(doc, tokens.start) || doc.tokens[tokens.start].kind == crate::text::token::Kind::Number {
        push(tokens.start + 1..tokens.end);
    }
    if let Some(of) = tokens.clone().find(|&i| matches!(doc.word(i), "of" | "for" | "on" | "(")) {
        push(tokens.start..of);
        if is_ordinal(doc, tokens.start) {
            push(tokens.start + 1..of);
        }
    }
    if let Some(head) = head.filter(|&h| h + 1 == tokens.end && tokens.len() > 2)
        && !matches!(mention.kind, EntityType::Place)
    {
        push(head - 1..head + 1);
    }
    // `Massey` for `Massey University`
    if matches!(mention.kind, EntityType::Organisation | EntityType::Agency)
        && tokens.len() == 2
        && head == Some(tokens.end - 1)
        && !doc.class(tokens.start).any(Classes::COMMON | Classes::PORTFOLIO | Classes::NAME_WORD)
    {
        out.push(Alias {
            words: folded(tokens.start..tokens.start + 1),
            mention: n,
            exact: None,
            determined: false,
            after: true,
        });
    }
}

/// Whether the letters are the initials of the last capitalised words of a mention, but not of all.
pub(super) fn names_a_part(doc: &Document<'_>, mention: &Mention, short: &str) -> bool {
    let initials: Vec<char> = mention
        .tokens
        .clone()
        .filter(|&i| doc.is_capital(i))
        .filter_map(|i| doc.word(i).chars().next())
        .flat_map(char::to_lowercase)
        .collect();
    let letters: Vec<char> = short.chars().flat_map(char::to_lowercase).collect();
    letters.len() >= 3 && initials.len() > letters.len() && initials.ends_with(&letters)
}
