//! Which hosts and web pages may drive the server: for requests, and for the handshakes of sockets, alike.

use std::net::{Ipv4Addr, Ipv6Addr};

use docent_domain::{Code, Coded};

/// The rules of `Host` and `Origin`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins {
    /// Exact origins besides our own, such as `https://docs.example.org`.
    allowed: Vec<String>,
    /// With authentication off, a name that only looks like ours must not reach us (DNS rebinding).
    loopback_only: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    #[error(
        "without authentication this server answers only to localhost, 127.0.0.1 or [::1]; \
         use one of these addresses, or turn authentication on (DOCENT_AUTH=on)"
    )]
    Host,
    #[error("this web page may not use the server; add its origin to ALLOWED_ORIGINS if it should")]
    Origin,
}

impl Coded for OriginError {
    fn code(&self) -> Code {
        Code::Forbidden
    }
}

/// Who may make a browser send a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker<'a> {
    /// No `Origin` was sent: no browser, or a page asking its own server.
    Unnamed,
    /// A page of ours.
    Own,
    /// A page of another origin that is on the list.
    Listed(&'a str),
}

impl Origins {
    /// `allowed` are exact origins; a trailing slash is forgiven.
    pub fn new(allowed: impl IntoIterator<Item = String>, loopback_only: bool) -> Self {
        let allowed = allowed.into_iter().map(|origin| origin.trim_end_matches('/').to_ascii_lowercase());
        Self { allowed: allowed.collect(), loopback_only }
    }

    /// Whether `host`, the name the client used for us, is one of ours.
    pub fn check_host(&self, host: Option<&str>) -> Result<(), OriginError> {
        if !self.loopback_only || host.is_some_and(is_loopback) { Ok(()) } else { Err(OriginError::Host) }
    }

    /// Whether a page of `origin` may change something here, or open a socket.
    pub fn check_origin<'a>(
        &self,
        host: Option<&str>,
        origin: Option<&'a str>,
    ) -> Result<Asker<'a>, OriginError> {
        let Some(origin) = origin else { return Ok(Asker::Unnamed) };
        if host.is_some_and(|host| is_own(origin, host)) {
            Ok(Asker::Own)
        } else if self.allowed.contains(&origin.to_ascii_lowercase()) {
            Ok(Asker::Listed(origin))
        } else {
            Err(OriginError::Origin)
        }
    }
}

fn is_loopback(host: &str) -> bool {
    if let Some(bracketed) = host.strip_prefix('[') {
        let Some((name, port)) = bracketed.split_once(']') else { return false };
        return (port.is_empty() || port.starts_with(':'))
            && name.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback());
    }
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

/// A page that came from the same host and port. TLS may end at a proxy, so the scheme is not compared.
fn is_own(origin: &str, host: &str) -> bool {
    let (authority, port) = match origin.split_once("://") {
        Some(("http", authority)) => (authority, ":80"),
        Some(("https", authority)) => (authority, ":443"),
        _ => return false,
    };
    let strip = |text: &str| text.strip_suffix(port).unwrap_or(text).to_ascii_lowercase();
    !authority.is_empty() && strip(authority) == strip(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open() -> Origins {
        Origins::new(["https://Docs.example.org/".to_owned()], true)
    }

    #[test]
    fn without_authentication_only_loopback_names_are_ours() {
        for host in ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "127.9.9.9", "[::1]:8000", "[::1]"] {
            assert_eq!(open().check_host(Some(host)), Ok(()), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example:8000",
            "127.0.0.1.nip.io",
            "10.0.0.1:8000",
            "",
            "::1",
            "0.0.0.0",
            "[localhost",
            "[localhost]",
            "[::1",
            "[::1].evil.example",
        ] {
            assert_eq!(open().check_host(Some(host)), Err(OriginError::Host), "{host}");
        }
        assert_eq!(open().check_host(None), Err(OriginError::Host));
        assert_eq!(Origins::new([], false).check_host(Some("docent.example.org")), Ok(()));
    }

    #[test]
    fn pages_are_ours_listed_or_refused() {
        let check = |host, origin| open().check_origin(Some(host), Some(origin));
        assert_eq!(check("localhost:8000", "http://localhost:8000"), Ok(Asker::Own));
        assert_eq!(check("docent.example.org", "https://docent.example.org"), Ok(Asker::Own));
        assert_eq!(check("docent.example.org:443", "https://docent.example.org"), Ok(Asker::Own));
        assert_eq!(
            check("localhost:8000", "https://docs.example.org"),
            Ok(Asker::Listed("https://docs.example.org"))
        );
        for origin in [
            "http://localhost:3000",
            "http://127.0.0.1:8000",
            "https://docs.example.org.evil.example",
            "https://docs.example.org:8443",
            "http://docs.example.org",
            "null",
            "",
            "http://",
            "file://localhost:8000",
        ] {
            assert_eq!(check("localhost:8000", origin), Err(OriginError::Origin), "{origin}");
        }
        assert_eq!(open().check_origin(Some("localhost:8000"), None), Ok(Asker::Unnamed));
    }
}
