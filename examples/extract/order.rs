//! Work on many threads whose results come out in order.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// How many items of each thread may be begun and not handed on.
const WINDOW: usize = 4;

/// Runs `job` on every item on up to `threads` threads, and hands each result to `each` in the order of the items.
///
/// Items are taken as they are needed: of any number of them, a few for each thread are in memory at a time. The first error
/// of `each` ends it: no further item is begun.
pub(crate) fn in_order<I, R: Send, E>(
    items: impl Iterator<Item = I> + Send,
    threads: usize,
    job: impl Fn(I) -> R + Sync,
    mut each: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = items.size_hint().1.map_or(threads, |most| threads.min(most));
    // an item needs a permit, which comes back when its result is handed on: neither a slow reader of the output nor one slow
    // item lets results pile up
    let (permit, permits) = mpsc::channel();
    for _ in 0..WINDOW * threads {
        let _ = permit.send(());
    }
    let todo = Mutex::new((permits, items.enumerate()));
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (send, todo, job) = (send.clone(), &todo, &job);
            scope.spawn(move || {
                let next = || {
                    let mut todo = todo.lock().unwrap_or_else(PoisonError::into_inner);
                    todo.0.recv().ok()?; // nobody wants more
                    todo.1.next()
                };
                while let Some((at, item)) = next() {
                    if send.send((at, job(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        // dropped with this closure, so that no thread waits for it after an error
        let permit = permit;
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (at, result) in receive {
            early.insert(at, result);
            while let Some(result) = early.remove(&due) {
                each(result)?;
                let _ = permit.send(());
                due += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::{WINDOW, in_order};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let mut seen = Vec::new();
        let slow_first = |n: u64| {
            std::thread::sleep(Duration::from_millis(if n == 0 { 30 } else { 0 }));
            n
        };
        let done: Result<(), ()> = in_order(0..50, 4, slow_first, |n| {
            seen.push(n);
            Ok(())
        });
        assert_eq!((done, seen), (Ok(()), (0..50).collect()));
    }

    #[test]
    fn no_more_items_are_taken_than_the_window_holds() {
        let taken = AtomicUsize::new(0);
        let items = (0..1000).inspect(|_| {
            taken.fetch_add(1, Ordering::SeqCst);
        });
        let mut handed_on = 0;
        let done: Result<(), ()> = in_order(
            items,
            3,
            |n| n,
            |_| {
                assert!(taken.load(Ordering::SeqCst) <= handed_on + 3 * WINDOW);
                handed_on += 1;
                Ok(())
            },
        );
        assert_eq!((done, handed_on), (Ok(()), 1000));
    }

    #[test]
    fn an_error_ends_it() {
        let mut calls = 0;
        let each = |_| {
            calls += 1;
            Err("full")
        };
        assert_eq!((in_order(0..1000, 3, |n| n, each), calls), (Err("full"), 1));
    }
}
