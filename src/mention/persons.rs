//! Names of persons: behind titles and posts, in lists, and by the look of the words.

use super::roles::Role;
use super::scene::{Scene, Window};
use super::{Found, Mention};
use crate::few::Few;
use crate::schema::EntityType;
use crate::text::layout::Zone;
use crate::text::lexicon::Classes;
use std::ops::Range;

/// Longest name in tokens.
const LONGEST: usize = 14;

/// All persons of the document.
pub(crate) fn find(scene: &Scene<'_, '_>, roles: &[Role], others: &[Mention]) -> Vec<Mention> {
    // where the first of the others that begin at a token ends
    let mut ends = vec![0; scene.doc.tokens.len()];
    for other in others.iter().rev() {
        ends[other.tokens.start] = other.tokens.end as u32;
    }
    let mut after_role = vec![false; scene.doc.tokens.len() + 1];
    for role in roles {
        after_role[role.tokens.end] = true;
        if is_short_for(scene, role.tokens.end) {
            after_role[role.tokens.end + 3] = true;
        }
        // `Minister of Justice for Timor-Leste X`, `Ambassador to Malaysia X`: the name stands behind the employer
        let mut at = role.tokens.end;
        for _ in 0..3 {
            if !scene.doc.tokens.get(at).is_some_and(|t| t.is_word())
                || !matches!(scene.doc.word(at), "of" | "to" | "for" | "at" | "in")
            {
                break;
            }
            let next = if scene.doc.is(at + 1, "the") { at + 2 } else { at + 1 };
            let employer = scene
                .known(next)
                .filter(|k| k.kind.is_some_and(|k| k.is_agent() || k == EntityType::Place))
                .map(|k| k.tokens.end)
                .or_else(|| ends.get(next).map(|&end| end as usize).filter(|&end| end > 0));
            match employer {
                Some(end) => {
                    at = end;
                    after_role[at] = true;
                }
                None => break,
            }
        }
    }
    let mut covered = vec![false; scene.doc.tokens.len()];
    for mention in others.iter().filter(|m| m.tokens.len() > 1) {
        covered[mention.tokens.clone()].fill(true);
    }
    for role in roles {
        covered[role.tokens.clone()].fill(true);
    }
    let mut out: Vec<Mention> = Vec::new();
    for sentence in &scene.doc.sentences {
        if sentence.zone == Zone::Furniture {
            continue;
        }
        let finder = Finder {
            scene,
            covered: &covered,
            bounds: sentence.start..sentence.end,
            title: sentence.zone == Zone::Headline,
            after_role: &after_role,
        };
        let mut at = sentence.start;
        while at < sentence.end {
            // most words are none of this, and no name begins with them
            if !scene.is_capital(at) && !after_role[at] && scene.known(at).is_none() {
                at += 1;
                continue;
            }
            let listed = out.last().is_some_and(|m: &Mention| {
                m.tokens.end + 1 == at && matches!(scene.doc.word(at - 1), "," | "and" | "&")
            });
            match finder.person_at(at, listed) {
                Some(person) => {
                    at = person.tokens.end;
                    out.push(person);
                }
                None => at += 1,
            }
        }
    }
    out
}

/// Whether a short form in parentheses stands at a token: `(RADM)`
fn is_short_for(scene: &Scene<'_, '_>, at: usize) -> bool {
    at + 3 < scene.doc.tokens.len() && scene.doc.is(at, "(") && scene.is_short_form(at + 1) && scene.doc.is(at + 2, ")")
}

struct Finder<'f, 's, 't> {
    scene: &'f Scene<'s, 't>,
    covered: &'f [bool],
    bounds: Range<usize>,
    title: bool,
    /// Whether a post, with its employer, ends before the token.
    after_role: &'f [bool],
}

impl Window for Finder<'_, '_, '_> {
    fn scene(&self) -> &Scene<'_, '_> {
        self.scene
    }

    fn bounds(&self) -> &Range<usize> {
        &self.bounds
    }
}

