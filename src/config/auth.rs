//! Accounts, visitors, and how much they may ask.

use super::check::between;
use super::declared::declared;
use super::values::{Anonymous, Secret};

const WEEK_S: u64 = 7 * 24 * 3600;

declared! {
    /// Accounts, visitors, and how much they may ask.
    Auth "auth" {
        /// Signs access tokens: at least 32 random bytes, the same on every node. Empty: made at the first start and kept in the
        /// data folder.
        jwt_secret: Secret = "", DOCENT_JWT_SECRET;
        /// Number of the project in which people without an account may ask. 0: none.
        public_project: i64 = 0, PUBLIC_PROJECT;
        /// Messages and searches of one user in a window of time, through all doors.
        rate_limit_user: u32 = 100, RATE_LIMIT_USER;
        /// The same for all visitors of one network address.
        rate_limit_visitor: u32 = 20, RATE_LIMIT_VISITOR;
        /// Seconds of that window.
        rate_limit_window_s: u64 = 900, RATE_LIMIT_WINDOW_S, between(1, WEEK_S);
        /// Sockets without a token: `allow` (they may chat where there is a public project) or `refuse`.
        socket_anonymous: Anonymous = "allow", SOCKET_ANONYMOUS;
        /// Seconds after which an idle socket without a token is closed.
        socket_anonymous_idle_s: u64 = 600, SOCKET_ANONYMOUS_IDLE_S;
        /// Open sockets of one user.
        max_sockets_user: usize = 50, MAX_SOCKETS_USER;
        /// Open sockets without a token from one network address.
        max_sockets_address: usize = 20, MAX_SOCKETS_ADDRESS;
        /// Proxies in front of the server, addresses or networks separated by commas: only they may say where a request comes
        /// from (`X-Forwarded-For`) and that it came by TLS (`X-Forwarded-Proto`).
        trusted_proxies: Vec<String> = "", TRUSTED_PROXIES;
        /// Days that the audit log goes back.
        audit_days: u64 = 365, AUDIT_DAYS;
    }
}
