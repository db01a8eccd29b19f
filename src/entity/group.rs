//! Puts mentions of the same thing together.

use super::aliases::{equated, names_a_part, short_forms};
use super::{Entities, Entity};
use crate::few::Few;
use crate::gazetteer::{EntryId, Gazetteer};
use crate::mention::{Found, Mention};
use crate::schema::EntityType;
use crate::text::document::Document;
use crate::text::lexicon::Classes;
use crate::text::strings::Interner;
use crate::work::steps;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// Sets of equal mentions.
struct Sets(Vec<usize>);

impl Sets {
    fn find(&mut self, mut n: usize) -> usize {
        while self.0[n] != n {
            self.0[n] = self.0[self.0[n]];
            n = self.0[n];
        }
        n
    }

    /// The earlier one stays the root.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// Finds the shorter forms of the mentions in the text and groups all into entities.
pub(crate) fn group(doc: &Document<'_>, gazetteer: &Gazetteer, named: Vec<Mention>) -> Entities {
    let named = redefined(doc, named);
    let mut free = vec![true; doc.tokens.len()];
    for mention in &named {
        free[mention.tokens.clone()].fill(false);
        free[mention.honorifics.clone()].fill(false);
    }
    let mut shorts = short_forms(doc, &named, &free).into_iter().peekable();
    let equated = equated(doc, &named);
    // both are in the order of the text, and so is what they make together
    let mut mentions = Vec::with_capacity(named.len() + shorts.len() + room_for_references(doc));
    let mut place = Vec::with_capacity(named.len());
    let mut joins = Vec::with_capacity(shorts.len());
    for mention in named {
        while let Some(short) = shorts.next_if(|short| short.mention.tokens.start < mention.tokens.start) {
            joins.push((short.of, mentions.len()));
            mentions.push(short.mention);
        }
        place.push(mentions.len());
        mentions.push(mention);
    }
    for short in shorts {
        joins.push((short.of, mentions.len()));
        mentions.push(short.mention);
    }
    steps(74 * mentions.len());

    let states = Context::new(doc, gazetteer, &mentions);
    let mut sets = Sets((0..mentions.len()).collect());
    for (a, b) in equated {
        sets.join(place[a], place[b]);
    }
    for (named, short) in joins {
        sets.join(place[named], short);
    }
    let mut chosen: Vec<Option<Few<EntryId>>> = mentions.iter().enumerate().map(|(n, m)| states.rank(n, m)).collect();
    let mut by_entry: FxHashMap<EntryId, usize> = FxHashMap::with_capacity_and_hasher(mentions.len(), FxBuildHasher);
    let mut by_name: FxHashMap<(EntityType, u32), usize> =
        FxHashMap::with_capacity_and_hasher(mentions.len(), FxBuildHasher);
    let mut names = Interner::with_room(mentions.len());
    let mut key = String::with_capacity(100);
    let mut editions: FxHashMap<EntryId, Vec<(usize, Few<&str>)>> = FxHashMap::default();
    for (n, mention) in mentions.iter().enumerate() {
        if mention.kind == EntityType::Role {
            continue;
        }
        if let Some(&entry) = chosen[n].as_ref().unwrap_or(&mention.entries).first() {
            if mention.kind != EntityType::Event {
                sets.join(*by_entry.entry(entry).or_insert(n), n);
                // the same letters mean the same thing within one text, unless two states are in play
                continue;
            }
            // a series: the same edition, or one of which none is told
            let edition = edition(doc, mention);
            let seen = editions.entry(entry).or_default();
            if let Some((other, _)) = seen.iter().rev().find(|(_, e)| {
                *e == edition
                    || (e.is_empty() || edition.is_empty()) && !e.iter().chain(&edition).any(|&w| w == "special")
            }) {
                sets.join(*other, n);
            }
            seen.push((n, edition));
        }
        if mention.found == Found::Alias {
            continue;
        }
        name_key(doc, mention, &mut key);
        sets.join(*by_name.entry((mention.kind, names.intern(&key))).or_insert(n), n);
        if let Some(open) = inner_short_form(doc, mention) {
            words_key(doc, open + 1..mention.tokens.end, &mut key);
            let key = names.intern(&key);
            // `the ACC Committee` may look like another kind of institution than its full name
            let institutions = [EntityType::Agency, EntityType::Body, EntityType::Organisation];
            let alike = if institutions.contains(&mention.kind) { &institutions[..] } else { &[mention.kind] };
            for &kind in alike {
                sets.join(*by_name.entry((kind, key)).or_insert(n), n);
            }
        }
    }
    persons(doc, &mentions, &mut sets);
    roles(doc, &mentions, &mut sets);
    collect(doc, mentions, sets, &mut chosen)
}

/// What tells one meeting of a series from another: number, year, `special`.
fn edition<'d>(doc: &'d Document<'_>, mention: &Mention) -> Few<&'d str> {
    mention
        .tokens
        .clone()
        .filter(|&i| {
            doc.tokens[i].kind == crate::text::token::Kind::Number
                || doc.class(i).any(Classes::ORDINAL)
                || doc.is(i, "special")
        })
        .map(|i| doc.folded(i))
        .collect()
}

/// Leaves out the short forms that the tables know as something else than the text defines: `Community Tech Center (CTC)`.
fn redefined(doc: &Document<'_>, named: Vec<Mention>) -> Vec<Mention> {
    let mut defined: FxHashMap<&str, usize> = FxHashMap::default();
    for (n, mention) in named.iter().enumerate() {
        if !matches!(mention.kind, EntityType::Date | EntityType::State | EntityType::Place | EntityType::Person)
            && let Some(inside) = crate::mention::bracketed(doc, mention.tokens.end)
            && inside.len() == 1
            && doc.tokens[inside.start].looks.has(crate::text::token::Looks::UPPER)
            && !names_a_part(doc, mention, doc.word(inside.start))
        {
            defined.entry(doc.word(inside.start)).or_insert(n);
        }
    }
    if defined.is_empty() {
        return named;
    }
    let other = |mention: &Mention| {
        mention.tokens.len() == 1
            && defined.get(doc.word(mention.tokens.start)).is_some_and(|&n| {
                mention.tokens.start >= named[n].tokens.end
                    && !named[n].entries.iter().any(|e| mention.entries.contains(e))
            })
    };
    let keep: Vec<bool> = named.iter().map(|m| !other(m)).collect();
    named.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(m, _)| m).collect()
}

