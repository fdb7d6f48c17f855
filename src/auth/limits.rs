//! How much of something people may do in a while: turns and searches, and failed sign-ins. Counted for all doors,
//! tokens and nodes together: what people ask by Redis, where there is one, and what guards passwords always in the
//! database, which does not forget.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::http::Extensions;

use super::address::ClientAddress;
use super::{Auth, AuthError, Caller};
use docent_domain::{Code, Fault, Timestamp};
use docent_store::{Tx, Used};
use docent_telemetry::{self as telemetry, Limit};

/// How often in which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub count: u32,
    pub window: Duration,
}

/// The limits of people with and without an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub user: Rate,
    /// Of all visitors of one address.
    pub visitor: Rate,
}

const QUARTER: Duration = Duration::from_secs(15 * 60);

impl Default for Limits {
    fn default() -> Self {
        Self { user: Rate { count: 100, window: QUARTER }, visitor: Rate { count: 20, window: QUARTER } }
    }
}

/// What is left of a limit, as the fields `RateLimit` and `RateLimit-Policy` tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// `user` or `visitor`.
    pub policy: &'static str,
    pub limit: u32,
    pub left: u32,
    /// Seconds.
    pub window_s: u64,
    /// Seconds until the window ends.
    pub reset_s: u64,
    /// More was used than is allowed: what was asked for is refused.
    pub over: bool,
}

/// Rides with a request, so that its answer tells what is left, whoever counted.
#[derive(Debug, Clone, Default)]
pub struct AllowanceNote(Arc<OnceLock<Allowance>>);

impl AllowanceNote {
    pub fn get(&self) -> Option<&Allowance> {
        self.0.get()
    }

    /// The first note counts.
    pub fn set(&self, allowance: Allowance) {
        let _ = self.0.set(allowance);
    }
}

/// Failed attempts at a password for one name from one address, from one address, and for one name from addresses that failed
/// before. An address that has not failed yet is always heard: nobody locks somebody else out.
const NAME_AND_ADDRESS: Rate = Rate { count: 10, window: QUARTER };
const ADDRESS: Rate = Rate { count: 100, window: QUARTER };
const NAME: Rate = Rate { count: 50, window: QUARTER };

impl Auth {
    /// Counts one turn or search; an error with its waiting time if the limit is used up.
    pub async fn spend(&self, caller: &Caller, address: Option<IpAddr>, now: Timestamp) -> Result<(), Fault> {
        self.count(caller, address, now).await?.map_or(Ok(()), |allowance| allowance.check())
    }

    /// As [`Self::spend`], for what came by HTTP: what is left is noted for the answer, refused or not.
    pub async fn spend_by_request(
        &self,
        caller: &Caller,
        request: &Extensions,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let address = request.get::<ClientAddress>().map(|client| client.0);
        let Some(allowance) = self.count(caller, address, now).await? else { return Ok(()) };
        if let Some(note) = request.get::<AllowanceNote>() {
            note.set(allowance);
        }
        allowance.check()
    }

