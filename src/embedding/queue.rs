//! Work for several threads, each of which may lose patience.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Whoever comes first gets the oldest of what is urgent, then of what can wait.
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    waiting: VecDeque<T>,
    patient: VecDeque<T>,
    is_closed: bool,
}

/// What came of waiting.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<T> {
    Work(T),
    /// Nothing came in time.
    Nothing,
    /// Nothing will come any more.
    Closed,
}

impl<T> Queue<T> {
    pub(super) fn new() -> Self {
        let state = State { waiting: VecDeque::new(), patient: VecDeque::new(), is_closed: false };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    pub(super) fn push(&self, work: T) {
        self.lock().waiting.push_back(work);
        self.changed.notify_one();
    }

    /// Behind everything that is pushed, now and later.
    pub(super) fn push_behind(&self, work: T) {
        self.lock().patient.push_back(work);
        self.changed.notify_one();
    }

    /// Waits, where that has an end no longer than `patience`.
    pub(super) fn next(&self, patience: Option<Duration>) -> Next<T> {
        let idle =
            |state: &mut State<T>| state.waiting.is_empty() && state.patient.is_empty() && !state.is_closed;
        let mut state = match patience {
            Some(patience) => {
                let waited = self.changed.wait_timeout_while(self.lock(), patience, idle);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
            None => self.changed.wait_while(self.lock(), idle).unwrap_or_else(PoisonError::into_inner),
        };
        let State { waiting, patient, is_closed } = &mut *state;
        match waiting.pop_front().or_else(|| patient.pop_front()) {
            _ if *is_closed => Next::Closed,
            Some(work) => Next::Work(work),
            None => Next::Nothing,
        }
    }

    /// What waits is dropped, and every thread told so.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        state.waiting.clear();
        state.patient.clear();
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    const SHORT: Option<Duration> = Some(Duration::from_millis(1));

    #[test]
    fn work_is_taken_once_and_in_its_order() {
        let queue = Queue::new();
        (0..300).for_each(|number| queue.push(number));
        let take = || {
            let mut taken = Vec::new();
            while let Next::Work(number) = queue.next(SHORT) {
                taken.push(number);
            }
            taken
        };
        let mut all = thread::scope(|scope| {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(take)).collect();
            threads
                .into_iter()
                .flat_map(|thread| {
                    let taken = thread.join().unwrap();
                    assert!(taken.is_sorted(), "{taken:?}");
                    taken
                })
                .collect::<Vec<_>>()
        });
        all.sort_unstable();
        assert_eq!(all, (0..300).collect::<Vec<_>>());
        assert_eq!(queue.next(SHORT), Next::Nothing);
    }

    #[test]
    fn what_can_wait_comes_behind_what_is_urgent() {
        let queue = Queue::new();
        queue.push_behind("sentence 1");
        queue.push_behind("sentence 2");
        queue.push("question 1");
        queue.push("question 2");
        let order: Vec<_> = (0..4).map(|_| queue.next(SHORT)).collect();
        assert_eq!(order, ["question 1", "question 2", "sentence 1", "sentence 2"].map(Next::Work));
        assert_eq!(queue.next(SHORT), Next::Nothing);
    }

    #[test]
    fn all_threads_hear_of_the_end() {
        let queue = Queue::<u8>::new();
        thread::scope(|scope| {
            let patient = scope.spawn(|| queue.next(None));
            let other = scope.spawn(|| queue.next(Some(Duration::from_secs(3600))));
            queue.close();
            assert_eq!((patient.join().unwrap(), other.join().unwrap()), (Next::Closed, Next::Closed));
        });
        queue.push(1);
        assert_eq!(queue.next(None), Next::Closed);
    }
}