/// Where a short form in parentheses stands within a name, which without what is before them is the name for short:
/// `International Commercial Court (ICC) Committee`, the `ICC Committee`.
fn inner_short_form(doc: &Document<'_>, mention: &Mention) -> Option<usize> {
    let last = mention.tokens.end.checked_sub(4)?;
    (mention.tokens.start + 1..=last).find(|&open| {
        let looks = doc.tokens[open + 1].looks;
        doc.is(open, "(") && doc.is(open + 2, ")") && looks.has(crate::text::token::Looks::UPPER)
    })
}

/// Writes the folded words of a mention, quotation and case apart.
fn name_key(doc: &Document<'_>, mention: &Mention, key: &mut String) {
    words_key(doc, mention.tokens.clone(), key);
    if mention.kind == EntityType::Date {
        // `10 Oct 2014` and `10 October` are not compared; only equal days with equal parts
        if let Some(value) = mention.date.as_ref().and_then(|d| d.edtf()) {
            *key = value;
        }
    }
}

fn words_key(doc: &Document<'_>, tokens: std::ops::Range<usize>, key: &mut String) {
    key.clear();
    for i in tokens {
        if doc.tokens[i].kind == crate::text::token::Kind::Mark && !doc.is(i, "&") {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        let word = doc.folded(i);
        key.push_str(if word == "&" { "and" } else { word });
    }
}

/// What the text says of states, to choose among the ministries of health of eleven of them.
struct Context<'c, 't> {
    doc: &'c Document<'t>,
    gazetteer: &'c Gazetteer,
    mentions: &'c [Mention],
    /// States by how often they are named, with a bonus for the dateline.
    weights: FxHashMap<&'c str, usize>,
}

impl<'c, 't> Context<'c, 't> {
    fn new(doc: &'c Document<'t>, gazetteer: &'c Gazetteer, mentions: &'c [Mention]) -> Context<'c, 't> {
        let mut weights: FxHashMap<&'c str, usize> = FxHashMap::default();
        for mention in mentions {
            for &entry in &mention.entries {
                let entry = gazetteer.entry(entry);
                let weight = match entry.entity_type() {
                    EntityType::State => 3,
                    EntityType::Place if mention.entries.len() == 1 => 1,
                    EntityType::Agency if mention.entries.len() == 1 => 4,
                    EntityType::Person if mention.entries.len() == 1 => 2,
                    _ => 0,
                };
                let dateline = doc
                    .dateline
                    .as_ref()
                    .is_some_and(|d| mention.tokens.end <= d.end && mention.tokens.start >= d.start);
                for state in entry.states() {
                    *weights.entry(state).or_default() += if dateline { 20 + weight } else { weight };
                }
            }
        }
        Context { doc, gazetteer, mentions, weights }
    }

    /// The entries of a mention, the likeliest first, where there are several.
    fn rank(&self, n: usize, mention: &Mention) -> Option<Few<EntryId>> {
        if mention.entries.len() <= 1 {
            return None;
        }
        steps(mention.entries.len());
        let near = self.near_states(n);
        let mut ranked = mention.entries.clone();
        let score = |id: EntryId| -> usize {
            let states = self.gazetteer.entry(id).states();
            states
                .map(|s| {
                    self.weights.get(s).copied().unwrap_or(0)
                        + near.iter().filter(|(state, _)| *state == s).map(|(_, w)| w).sum::<usize>()
                })
                .max()
                .unwrap_or(0)
        };
        ranked.sort_by_key(|&id| std::cmp::Reverse(score(id)));
        Some(ranked)
    }

    /// States beside the mention: `Malaysia's Ministry of Health`, `Ministry of Health of Malaysia`, and in its sentence.
    fn near_states(&self, n: usize) -> Vec<(&'c str, usize)> {
        let mention = &self.mentions[n];
        let mut out = Vec::new();
        let around = n.saturating_sub(3)..(n + 4).min(self.mentions.len());
        for (k, other) in self.mentions[around.clone()].iter().enumerate().map(|(k, m)| (k + around.start, m)) {
            if k == n || other.kind != EntityType::State || other.entries.is_empty() {
                continue;
            }
            let state = self.gazetteer.entry(other.entries[0]).states().next().unwrap_or_default();
            let before = other.tokens.end <= mention.tokens.start && mention.tokens.start - other.tokens.end <= 1;
            let after = other.tokens.start >= mention.tokens.end
                && other.tokens.start - mention.tokens.end <= 2
                && self.doc.is(mention.tokens.end, "of");
            let sentence = self.doc.sentence_of(other.tokens.start) == self.doc.sentence_of(mention.tokens.start);
            out.push((
                state,
                if before || after {
                    1000
                } else if sentence {
                    30
                } else {
                    0
                },
            ));
        }
        out
    }
}

/// `Fu` is `Grace Fu`: a name whose words all stand in another name of the text.
fn persons(doc: &Document<'_>, mentions: &[Mention], sets: &mut Sets) {
    let words = |m: &Mention| -> Few<&str> {
        let words = m.tokens.clone().filter(|&i| doc.tokens[i].is_word() && doc.word(i).chars().count() > 1);
        words.map(|i| doc.folded(i)).collect()
    };
    let persons = mentions.iter().enumerate().filter(|(_, m)| m.kind == EntityType::Person);
    let persons: Vec<(usize, Few<&str>)> =
        persons.map(|(n, m)| (n, words(m))).filter(|(_, words)| !words.is_empty()).collect();
    let longest = persons.iter().map(|(_, words)| words.len()).max().unwrap_or_default();
    // Full names; bounded, so that a text of nothing but names costs no more than others.
    for (k, (n, short)) in persons.iter().enumerate().filter(|(_, (_, words))| words.len() < longest) {
        let contains = |(_, long): &&(usize, Few<&str>)| {
            steps(1);
            long.len() > short.len()
                && (short.iter().all(|w| long.contains(w)) || (short.len() >= 2 && is_same_name(short, long)))
        };
        let before = persons[..k].iter().rev().take(200).find(contains);
        let found = before.or_else(|| persons[k + 1..].iter().take(200).find(contains));
        if let Some((other, _)) = found {
            sets.join(*other, *n);
        }
    }
}

/// Two spellings of one name that differ in a middle name: first and last word agree.
fn is_same_name(a: &[&str], b: &[&str]) -> bool {
    a.first() == b.first() && a.last() == b.last()
}

/// A post is the same when the same person holds it; a post without holder is the last one of that name.
fn roles(doc: &Document<'_>, mentions: &[Mention], sets: &mut Sets) {
    struct Seen<'d> {
        mention: usize,
        holder: Option<usize>,
        words: Few<&'d str>,
        /// It begins with a word of rank: Deputy, Senior, Prime.
        modified: bool,
    }
    let mut seen: Vec<Seen<'_>> = Vec::new();
    for (n, mention) in mentions.iter().enumerate() {
        if mention.kind != EntityType::Role {
            continue;
        }
        let holder = holder(doc, mentions, n).map(|p| sets.find(p));
        let words: Few<&str> =
            mention.tokens.clone().filter(|&i| doc.tokens[i].is_word()).map(|i| doc.folded(i)).collect();
        let bare = words.len() == 1;
        let known = holder.is_some() || determined(doc, mentions, n);
        let same = |s: &&Seen<'_>| {
            let fits = s.words[..] == words[..]
                || (s.words.len() > words.len()
                    // `Minister of Health` of `Health Minister`, but no `Assistant Secretary` of `Assistant Executive Secretary`
                    && (words.iter().all(|w| s.words.contains(w)) && !is_split(&words, &s.words))
                    && (bare || holder.is_none()))
                || (s.words.len() == 1 && words.contains(&s.words[0]) && holder.is_some() && s.holder == holder);
            match (holder, s.holder) {
                (Some(a), Some(b)) => a == b && fits,
                (Some(_), None) => false,
                (None, _) => fits,
            }
        };
        // `the Minister` is rather the Minister of Culture than the Senior Minister
        let ranked = |s: &Seen<'_>| bare && s.words[..] != words[..] && s.modified;
        let recent = || seen.iter().rev().take(if known { 100 } else { 0 }).filter(same);
        if let Some(s) = recent().find(|s| !ranked(s)).or_else(|| recent().next()) {
            sets.join(s.mention, n);
        }
        let modified = doc.class(mention.tokens.start).any(Classes::ROLE_MODIFIER);
        seen.push(Seen { mention: n, holder, words, modified });
    }
}