impl Finder<'_, '_, '_> {
    fn person_at(&self, at: usize, listed: bool) -> Option<Mention> {
        let titles = self.past_titles(at);
        let titles = self.give_back(at, titles);
        if titles > at {
            // `H.E. Minister Chea Vandeth`: a title, then a post; the post is the anchor there
            let end = self.name_end(titles, true)?;
            // `General Assembly`, `Justice Reform`: words of the language throughout
            let plain =
                |i: usize| self.class(i, Classes::COMMON) && !self.class(i, Classes::NAME_WORD) && self.word(i) != ".";
            let headed = self.class(titles, Classes::HEAD) && !self.class(titles, Classes::NAME_WORD);
            if (at..titles).all(|i| self.class(i, Classes::COMMON)) && ((titles..end).all(plain) || headed) {
                return None;
            }
            return Some(self.person(titles..end, at..titles));
        }
        if let Some(known) = self.scene.known(at)
            && known.kind == Some(EntityType::Person)
            && known.tokens.start == at
        {
            let end = self.name_end(at, true).unwrap_or(known.tokens.end).max(known.tokens.end);
            // a title that belongs to the name of somebody else: `U Thant Zaw Hein`
            let titled =
                usize::from(end > known.tokens.end && self.class(at, Classes::HONORIFIC) && self.word(at).len() == 1);
            return Some(self.person(at + titled..end, at..at + titled));
        }
        if self.after_role[at] && at > self.bounds.start && !self.covered[at] {
            // `Minister van Houten`
            let particle = self.class(at, Classes::NAME_PARTICLE) && !self.is_capital(at) && self.is_capital(at + 1);
            let from = if particle && matches!(self.word(at), "van" | "von" | "de" | "da" | "der" | "al") {
                at + 1
            } else {
                at
            };
            let end = self.name_end(from, false)?;
            // `Commander BGen.`: a rank, and the line ends
            if (at..end).all(|i| self.scene.is_honorific(i)) && !self.class(at, Classes::NAME_WORD) {
                return None;
            }
            let sure = (at..end).any(|i| !self.class(i, Classes::COMMON));
            if sure || (self.class(at, Classes::NAME_WORD) && !self.title) {
                return Some(self.person(at..end, at..at));
            }
            return None;
        }
        if self.title {
            return None;
        }
        // `the Minister of Home Affairs of Indonesia, Raden Wibisono Hadi,`
        let behind_role = at > self.bounds.start + 1 && self.word(at - 1) == "," && self.after_role[at - 1];
        self.by_look(at, listed || behind_role)
    }

    fn person(&self, tokens: Range<usize>, honorifics: Range<usize>) -> Mention {
        let mut tokens = tokens;
        let mut honorifics = honorifics;
        // titles that no table has, before a name that one has: `Moha Borvor Hun Manet`
        for at in tokens.clone() {
            if let Some(known) = self.scene.known(at)
                && known.kind == Some(EntityType::Person)
                && known.tokens.start == at
                && known.tokens.end == tokens.end
                && known.tokens.len() >= 2
                && at > tokens.start
                && !honorifics.is_empty()
                && (tokens.start..at).all(|i| self.class(i, Classes::HONORIFIC))
            {
                tokens.start = at;
                honorifics.end = at;
                break;
            }
        }
        let known = self.scene.known(tokens.start).filter(|k| k.tokens == tokens && k.kind == Some(EntityType::Person));
        let found = if known.is_some() { Found::Gazetteer } else { Found::Pattern };
        let mut mention = Mention::new(tokens, EntityType::Person, found);
        if let Some(known) = known {
            mention.entries = known.entries.clone();
            mention.via = known.via;
        }
        mention.honorifics = honorifics;
        mention
    }

    /// Past titles: `Dato Seri Setia Dr Haji`, `H.E.`, `Pol Col`.
    fn past_titles(&self, at: usize) -> usize {
        let mut end = at;
        while self.bounds.contains(&end) && end < at + 24 {
            let Some(known) = self.scene.known(end) else { break };
            if !known.honorific || known.tokens.start != end || !self.is_capital(end) {
                break;
            }
            // a title that could as well be the name itself
            if known.kind == Some(EntityType::Person) && end == at {
                break;
            }
            end = known.tokens.end;
            // the full stop of an abbreviation, the apostrophe of `Dato'`
            if matches!(self.word(end), "." | "'" | "’") && self.scene.doc.is_joined(end) {
                end += 1;
            }
            // `Rear Admiral (RADM) …`
            if is_short_for(self.scene, end) && self.is_capital(end + 3) {
                end += 3;
            }
            // `Mr (Dr) …`, commas between titles are not crossed
        }
        if end > at && self.is_capital(end) || end == at { end } else { at }
    }

    /// `Dr Tun Shin`: where one word would be left as the name, a last title that is also a name word belongs to the name.
    fn give_back(&self, start: usize, titles: usize) -> usize {
        let single = |at: usize| self.name_end(at, true).is_some_and(|end| end == at + 1);
        let mut at = titles;
        while at > start + 1 && single(at.max(titles)) && self.word(at - 1) != "." {
            let p = at - 1;
            let courtesy = matches!(
                self.word(p),
                "Dr" | "Mr"
                    | "Ms"
                    | "Mrs"
                    | "Prof"
                    | "Professor"
                    | "Madam"
                    | "Sir"
                    | "Mdm"
                    | "Miss"
                    | "Gen"
                    | "General"
            );
            if courtesy || !self.class(p, Classes::NAME_WORD) || self.scene.known(p).is_none_or(|k| k.tokens.len() > 1)
            {
                break;
            }
            at = p;
        }
        at
    }

    /// One past the last token of the name that begins at `at`. Behind a title everything capitalised is a name.
    fn name_end(&self, at: usize, titled: bool) -> Option<usize> {
        let mut end = at;
        let shouted = self.scene.doc.is_shouted(at);
        while end < at + LONGEST && self.bounds.contains(&end) {
            let known = self.scene.known(end);
            if self.covered[end] {
                break;
            }
            if self.is_capital(end) {
                if known.is_some_and(|k| {
                    matches!(
                        k.kind,
                        Some(EntityType::State | EntityType::Agency | EntityType::Body | EntityType::Organisation | EntityType::Event)
                    ) && k.tokens.start == end
                        // `Eduardo Malaya`: a last name that is also a state's
                        && !(k.kind == Some(EntityType::State) && k.tokens.len() == 1 && (titled && self.class(end, Classes::NAME_WORD) || end == at + 1))
                }) {
                    break;
                }
                if known.is_some_and(|k| k.role) {
                    break;
                }
                if end > at && self.is_post_nominal(end, shouted) {
                    break;
                }
                let grammar = Classes::DETERMINER
                    | Classes::PRONOUN
                    | Classes::SUBORDINATOR
                    | Classes::PREPOSITION
                    | Classes::CONJUNCTION;
                // `An`, `The` begin sentences; behind other words of a name they are names (`Tran Van An`)
                if self.class(end, grammar)
                    && (shouted || end == at && !(titled && self.class(end, Classes::NAME_WORD)))
                {
                    break;
                }
                if self.class(end, Classes::WEEKDAY | Classes::ROLE_HEAD)
                    && !self.class(end, Classes::NAME_WORD)
                    && !(end == at && self.is_surname_like_day(at))
                {
                    break;
                }
                if self.class(end, Classes::MONTH) && (end > at || !titled) && self.is_number(end + 1) {
                    break;
                }
                // past the first words, a title begins another name: `Amin Liew and Dato …`
                if end > at
                    && !self.is_patronymic(at, end)
                    && known.is_some_and(|k| k.honorific && k.kind.is_none() && self.is_capital(k.tokens.end))
                    && !self.class(end, Classes::NAME_WORD | Classes::NAME_PARTICLE)
                {
                    break;
                }
                end += 1;
                // an initial and its full stop
                if self.word(end) == "."
                    && self.scene.doc.is_joined(end)
                    && self.word(end - 1).chars().count() == 1
                    && (self.is_capital(end + 1)
                        || self.class(end + 1, Classes::NAME_PARTICLE) && self.is_capital(end + 2))
                {
                    end += 1;
                }
                continue;
            }
            if end > at {
                // bin, binti, de, van …
                if self.class(end, Classes::NAME_PARTICLE)
                    && (self.is_capital(end + 1) || self.class(end + 1, Classes::NAME_PARTICLE))
                    && self.word(end) != "e"
                {
                    end += 1;
                    continue;
                }
                if self.scene.doc.is_hyphen(end)
                    && self.scene.doc.is_joined(end)
                    && (self.is_capital(end + 1) || self.scene.doc.tokens.get(end + 1).is_some_and(|t| t.is_word()))
                    && self.scene.doc.is_joined(end + 1)
                {
                    end += 2;
                    continue;
                }
                // `Joko “Jokowi” Widodo`
                if matches!(self.word(end), "“" | "\"" | "'" | "‘")
                    && self.is_capital(end + 1)
                    && matches!(self.word(end + 2), "”" | "\"" | "'" | "’")
                    && self.is_capital(end + 3)
                {
                    end += 3;
                    continue;
                }
                if self.word(end) == "@" && self.is_capital(end + 1) {
                    end += 2;
                    continue;
                }
                // a/l, a/p, s/o
                if matches!(self.word(end), "a" | "s" | "d")
                    && self.word(end + 1) == "/"
                    && matches!(self.word(end + 2), "l" | "p" | "o")
                    && self.is_capital(end + 3)
                {
                    end += 3;
                    continue;
                }
                // , Jr.
                if self.word(end) == "," && matches!(self.word(end + 1), "Jr" | "Sr" | "JR") {
                    end += 2;
                    if self.word(end) == "." && self.scene.doc.is_joined(end) {
                        end += 1;
                    }
                    break;
                }
            }
            break;
        }
        if end > at
            && matches!(self.word(end - 1), "Jr" | "Sr")
            && self.word(end) == "."
            && self.scene.doc.is_joined(end)
        {
            end += 1;
        }
        // trailing particles are no part
        while end > at
            && !self.is_capital(end - 1)
            && self.word(end - 1) != "."
            && !(end >= 2 && self.scene.doc.is_hyphen(end - 2) && self.scene.doc.is_joined(end - 1))
        {
            end -= 1;
        }
        (end > at).then_some(end)
    }

    /// Behind `bin`, `binti`, titles belong to the father's name: `binti Pehin Dato Haji Ibrahim`.
    fn is_patronymic(&self, start: usize, at: usize) -> bool {
        (start..at)
            .rev()
            .find(|&i| !self.scene.is_honorific(i))
            .is_some_and(|i| matches!(self.word(i), "bin" | "binti" | "bte" | "ibni" | "ibn"))
    }

    fn is_number(&self, at: usize) -> bool {
        self.bounds.contains(&at) && self.scene.doc.tokens[at].kind == crate::text::token::Kind::Number
    }

    /// `SC`, `MP`, `OAM` behind a name
    fn is_post_nominal(&self, at: usize, shouted: bool) -> bool {
        if shouted {
            return false;
        }
        let word = self.word(at);
        self.scene.is_short_form(at)
            && word.len() >= 2
            && !matches!(word, "II" | "III" | "IV")
            && word.chars().all(|c| c.is_uppercase() || c == '.')
            || matches!(word, "PhD" | "Ph.D")
    }

    /// A name that stands without title: words that are no words of the language, of which some are known from names.
    fn by_look(&self, at: usize, listed: bool) -> Option<Mention> {
        if !self.is_capital(at) || self.covered[at] || (at > self.bounds.start && self.is_capital(at - 1)) {
            return None;
        }
        let scene = self.scene;
        if scene.known(at).is_some_and(|k| k.kind.is_some() || k.role) || scene.is_short_form(at) {
            return None;
        }
        let end = self.name_end(at, false)?;
        let words: Few<usize> = (at..end).filter(|&i| scene.doc.tokens[i].is_word() && self.is_capital(i)).collect();
        if words.len() < 2 || words.len() > 6 {
            return None;
        }
        let (mut strange, mut names, mut common, mut places) = (0, 0, 0, 0);
        for &i in &words {
            let class = scene.class(i);
            // `Sun Yongcai`
            let day = class.any(Classes::MONTH | Classes::WEEKDAY) && !(i == at && self.is_surname_like_day(i));
            if class.any(Classes::HEAD) || day || scene.is_short_form(i) && !scene.doc.is_shouted(i) {
                return None;
            }
            if class.any(Classes::NAME_WORD) {
                names += 1;
            }
            if class.any(Classes::COMMON) {
                common += usize::from(!class.any(Classes::NAME_WORD) && scene.doc.word(i).len() > 1);
            } else {
                strange += 1;
            }
            places += usize::from(scene.kind(i) == Some(EntityType::Place));
        }
        if places > 0 && places == words.len() || self.is_place_company(at, end) {
            return None;
        }
        let company = self.company(at, end) || listed || self.nation_before(at);
        let enough = if common == 0 {
            names >= 1 || strange >= 2 && (company || self.stands_free(at, &words))
        } else {
            company && common == 1 && names >= 1 && strange >= 1
        };
        // capitals go on behind it: part of something longer that nobody knows
        let goes_on = self.is_capital(end) && scene.known(end).is_none() && !scene.is_short_form(end);
        (enough && !goes_on).then(|| self.person(at..end, at..at))
    }

    /// What stands beside a person: `, 53,`, `, the …`, `said`, `who`.
    fn company(&self, at: usize, end: usize) -> bool {
        let scene = self.scene;
        let said =
            |i: usize| self.bounds.contains(&i) && scene.lexicon.verb(scene.doc.words[i]).is_some_and(|v| v.speech);
        if said(end) || self.class(end, Classes::RELATIVE) && matches!(self.word(end), "who" | "whom") {
            return true;
        }
        if at > self.bounds.start && (said(at - 1) || self.class(at - 1, Classes::ROLE_HEAD | Classes::PERSON_NOUN)) {
            return true;
        }
        self.word(end) == ","
            && (self.is_number(end + 1)
                || self.has_post_of(end + 1)
                || self.class(end + 1, Classes::ROLE_HEAD | Classes::ROLE_MODIFIER)
                || (matches!(self.word(end + 1), "the" | "a" | "an" | "who" | "his" | "her")
                    && (end + 2..(end + 8).min(self.bounds.end)).any(|i| self.class(i, Classes::ROLE_HEAD))))
    }

    /// `U.S. Consul General`: an employer and a post
    fn has_post_of(&self, at: usize) -> bool {
        let employer = self.scene.known(at).filter(|k| k.kind.is_some_and(|k| k.is_agent() && k != EntityType::Person));
        employer.is_some_and(|k| {
            self.is_capital(k.tokens.end) && self.class(k.tokens.end, Classes::ROLE_HEAD | Classes::ROLE_MODIFIER)
        })
    }

    /// `Sun` before a word that is none of the language: a surname, and no day.
    fn is_surname_like_day(&self, at: usize) -> bool {
        self.word(at) == "Sun" && self.is_capital(at + 1) && !self.class(at + 1, Classes::COMMON | Classes::MONTH)
    }

    /// Two or three words that nobody knows, no article and no place's preposition before them.
    fn stands_free(&self, at: usize, words: &[usize]) -> bool {
        let before = at.wrapping_sub(1);
        // `Permata Singapore` is a firm or a house
        let country = words.iter().any(|&i| self.scene.kind(i).is_some());
        words.len() <= 3
            && !country
            && !self.class(before, Classes::DETERMINER)
            && !matches!(
                self.word(before),
                "in" | "at" | "from" | "near" | "of" | "to" | "on" | "along" | "for" | "“" | "\"" | "‘" | "("
            )
    }

    /// `Thailand's Badeng Khonatep`, `the Iranian Mustafa Riqi`
    fn nation_before(&self, at: usize) -> bool {
        let Some(last) = at.checked_sub(1).filter(|&last| last >= self.bounds.start) else { return false };
        let owner = if self.scene.doc.is_clitic(last) { last.checked_sub(1) } else { Some(last) };
        owner.is_some_and(|o| {
            self.bounds.contains(&o) && self.scene.is_state(o) && (o < last || self.scene.is_demonym(o))
        })
    }

    /// `in Nusa Dua, Indonesia`: a place by its company.
    fn is_place_company(&self, at: usize, end: usize) -> bool {
        let before = at > self.bounds.start && matches!(self.word(at - 1), "in" | "at" | "from" | "near");
        let state_after = self.word(end) == "," && self.scene.is_state(end + 1) && !self.has_post_of(end + 1);
        state_after || (before && !self.company(at, end))
    }
}
