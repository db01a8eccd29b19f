//! Many strings in one piece of memory, and numbers for distinct ones.

use super::packed;
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use std::hash::Hasher;
use std::ops::Range;

/// A list of strings whose letters stand in one string: a hundred thousand of them are loaded, copied and dropped as one.
///
/// Holds 4 GiB of letters; whoever fills it sees to it that there are no more.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Strings {
    text: String,
    #[serde(with = "packed")]
    ends: Vec<u32>,
}

impl Strings {
    pub(crate) fn push(&mut self, string: &str) {
        self.text.push_str(string);
        self.ends.push(self.text.len() as u32);
    }

    /// Adds the string that `write` puts behind the letters there are.
    pub(crate) fn push_with(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.ends.push(self.text.len() as u32);
    }

    /// The string of a number, from 0.
    pub(crate) fn get(&self, number: usize) -> &str {
        &self.text[self.place(number)]
    }

    fn bytes(&self, number: u32) -> &[u8] {
        &self.text.as_bytes()[self.place(number as usize)]
    }

    fn place(&self, number: usize) -> Range<usize> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[number] as usize
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.get(number))
    }
}

/// Numbers distinct strings, from 0, in the order in which they come.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Strings", into = "Strings")]
pub(crate) struct Interner {
    strings: Strings,
    keys: HashTable<Key>,
}

/// A string as it is looked up.
#[derive(Clone, Copy, Debug)]
struct Key {
    ends: Ends,
    number: u32,
}

/// The first letters of a string and its last ones. Most words are no longer, and none of their letters need be fetched.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ends {
    head: u64,
    /// 0 where the head has all.
    tail: u64,
    length: u32,
}

impl Interner {
    /// No strings yet; room for so many of the length of a name.
    pub(crate) fn with_room(strings: usize) -> Interner {
        let ends = Vec::with_capacity(strings);
        let text = String::with_capacity(strings * 16);
        Interner { strings: Strings { text, ends }, keys: HashTable::with_capacity(strings) }
    }

    /// The number of a string, if it has one.
    pub(crate) fn get(&self, string: &[u8]) -> Option<u32> {
        self.get_first(string, string.len())
    }

    /// The number of the string that the first bytes of a text are, which costs less than to cut it out.
    #[inline]
    pub(crate) fn get_first(&self, text: &[u8], length: usize) -> Option<u32> {
        let ends = Ends::of(text, length);
        let same = |key: &Key| is(&self.strings, key, ends, text);
        self.keys.find(ends.hash(text), same).map(|key| key.number)
    }

    /// The number of a string, given out where it is new.
    pub(crate) fn intern(&mut self, string: &str) -> u32 {
        let text = string.as_bytes();
        let ends = Ends::of(text, text.len());
        let strings = &mut self.strings;
        let same = |key: &Key| is(strings, key, ends, text);
        match self.keys.entry(ends.hash(text), same, |key| key.ends.hash(strings.bytes(key.number))) {
            hashbrown::hash_table::Entry::Occupied(known) => known.get().number,
            hashbrown::hash_table::Entry::Vacant(place) => {
                let number = strings.len() as u32;
                place.insert(Key { ends, number });
                strings.push(string);
                number
            }
        }
    }

    /// All strings with their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..).zip(self.strings.iter())
    }
}

impl From<Strings> for Interner {
    fn from(strings: Strings) -> Interner {
        let mut keys = HashTable::with_capacity(strings.len());
        for number in 0..strings.len() as u32 {
            let text = strings.bytes(number);
            let ends = Ends::of(text, text.len());
            keys.insert_unique(ends.hash(text), Key { ends, number }, |key| key.ends.hash(strings.bytes(key.number)));
        }
        Interner { strings, keys }
    }
}

impl From<Interner> for Strings {
    fn from(interner: Interner) -> Strings {
        interner.strings
    }
}

/// Bytes of a head, and of a tail.
const HEAD: usize = size_of::<u64>();

impl Ends {
    /// Those of the string that the first bytes of a text are.
    #[inline]
    fn of(text: &[u8], length: usize) -> Ends {
        let tail = if length > HEAD { first(&text[length - HEAD..], HEAD) } else { 0 };
        Ends { head: first(text, length), tail, length: length as u32 }
    }

    /// The hash of the string.
    #[inline]
    fn hash(self, text: &[u8]) -> u64 {
        let mut hasher = FxHasher::default();
        hasher.write_u64(self.head);
        hasher.write_u64(self.tail);
        if self.length as usize > 2 * HEAD {
            hasher.write(&text[HEAD..self.length as usize - HEAD]);
        }
        hasher.finish()
    }
}

/// The first letters, or all, of the string that the first bytes of a text are.
#[inline]
fn first(text: &[u8], length: usize) -> u64 {
    let letters = text.first_chunk().copied().unwrap_or_else(|| {
        let mut letters = [0; HEAD];
        letters[..text.len()].copy_from_slice(text);
        letters
    });
    let others = u8::BITS as usize * (HEAD - length.min(HEAD));
    u64::from_le_bytes(letters) & u64::MAX.checked_shr(others as u32).unwrap_or(0)
}

/// Whether a key is that of the string that begins a text and has these ends.
#[inline]
fn is(strings: &Strings, key: &Key, ends: Ends, text: &[u8]) -> bool {
    let length = ends.length as usize;
    key.ends == ends && (length <= 2 * HEAD || strings.bytes(key.number) == &text[..length])
}

#[cfg(test)]
mod tests {
    use super::{Interner, Strings};

    #[test]
    fn a_string_keeps_its_number() {
        let mut interner = Interner::default();
        let given = ["asean", "", "viet", "asean", ""].map(|word| interner.intern(word));
        assert_eq!(given, [0, 1, 2, 0, 1]);
        let loaded = Interner::from(Strings::from(interner));
        assert_eq!((loaded.get(b"viet"), loaded.get(b"nam")), (Some(2), None));
        assert_eq!(loaded.iter().collect::<Vec<_>>(), [(0, "asean"), (1, ""), (2, "viet")]);
    }

    #[test]
    fn strings_differ_by_any_letter_and_by_their_length() {
        let mut interner = Interner::default();
        let strings = ["", "a", "a\0", "minister", "ministers", "ministry", "ministerial", "ministerium"];
        let given = strings.map(|word| interner.intern(word));
        assert_eq!(given, [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(strings.map(|word| interner.get(word.as_bytes())), given.map(Some));
        for (text, length, number) in
            [("ministers’ meeting", 8, Some(3)), ("ministers’", 9, Some(4)), ("ab", 1, Some(1))]
        {
            assert_eq!(interner.get_first(text.as_bytes(), length), number, "{text}");
        }
    }
}
