//! Work on many threads whose results come out in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Runs `job` on every item on up to `threads` threads, and hands each result to `each` in the order of the items.
///
/// The first error of `each` ends it: no further item is begun.
pub(crate) fn in_order<I: Sync, R: Send, E>(
    items: &[I],
    threads: usize,
    job: impl Fn(&I) -> R + Sync,
    mut each: impl FnMut(&I, R) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    // bounded, so that a slow reader of the output does not fill the memory with results
    let (send, receive) = mpsc::sync_channel(4 * threads);
    thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            let (send, next, job) = (send.clone(), &next, &job);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    if send.send((at, job(item))).is_err() {
                        break; // nobody wants more
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (at, result) in receive {
            early.insert(at, result);
            while let Some(result) = early.remove(&due) {
                each(&items[due], result)?;
                due += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::in_order;
    use std::time::Duration;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..50).collect();
        let mut seen = Vec::new();
        let slow_first = |n: &u64| {
            std::thread::sleep(Duration::from_millis(if *n == 0 { 30 } else { 0 }));
            *n
        };
        let done: Result<(), ()> = in_order(&items, 4, slow_first, |_, n| {
            seen.push(n);
            Ok(())
        });
        assert_eq!((done, seen), (Ok(()), items));
    }

    #[test]
    fn an_error_ends_it() {
        let items = [(); 1000];
        let mut calls = 0;
        let done = in_order(
            &items,
            3,
            |()| (),
            |(), ()| {
                calls += 1;
                Err("full")
            },
        );
        assert_eq!((done, calls), (Err("full"), 1));
    }
}