    /// Counts one turn or search, allowed or not. The local owner has no limit.
    async fn count(
        &self,
        caller: &Caller,
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Option<Allowance>, Fault> {
        let limits = &self.inner.limits;
        let (policy, rate, name) = if caller.is_local_owner() {
            return Ok(None);
        } else if caller.is_visitor() || caller.is_anonymous() {
            ("visitor", limits.visitor, format!("turns:visitor:{}", network(address)))
        } else {
            ("user", limits.user, format!("turns:user:{}", caller.principal.user))
        };
        let used = match self.used(&name, rate.window, now).await {
            // What cannot be written down cannot be counted: searching goes on, and what is to be stored is refused there.
            Err(fault) if fault.code() == Code::DiskFull => return Ok(None),
            used => used?,
        };
        let allowance = Allowance::of(policy, rate, used, now);
        if allowance.over {
            telemetry::limited(if policy == "user" { Limit::User } else { Limit::Visitor });
        }
        Ok(Some(allowance))
    }

    /// Counts one use. A node that cannot reach Redis for a while counts in the database: then somebody may come to more
    /// than the limit, and never to less.
    async fn used(&self, name: &str, window: Duration, now: Timestamp) -> Result<Used, Fault> {
        if let Some(counted) = self.inner.bus.count(name, window).await {
            return Ok(Used { count: counted.count, since: now.plus(counted.left).minus(window) });
        }
        let mut tx = self.inner.store.begin().await?;
        let used = tx.use_allowance(name, window, now).await?;
        tx.commit().await?;
        Ok(used)
    }

    /// Counts an attempt at a password before the work begins, as failed: a thousand at the same moment are no more
    /// than one after the other. What went well is taken back by [`Self::attempt_succeeded`].
    pub(super) async fn count_attempt(
        &self,
        username: &str,
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<(), AuthError> {
        let names = Attempts::new(username, address);
        let mut tx = self.inner.store.begin().await?;
        // Always in this order: two transactions never wait for each other.
        let from = tx.use_allowance(&names.address, ADDRESS.window, now).await?;
        let here = tx.use_allowance(&names.both, NAME_AND_ADDRESS.window, now).await?;
        let on = tx.use_allowance(&names.name, NAME.window, now).await?;
        let over = |used: Used, rate: Rate| {
            let over = used.count > i64::from(rate.count);
            over.then(|| Allowance::of("login", rate, used, now).reset_s)
        };
        let on = if here.count > 1 { over(on, NAME) } else { None };
        match over(here, NAME_AND_ADDRESS).or(over(from, ADDRESS)).or(on) {
            // Not heard, so not counted: a client that tries on does not harm others of its address.
            Some(seconds) => {
                telemetry::limited(Limit::Login);
                Err(AuthError::Throttled(seconds))
            }
            None => Ok(tx.commit().await?),
        }
    }

    pub(super) async fn attempt_succeeded(
        &self,
        tx: &mut Tx,
        username: &str,
        address: Option<IpAddr>,
    ) -> Result<(), AuthError> {
        let names = Attempts::new(username, address);
        tx.give_back_allowance(&names.address).await?;
        tx.forget_allowance(&names.both).await?;
        Ok(tx.give_back_allowance(&names.name).await?)
    }
}

impl Allowance {
    /// An error, with its waiting time, if more was used than is allowed.
    pub fn check(&self) -> Result<(), Fault> {
        if !self.over {
            return Ok(());
        }
        let message = format!(
            "{} messages and searches in {} minutes are used up; go on in {} s",
            self.limit,
            self.window_s.div_ceil(60),
            self.reset_s
        );
        Err(Fault::new(Code::RateLimited, message).with_retry_after(self.reset_s))
    }

    fn of(policy: &'static str, rate: Rate, used: Used, now: Timestamp) -> Self {
        let left = u32::try_from(i64::from(rate.count) - used.count).unwrap_or(0);
        let rest = used.since.plus(rate.window).since(now);
        let reset_s = rest.as_secs() + u64::from(rest.subsec_nanos() > 0);
        let over = used.count > i64::from(rate.count);
        Self { policy, limit: rate.count, left, window_s: rate.window.as_secs(), reset_s, over }
    }
}

/// Under which names failed sign-ins are counted. What people type is folded and hashed: a name of any length fits.
struct Attempts {
    both: String,
    address: String,
    name: String,
}

impl Attempts {
    fn new(username: &str, address: Option<IpAddr>) -> Self {
        let name = super::credentials::fingerprint(&username.to_ascii_lowercase());
        let network = network(address);
        Self {
            both: format!("login:{name}:{network}"),
            address: format!("login:from:{network}"),
            name: format!("login:for:{name}"),
        }
    }
}

fn network(address: Option<IpAddr>) -> String {
    address.map_or_else(|| "unknown".to_owned(), |address| ClientAddress(address).customer().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_and_until_when() {
        let start = Timestamp::from_micros(1_000_000_000);
        let rate = Rate { count: 3, window: Duration::from_secs(60) };
        let after = |count, s| {
            let used = Used { count, since: start };
            let of = Allowance::of("user", rate, used, start.plus(Duration::from_millis(s)));
            (of.left, of.reset_s)
        };
        assert_eq!(after(1, 0), (2, 60));
        assert_eq!(after(3, 500), (0, 60));
        assert_eq!(after(9, 59_001), (0, 1));
        assert_eq!(after(9, 61_000), (0, 0));
    }

    #[test]
    fn one_customers_addresses_count_together() {
        let of = |text: &str| network(Some(text.parse().unwrap()));
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2::99"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