/// Whether the words of a post stand in a longer one in their order, but with others between them.
fn is_split(words: &[&str], longer: &[&str]) -> bool {
    let mut rest = longer.iter();
    let in_order = words.iter().all(|w| rest.any(|l| l == w));
    in_order && !longer.windows(words.len()).any(|run| run == words)
}

/// No employer stands beside the post, and no `a`, `new`, `next`: it is one that the text has named.
fn determined(doc: &Document<'_>, mentions: &[Mention], n: usize) -> bool {
    let tokens = &mentions[n].tokens;
    let employer = |m: &Mention| {
        matches!(m.kind, EntityType::State | EntityType::Agency | EntityType::Body | EntityType::Organisation)
    };
    let owned = n > 0 && employer(&mentions[n - 1]) && {
        let end = mentions[n - 1].tokens.end;
        end == tokens.start || end + 1 == tokens.start && (doc.is_clitic(end) || doc.is_hyphen(end))
    };
    let of = mentions.get(n + 1).is_some_and(|m| {
        employer(m) && m.tokens.start <= tokens.end + 2 && matches!(doc.word(tokens.end), "of" | "for" | "in" | "at")
    });
    let fresh = tokens.start > 0
        && matches!(doc.word(tokens.start - 1), "a" | "an" | "new" | "next" | "any" | "other" | "another" | "former");
    // `Keo Monyroth, MSc, Director`: said of somebody else
    let listed = tokens.len() == 1 && tokens.start > 0 && doc.is(tokens.start - 1, ",");
    !(owned || of || fresh || listed)
}

