//! Time as a value that is passed in, so that tests can move it.

use std::fmt;
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Microseconds since the Unix epoch, UTC: the only form in which the database stores a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    pub const fn millis(self) -> i64 {
        self.0 / 1_000
    }

    /// For the name of a file: `2026-11-29T06-38-07Z`.
    pub fn in_file_names(self) -> String {
        let seconds = Self(self.0 - self.0.rem_euclid(1_000_000));
        seconds.to_string().replace(':', "-")
    }

    /// This moment, later by `duration`; saturates at the end of time.
    pub fn plus(self, duration: Duration) -> Self {
        let micros = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(micros))
    }

    /// This moment, earlier by `duration`.
    pub fn minus(self, duration: Duration) -> Self {
        let micros = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(micros))
    }

    /// How much later this is than `earlier`; zero if it is not.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl From<i64> for Timestamp {
    fn from(micros: i64) -> Self {
        Self(micros)
    }
}

/// RFC 3339 in UTC, with microseconds where there are any.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment =
            OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000).map_err(|_| fmt::Error)?;
        f.write_str(&moment.format(&Rfc3339).map_err(|_| fmt::Error)?)
    }
}

/// Where the present comes from.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        let nanos = OffsetDateTime::now_utc().unix_timestamp_nanos();
        Timestamp(i64::try_from(nanos / 1_000).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc_with_their_microseconds() {
        insta::assert_snapshot!(Timestamp::from_micros(1_700_000_000_250_000), @"2023-11-14T22:13:20.25Z");
        insta::assert_snapshot!(Timestamp::from_micros(0), @"1970-01-01T00:00:00Z");
        let named = Timestamp::from_micros(1_700_000_000_250_000).in_file_names();
        insta::assert_snapshot!(named, @"2023-11-14T22-13-20Z");
    }

    #[test]
    fn an_earlier_time_is_never_negative_seconds_away() {
        let (a, b) = (Timestamp::from_micros(10), Timestamp::from_micros(25));
        assert_eq!(b.since(a), Duration::from_micros(15));
        assert_eq!(a.since(b), Duration::ZERO);
    }
}
