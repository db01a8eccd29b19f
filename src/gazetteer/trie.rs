//! Names as sequences of symbols → what they mean, in a tree of flat arrays.
//!
//! The tree is made by sorting, and holds three numbers for each node. Other than an automaton of `aho-corasick`, which has
//! no form to be stored in, it can be made when the crate is built and read when a program starts. Names are short, so
//! that walking from each word anew costs little.

use super::Sense;
use crate::text::packed::{self, Packed};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::ops::Range;

/// How many things a name may mean. All of them are weighed wherever the name stands.
pub(crate) const MOST_SENSES: usize = 100;

/// Number of a node.
pub(crate) type NodeId = u32;

/// Names on their way into a [`Trie`].
#[derive(Default)]
pub(crate) struct Names {
    symbols: Vec<u32>,
    /// Where in `symbols` the name ends, and what it means.
    names: Vec<(u32, Sense)>,
}

impl Names {
    /// Adds a name, which has a symbol at least.
    pub(crate) fn push(&mut self, symbols: &[u32], sense: Sense) {
        self.symbols.extend_from_slice(symbols);
        self.names.push((self.symbols.len() as u32, sense));
    }

    fn symbols(&self, name: u32) -> &[u32] {
        let start = (name as usize).checked_sub(1).map_or(0, |before| self.names[before].0);
        &self.symbols[start as usize..self.names[name as usize].0 as usize]
    }
}

/// All names of an extractor.
///
/// Nodes are numbered by their depth, and the children of a node follow each other in the order of their symbols.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Trie {
    /// With one more behind the last.
    #[serde(with = "packed")]
    nodes: Vec<Node>,
    #[serde(with = "packed")]
    senses: Vec<Sense>,
    /// The child of the root for each symbol, 0 for none: the root has many.
    #[serde(with = "packed")]
    roots: Vec<NodeId>,
}

/// What is known of a node stands together, for a step from node to node costs as much as the places in memory that it looks at.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The symbol that leads to it.
    symbol: u32,
    /// Its first child; the last one stands before the first of the next node.
    children: NodeId,
    /// Its first sense, likewise.
    senses: u32,
}

impl Packed<3> for Node {
    fn numbers(&self) -> [u32; 3] {
        [self.symbol, self.children, self.senses]
    }

    fn of([symbol, children, senses]: [u32; 3]) -> Node {
        Node { symbol, children, senses }
    }
}

impl Trie {
    pub(crate) fn new(names: &Names) -> Trie {
        let mut order: Vec<u32> = (0..names.names.len() as u32).collect();
        // what a name means stays in the order in which it was said
        order.sort_by(|&a, &b| names.symbols(a).cmp(names.symbols(b)));
        let mut trie = Trie { nodes: vec![Node::default()], ..Trie::default() };
        let mut node = 0;
        // each node is a run of names that begin alike, with the number of symbols that they share
        let mut runs: VecDeque<(Range<usize>, usize)> = VecDeque::from([(0..order.len(), 0)]);
        while let Some((mut run, depth)) = runs.pop_front() {
            let first = trie.senses.len();
            (trie.nodes[node].children, trie.nodes[node].senses) = (trie.nodes.len() as NodeId, first as u32);
            node += 1;
            while run.start < run.end && names.symbols(order[run.start]).len() == depth {
                let sense = names.names[order[run.start] as usize].1;
                let known = &trie.senses[first..];
                // one too many is kept, to be told
                if known.len() <= MOST_SENSES && !known.iter().any(|known| known.is_same(sense)) {
                    trie.senses.push(sense);
                }
                run.start += 1;
            }
            while run.start < run.end {
                let symbol = names.symbols(order[run.start])[depth];
                let same = order[run.clone()].partition_point(|&name| names.symbols(name)[depth] == symbol);
                trie.nodes.push(Node { symbol, ..Node::default() });
                runs.push_back((run.start..run.start + same, depth + 1));
                run.start += same;
            }
        }
        trie.nodes.push(Node { symbol: 0, children: trie.nodes.len() as NodeId, senses: trie.senses.len() as u32 });
        let first = trie.nodes[0].children;
        let roots = &trie.nodes[first as usize..trie.nodes[1].children as usize];
        trie.roots = vec![0; roots.last().map_or(0, |last| last.symbol as usize + 1)];
        for (root, node) in roots.iter().zip(first..) {
            trie.roots[root.symbol as usize] = node;
        }
        trie
    }

