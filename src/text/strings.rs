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

/// A string as it is looked up: most words are no longer than its head, and none of their letters need be fetched.
#[derive(Clone, Copy, Debug)]
struct Key {
    head: u64,
    length: u32,
    number: u32,
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
        let head = head(text, length);
        let same = |key: &Key| is(&self.strings, key, head, text, length);
        self.keys.find(hash(head, text, length), same).map(|key| key.number)
    }

    /// The number of a string, given out where it is new.
    pub(crate) fn intern(&mut self, string: &str) -> u32 {
        let (text, length) = (string.as_bytes(), string.len());
        let head = head(text, length);
        let strings = &mut self.strings;
        let same = |key: &Key| is(strings, key, head, text, length);
        match self.keys.entry(hash(head, text, length), same, |key| hash_of(strings, key)) {
            hashbrown::hash_table::Entry::Occupied(known) => known.get().number,
            hashbrown::hash_table::Entry::Vacant(place) => {
                let number = strings.len() as u32;
                place.insert(Key { head, length: length as u32, number });
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
            let key = Key { head: head(text, text.len()), length: text.len() as u32, number };
            keys.insert_unique(hash(key.head, text, text.len()), key, |key| hash_of(&strings, key));
        }
        Interner { strings, keys }
    }
}

impl From<Interner> for Strings {
    fn from(interner: Interner) -> Strings {
        interner.strings
    }
}

/// Bytes of a head.
const HEAD: usize = size_of::<u64>();

/// The first letters of the string that the first bytes of a text are.
#[inline]
fn head(text: &[u8], length: usize) -> u64 {
    let letters = text.first_chunk().copied().unwrap_or_else(|| {
        let mut letters = [0; HEAD];
        letters[..text.len()].copy_from_slice(text);
        letters
    });
    let others = u8::BITS as usize * (HEAD - length.min(HEAD));
    u64::from_le_bytes(letters) & u64::MAX.checked_shr(others as u32).unwrap_or(0)
}

/// Whether a key is that of the string that the first bytes of a text are.
#[inline]
fn is(strings: &Strings, key: &Key, head: u64, text: &[u8], length: usize) -> bool {
    let same_head = key.head == head && key.length as usize == length;
    same_head && (length <= HEAD || strings.bytes(key.number) == &text[..length])
}

#[inline]
fn hash(first: u64, text: &[u8], length: usize) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(first);
    if length > HEAD {
        hasher.write_u64(head(&text[length - HEAD..], HEAD));
    }
    if length > 2 * HEAD {
        hasher.write(&text[HEAD..length - HEAD]);
    }
    hasher.finish()
}

fn hash_of(strings: &Strings, key: &Key) -> u64 {
    hash(key.head, strings.bytes(key.number), key.length as usize)
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
        for (text, length, number) in [("ministers’ meeting", 8, Some(3)), ("ministers’", 9, Some(4)), ("ab", 1, Some(1))] {
            assert_eq!(interner.get_first(text.as_bytes(), length), number, "{text}");
        }
    }
}
