//! How many sockets one user, or one address without a token, may have open.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::connection::locked;
use docent_domain::{Code, Fault, UserId};
use docent_telemetry::{self as telemetry, Limit};

/// For whom a socket counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Holder {
    User(UserId),
    /// Nobody by name; `None` where the address is not known.
    Address(Option<IpAddr>),
}

/// Counts the open sockets of each holder.
#[derive(Debug, Default)]
pub(crate) struct Admission {
    taken: Arc<Mutex<HashMap<Holder, usize>>>,
}

/// One socket's place in the count, until it is dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    taken: Arc<Mutex<HashMap<Holder, usize>>>,
    holder: Holder,
}

impl Admission {
    /// Takes a place, unless the holder has `most` already; `None` is no limit.
    pub(crate) fn take(&self, holder: Holder, most: Option<usize>) -> Result<Seat, Fault> {
        if most == Some(0) {
            return Err(Fault::new(Code::Unauthenticated, "sign in first: send a token in `auth.token`"));
        }
        let mut taken = locked(&self.taken);
        let count = taken.entry(holder).or_default();
        if most.is_some_and(|most| *count >= most) {
            telemetry::limited(Limit::Sockets);
            let message = format!("{count} connections are open already; close one of them first");
            return Err(Fault::new(Code::RateLimited, message));
        }
        *count += 1;
        Ok(Seat { taken: self.taken.clone(), holder })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = locked(&self.taken);
        if let Some(count) = taken.get_mut(&self.holder) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.holder);
            }
        }
    }
}

/// Counts the handshakes of each address. A handshake by polling holds memory until a client joins a namespace or
/// the patience for that is over, and takes no connection to hold.
#[derive(Debug)]
pub(crate) struct Handshakes {
    window: Duration,
    seen: Mutex<(Instant, HashMap<Option<IpAddr>, u32>)>,
}

impl Handshakes {
    pub(crate) fn new(window: Duration) -> Self {
        Self { window, seen: Mutex::new((Instant::now(), HashMap::new())) }
    }

    /// Notes one; the seconds to wait if there were `most` already.
    pub(crate) fn note(&self, address: Option<IpAddr>, most: u32) -> Result<(), u64> {
        let mut seen = locked(&self.seen);
        if seen.0.elapsed() >= self.window {
            *seen = (Instant::now(), HashMap::new());
        }
        let rest = self.window.saturating_sub(seen.0.elapsed());
        let count = seen.1.entry(address).or_default();
        if *count >= most {
            telemetry::limited(Limit::Handshakes);
            return Err(rest.as_secs() + 1);
        }
        *count += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: Holder = Holder::User(UserId::new(1));
    const BEN: Holder = Holder::User(UserId::new(2));

    #[test]
    fn a_place_is_free_again_when_its_socket_is_gone() {
        let admission = Admission::default();
        let first = admission.take(ANN, Some(2)).unwrap();
        let _second = admission.take(ANN, Some(2)).unwrap();
        let refused = admission.take(ANN, Some(2)).unwrap_err();
        insta::assert_snapshot!(refused, @"2 connections are open already; close one of them first");
        let _other = admission.take(BEN, Some(2)).unwrap();
        drop(first);
        assert!(admission.take(ANN, Some(2)).is_ok());
    }

    #[test]
    fn without_a_limit_everybody_comes_in_and_nobody_is_remembered() {
        let admission = Admission::default();
        let seats: Vec<_> = (0..1_000).map(|_| admission.take(ANN, None).unwrap()).collect();
        assert_eq!(locked(&admission.taken)[&ANN], 1_000);
        drop(seats);
        assert!(locked(&admission.taken).is_empty());
    }

    #[test]
    fn handshakes_of_one_address_do_not_take_the_room_of_others() {
        let handshakes = Handshakes::new(Duration::from_millis(50));
        let [one, other] = [[192, 0, 2, 1], [192, 0, 2, 2]].map(|address| Some(IpAddr::from(address)));
        assert_eq!(
            [handshakes.note(one, 2), handshakes.note(one, 2), handshakes.note(one, 2)],
            [Ok(()), Ok(()), Err(1)]
        );
        assert_eq!(handshakes.note(other, 2), Ok(()));
        std::thread::sleep(Duration::from_millis(60));
        assert_eq!(handshakes.note(one, 2), Ok(()));
    }

    #[test]
    fn where_nobody_may_come_anonymously_nobody_does() {
        let refused = Admission::default().take(Holder::Address(None), Some(0)).unwrap_err();
        assert_eq!(refused.code(), Code::Unauthenticated);
    }
}
