//! Work shared among the processors.

use std::{
    num::NonZero,
    sync::{Mutex, PoisonError},
    thread,
};

/// Does `work` on each, on as many processors as there are, and keeps the order. Where the system gives
/// no further threads the work is done on those that there are.
pub fn in_parallel<T: Send, R: Send>(all: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    if all.len() < 2 {
        return all.into_iter().map(work).collect();
    }
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let helpers = processors.min(all.len()) - 1;
    let waiting = Mutex::new(all.into_iter().enumerate());
    let next = || {
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.next()
    };
    let share = || {
        let mut done = Vec::new();
        while let Some((place, one)) = next() {
            done.push((place, work(one)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let helper = |_| thread::Builder::new().spawn_scoped(scope, share).ok();
        let helpers: Vec<_> = (0..helpers).map_while(helper).collect();
        let mut done = share();
        for helper in helpers {
            match helper.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::in_parallel;

    #[test]
    fn every_piece_of_work_is_done_once_and_in_order() {
        for count in [0, 1, 2, 3, 1000] {
            let doubled = in_parallel((0..count).collect(), |number: u32| number * 2);
            let expected: Vec<u32> = (0..count).map(|number| number * 2).collect();
            assert_eq!(doubled, expected);
        }
    }
}
