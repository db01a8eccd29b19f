//! Lists that are short nearly always: up to four stand where the list stands, without memory of their own.

use tinyvec::TinyVec;

/// A list of mostly four or fewer.
pub(crate) type Few<T> = TinyVec<[T; 4]>;

/// A list of one.
pub(crate) fn one<T: Default>(item: T) -> Few<T> {
    std::iter::once(item).collect()
}
