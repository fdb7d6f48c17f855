//! How many sockets one user may have open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::connection::locked;
use crate::domain::{Code, Fault, UserId};

/// Counts the open sockets of each user.
#[derive(Debug, Default)]
pub(super) struct Admission {
    taken: Arc<Mutex<HashMap<UserId, usize>>>,
}

/// One socket's place in the count, until it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    taken: Arc<Mutex<HashMap<UserId, usize>>>,
    user: UserId,
}

impl Admission {
    /// Takes a place, unless the user has `most` already; `None` is no limit.
    pub(super) fn take(&self, user: UserId, most: Option<usize>) -> Result<Seat, Fault> {
        let mut taken = locked(&self.taken);
        let count = taken.entry(user).or_default();
        if most.is_some_and(|most| *count >= most) {
            let message = format!("{count} connections are open already; close one of them first");
            return Err(Fault::new(Code::RateLimited, message));
        }
        *count += 1;
        Ok(Seat { taken: self.taken.clone(), user })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = locked(&self.taken);
        if let Some(count) = taken.get_mut(&self.user) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.user);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_its_socket_is_gone() {
        let (admission, ann, ben) = (Admission::default(), UserId::from(1), UserId::from(2));
        let first = admission.take(ann, Some(2)).unwrap();
        let _second = admission.take(ann, Some(2)).unwrap();
        let refused = admission.take(ann, Some(2)).unwrap_err();
        insta::assert_snapshot!(refused, @"2 connections are open already; close one of them first");
        let _other = admission.take(ben, Some(2)).unwrap();
        drop(first);
        assert!(admission.take(ann, Some(2)).is_ok());
    }

    #[test]
    fn without_a_limit_everybody_comes_in_and_nobody_is_remembered() {
        let admission = Admission::default();
        let seats: Vec<_> = (0..1_000).map(|_| admission.take(UserId::from(1), None).unwrap()).collect();
        assert_eq!(locked(&admission.taken)[&UserId::from(1)], 1_000);
        drop(seats);
        assert!(locked(&admission.taken).is_empty());
    }
}
