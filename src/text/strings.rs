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

    /// Whether the string of a number is this one; bytes are compared faster than letters.
    fn is(&self, number: u32, string: &[u8]) -> bool {
        self.bytes(number) == string
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
    numbers: HashTable<u32>,
}

impl Interner {
    /// The number of a string, if it has one.
    pub(crate) fn get(&self, string: &[u8]) -> Option<u32> {
        self.numbers.find(hash(string), |&n| self.strings.is(n, string)).copied()
    }

    /// The number of a string, given out where it is new.
    pub(crate) fn intern(&mut self, string: &str) -> u32 {
        let strings = &mut self.strings;
        let same = |&n: &u32| strings.is(n, string.as_bytes());
        match self.numbers.entry(hash(string.as_bytes()), same, |&n| hash(strings.bytes(n))) {
            hashbrown::hash_table::Entry::Occupied(known) => *known.get(),
            hashbrown::hash_table::Entry::Vacant(place) => {
                let number = strings.len() as u32;
                place.insert(number);
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
        let mut numbers = HashTable::with_capacity(strings.len());
        for n in 0..strings.len() {
            numbers.insert_unique(hash(strings.bytes(n as u32)), n as u32, |&n| hash(strings.bytes(n)));
        }
        Interner { strings, numbers }
    }
}

impl From<Interner> for Strings {
    fn from(interner: Interner) -> Strings {
        interner.strings
    }
}

fn hash(string: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(string);
    hasher.finish()
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
}