/// The person whose post this is by its place: `Minister Fu`, `Fu, the Minister`.
fn holder(doc: &Document<'_>, mentions: &[Mention], n: usize) -> Option<usize> {
    let role = &mentions[n];
    // on a line of its own below the name
    if let Some(above) = n.checked_sub(1)
        && mentions[above].kind == EntityType::Person
        && let Some(row) = doc.sentence_of(role.tokens.start)
        && doc.sentences[row].start == role.tokens.start
        && mentions[above].tokens.end == role.tokens.start
    {
        return Some(above);
    }
    let mut next = n + 1;
    // over the employer and further posts: `Secretary-General of ASEAN Kao Kim Hourn`, `Deputy Prime Minister and Minister X`
    let mut at = role.tokens.end;
    let mut steps = 0;
    while let Some(other) = mentions.get(next) {
        let gap = at..other.honorifics.start.min(other.tokens.start);
        let close = gap.start <= gap.end
            && gap.clone().all(|i| {
                matches!(doc.word(i), "of" | "the" | "and" | "/" | "for" | "," | "to")
                    || doc.is_clitic(i)
                    || doc.class(i).any(Classes::HONORIFIC)
            })
            && gap.len() <= 3;
        if !close || steps > 3 || (!gap.is_empty() && doc.is(gap.start, ",") && other.kind != EntityType::Person) {
            break;
        }
        match other.kind {
            EntityType::Person if gap.clone().any(|i| matches!(doc.word(i), "and" | "of" | "for" | "to")) => break,
            EntityType::Person => return Some(next),
            EntityType::State
            | EntityType::Agency
            | EntityType::Body
            | EntityType::Organisation
            | EntityType::Place
            | EntityType::Role => {
                at = other.tokens.end;
                next += 1;
                steps += 1;
            }
            _ => break,
        }
    }
    // behind the name
    let before = mentions[..n].iter().enumerate().next_back()?;
    let (k, person) = before;
    if person.kind == EntityType::Person {
        let gap = person.tokens.end..role.tokens.start;
        if !gap.is_empty()
            && gap.len() <= 3
            && (doc.is(gap.start, ",") || doc.is(gap.start, "(") || doc.is_dash(gap.start) && !doc.is_joined(gap.start))
            && gap.clone().skip(1).all(|i| doc.class(i).any(Classes::DETERMINER))
        {
            return Some(k);
        }
    }
    None
}