    /// The longest name that `symbols` begin with, and its length in symbols.
    #[inline]
    pub(crate) fn longest(&self, symbols: &[u32]) -> Option<(NodeId, usize)> {
        let root = *self.roots.get(*symbols.first()? as usize)?;
        if root == 0 { None } else { self.longest_from(root, symbols) }
    }

    fn longest_from(&self, root: NodeId, symbols: &[u32]) -> Option<(NodeId, usize)> {
        let mut node = root;
        let mut longest = None;
        for (n, next) in symbols[1..].iter().map(Some).chain([None]).enumerate() {
            if !self.senses(node).is_empty() {
                longest = Some((node, n + 1));
            }
            match next.and_then(|&symbol| self.child(node, symbol)) {
                Some(child) => node = child,
                None => break,
            }
        }
        longest
    }

    fn child(&self, node: NodeId, symbol: u32) -> Option<NodeId> {
        let (first, end) = (self.nodes[node as usize].children, self.nodes[node as usize + 1].children);
        let children = &self.nodes[first as usize..end as usize];
        children.binary_search_by_key(&symbol, |child| child.symbol).ok().map(|n| first + n as NodeId)
    }

    /// What the name of a node means; nothing where no name ends there.
    pub(crate) fn senses(&self, node: NodeId) -> &[Sense] {
        let node = node as usize;
        &self.senses[self.nodes[node].senses as usize..self.nodes[node + 1].senses as usize]
    }

    /// What the names mean that mean too much.
    pub(crate) fn overloaded(&self) -> impl Iterator<Item = &[Sense]> {
        let names = self.nodes.windows(2).map(|ends| &self.senses[ends[0].senses as usize..ends[1].senses as usize]);
        names.filter(|senses| senses.len() > MOST_SENSES)
    }

    /// The number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Sense, Via};
    use super::{Names, Trie};

    /// The entries of the longest name that `symbols` begin with, and its length.
    fn longest(trie: &Trie, symbols: &[u32]) -> Option<(Vec<u32>, usize)> {
        let (node, length) = trie.longest(symbols)?;
        let entries = trie.senses(node).iter().map(|sense| match sense {
            Sense::Entry(entry, _) => *entry,
            Sense::Honorific | Sense::Role => u32::MAX,
        });
        Some((entries.collect(), length))
    }

    #[test]
    fn the_longest_name_is_found_with_all_it_means() {
        let mut names = Names::default();
        let list: [&[u32]; 6] = [&[7, 3, 5], &[7], &[2, 2], &[7, 3, 9, 1], &[7], &[9]];
        for (entry, name) in list.iter().enumerate() {
            names.push(name, Sense::Entry(entry as u32, Via::Name));
        }
        names.push(&[7], Sense::Entry(1, Via::Acronym));
        let trie = Trie::new(&names);
        for (symbols, found) in [
            (&[7, 3, 5, 2][..], Some((vec![0], 3))),
            (&[7, 3, 9, 2], Some((vec![1, 4], 1))),
            (&[7, 3, 9, 1], Some((vec![3], 4))),
            (&[2, 2, 2], Some((vec![2], 2))),
            (&[2, 7], None),
            (&[3, 5], None),
            (&[0], None),
            (&[u32::MAX], None),
            (&[], None),
        ] {
            assert_eq!(longest(&trie, symbols), found, "{symbols:?}");
        }
    }

    #[test]
    fn without_names_nothing_is_found() {
        assert_eq!(Trie::new(&Names::default()).longest(&[1, 2]), None);
    }
}
