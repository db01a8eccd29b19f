//! Lists of numbers as bytes of a fixed width: a hundred thousand are read in one pass, where a number of its own width each takes
//! as long as all else at the start of a program. For `#[serde(with = "packed")]`.

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// What is so many numbers.
pub(crate) trait Packed<const N: usize>: Sized {
    fn numbers(&self) -> [u32; N];
    fn of(numbers: [u32; N]) -> Self;
}

impl Packed<1> for u32 {
    fn numbers(&self) -> [u32; 1] {
        [*self]
    }

    fn of([number]: [u32; 1]) -> u32 {
        number
    }
}

impl Packed<2> for (u32, u32) {
    fn numbers(&self) -> [u32; 2] {
        [self.0, self.1]
    }

    fn of([a, b]: [u32; 2]) -> (u32, u32) {
        (a, b)
    }
}

const WIDTH: usize = size_of::<u32>();

pub(crate) fn serialize<T: Packed<N>, const N: usize, S: Serializer>(list: &[T], to: S) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = list.iter().flat_map(|item| item.numbers()).flat_map(u32::to_le_bytes).collect();
    to.serialize_bytes(&bytes)
}

pub(crate) fn deserialize<'de, T: Packed<N>, const N: usize, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    from.deserialize_bytes(Reader(PhantomData))
}

struct Reader<T, const N: usize>(PhantomData<T>);

impl<T: Packed<N>, const N: usize> Visitor<'_> for Reader<T, N> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("packed numbers")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        let mut items = bytes.chunks_exact(N * WIDTH);
        let number = |item: &[u8], n: usize| {
            let mut number = [0; WIDTH];
            number.copy_from_slice(&item[n * WIDTH..(n + 1) * WIDTH]);
            u32::from_le_bytes(number)
        };
        let list = items.by_ref().map(|item| T::of(std::array::from_fn(|n| number(item, n)))).collect();
        if items.remainder().is_empty() { Ok(list) } else { Err(E::invalid_length(bytes.len(), &self)) }
    }
}