/// How many mentions without a name most texts add at most, which are found later.
fn room_for_references(doc: &Document<'_>) -> usize {
    2 * doc.sentences.len()
}

fn collect(
    doc: &Document<'_>,
    mentions: Vec<Mention>,
    mut sets: Sets,
    chosen: &mut [Option<Few<EntryId>>],
) -> Entities {
    let mut index: Vec<Option<usize>> = vec![None; mentions.len()];
    let mut out = Entities {
        list: Vec::with_capacity(mentions.capacity()),
        of: Vec::with_capacity(mentions.capacity()),
        at: vec![0; doc.tokens.len()],
        titles: vec![false; doc.tokens.len()],
        ..Entities::default()
    };
    for n in 0..mentions.len() {
        let root = sets.find(n);
        let entity = *index[root].get_or_insert_with(|| {
            out.list.push(Entity { kind: mentions[root].kind, named: true, entries: Few::new(), mentions: Few::new() });
            out.list.len() - 1
        });
        out.at[mentions[n].tokens.clone()].fill(n as u32 + 1);
        out.titles[mentions[n].honorifics.clone()].fill(true);
        out.list[entity].mentions.push(n);
        if out.list[entity].entries.is_empty() {
            out.list[entity].entries = chosen[n].take().unwrap_or_else(|| mentions[n].entries.clone());
        }
        out.of.push(entity);
    }
    out.names = mentions.len();
    out.mentions = mentions;
    out
}
