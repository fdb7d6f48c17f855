//! Which hosts and web pages may drive the server: for requests, and for the handshakes of sockets, alike.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue};

use super::address::OverTls;
use super::credentials::came_by_cookie;
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
    #[error(
        "this page came by https, and the request by plain http: list the proxy that ends TLS in TRUSTED_PROXIES (it \
         must send X-Forwarded-Proto), or the page's origin in ALLOWED_ORIGINS"
    )]
    Scheme,
    #[error("another web site made the browser send this; open the page itself")]
    Site,
    #[error("send exactly one `{0}`, of a form that names a host")]
    Unclear(&'static str),
}

impl Coded for OriginError {
    fn code(&self) -> Code {
        match self {
            Self::Unclear(_) => Code::BadRequest,
            _ => Code::Forbidden,
        }
    }
}

/// What a request wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A foreign page may send it: no CORS header lets it read the answer.
    Read,
    Change,
    /// A socket is open to whoever may read, and is refused like a change.
    Socket,
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

    /// Who asks, if they may ask for this. `authority` is that of the request's address, which most requests lack.
    pub fn check<'a>(
        &self,
        headers: &'a HeaderMap,
        authority: Option<&'a Authority>,
        over_tls: OverTls,
        purpose: Purpose,
    ) -> Result<Asker<'a>, OriginError> {
        let host = host_of(headers, authority)?;
        self.check_host(host)?;
        let origin =
            one(headers.get_all(ORIGIN).iter(), "Origin")?.map(|value| value.to_str().unwrap_or("null"));
        if origin.is_none() && is_cross_site(headers) && !is_harmless(headers, purpose) {
            return Err(OriginError::Site);
        }
        match self.check_origin(host, origin, over_tls) {
            Err(_) if purpose == Purpose::Read => Ok(Asker::Unnamed),
            checked => checked,
        }
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
        over_tls: OverTls,
    ) -> Result<Asker<'a>, OriginError> {
        let Some(origin) = origin else { return Ok(Asker::Unnamed) };
        if self.allowed.contains(&origin.to_ascii_lowercase()) {
            return Ok(Asker::Listed(origin));
        }
        match host.map_or(Same::No, |host| same(origin, host)) {
            Same::Https if !over_tls.0 => Err(OriginError::Scheme),
            Same::Http | Same::Https => Ok(Asker::Own),
            Same::No => Err(OriginError::Origin),
        }
    }
}

/// The name that the client used for us: the header, or the authority of the address. They must not contradict each other,
/// nor say more than a name and a port.
fn host_of<'a>(
    headers: &'a HeaderMap,
    authority: Option<&'a Authority>,
) -> Result<Option<&'a str>, OriginError> {
    let unclear = OriginError::Unclear("Host");
    let header = match one(headers.get_all(HOST).iter(), "Host")? {
        Some(value) => Some(value.to_str().map_err(|_| unclear)?),
        None => None,
    };
    let address = authority.map(Authority::as_str);
    let named = header.or(address).filter(|host| !host.is_empty());
    if let Some(host) = named
        && (host.contains('@') || host.parse::<Authority>().is_err())
    {
        return Err(unclear);
    }
    match (header, address) {
        (Some(header), Some(address)) if !header.eq_ignore_ascii_case(address) => Err(unclear),
        _ => Ok(named),
    }
}

/// The only one of several, of which there must not be several.
fn one<'a>(
    mut values: impl Iterator<Item = &'a HeaderValue>,
    name: &'static str,
) -> Result<Option<&'a HeaderValue>, OriginError> {
    let first = values.next();
    if values.next().is_some() { Err(OriginError::Unclear(name)) } else { Ok(first) }
}

/// Browsers say so of what another site's page made them send.
fn is_cross_site(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site.as_bytes().eq_ignore_ascii_case(b"cross-site"))
}

/// Somebody followed a link to us; or nothing is asked for in somebody's name.
fn is_harmless(headers: &HeaderMap, purpose: Purpose) -> bool {
    let follows = headers.get("sec-fetch-mode").is_some_and(|mode| mode.as_bytes() == b"navigate");
    purpose == Purpose::Read && (follows || !came_by_cookie(headers))
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

/// Whether a page came from the same host and port as it asks now, and how.
enum Same {
    Http,
    Https,
    No,
}

fn same(origin: &str, host: &str) -> Same {
    let (authority, port, same) = match origin.split_once("://") {
        Some(("http", authority)) => (authority, ":80", Same::Http),
        Some(("https", authority)) => (authority, ":443", Same::Https),
        _ => return Same::No,
    };
    let strip = |text: &str| text.strip_suffix(port).unwrap_or(text).to_ascii_lowercase();
    if !authority.is_empty() && strip(authority) == strip(host) { same } else { Same::No }
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
        let plain = OverTls(false);
        let check = |host, origin| open().check_origin(Some(host), Some(origin), plain);
        let by_tls = |host, origin| open().check_origin(Some(host), Some(origin), OverTls(true));
        assert_eq!(check("localhost:8000", "http://localhost:8000"), Ok(Asker::Own));
        assert_eq!(by_tls("docent.example.org", "https://docent.example.org"), Ok(Asker::Own));
        assert_eq!(by_tls("docent.example.org:443", "https://docent.example.org"), Ok(Asker::Own));
        assert_eq!(check("docent.example.org", "https://docent.example.org"), Err(OriginError::Scheme));
        assert_eq!(check("localhost:8000", "https://localhost:8000"), Err(OriginError::Scheme));
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
        assert_eq!(open().check_origin(Some("localhost:8000"), None, plain), Ok(Asker::Unnamed));
    }

    fn asked(pairs: &[(&str, &str)], purpose: Purpose) -> Result<(), OriginError> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            let name: axum::http::HeaderName = name.parse().unwrap();
            headers.append(name, value.parse().unwrap());
        }
        open().check(&headers, None, OverTls(false), purpose).map(drop)
    }

    #[test]
    fn a_request_names_one_host_and_one_origin() {
        let host = ("host", "localhost:8000");
        let twice = [host, ("origin", "http://localhost:8000"), ("origin", "http://localhost:8000")];
        assert_eq!(asked(&[host], Purpose::Change), Ok(()));
        assert_eq!(asked(&[host, host], Purpose::Read), Err(OriginError::Unclear("Host")));
        assert_eq!(asked(&twice, Purpose::Read), Err(OriginError::Unclear("Origin")));
        for odd in ["evil.example@localhost", "user:pw@localhost:8000", "localhost:8000/x", "a b"] {
            assert_eq!(asked(&[("host", odd)], Purpose::Read), Err(OriginError::Unclear("Host")), "{odd}");
        }
        let elsewhere: Authority = "evil.example".parse().unwrap();
        let headers: HeaderMap = [(HOST, "localhost:8000".parse().unwrap())].into_iter().collect();
        let checked = open().check(&headers, Some(&elsewhere), OverTls(false), Purpose::Read);
        assert_eq!(checked, Err(OriginError::Unclear("Host")));
    }

    #[test]
    fn what_another_site_made_a_browser_send_is_refused_even_without_an_origin() {
        let (host, cross) = (("host", "localhost"), ("sec-fetch-site", "cross-site"));
        let cookie = ("cookie", "access_token=x");
        for purpose in [Purpose::Change, Purpose::Socket] {
            assert_eq!(asked(&[host, cross], purpose), Err(OriginError::Site));
            assert_eq!(asked(&[host, ("sec-fetch-site", "same-origin"), cookie], purpose), Ok(()));
        }
        assert_eq!(asked(&[host, cross, cookie], Purpose::Read), Err(OriginError::Site));
        assert_eq!(asked(&[host, cross], Purpose::Read), Ok(()), "in nobody's name");
        let link = ("sec-fetch-mode", "navigate");
        assert_eq!(asked(&[host, cross, cookie, link], Purpose::Read), Ok(()), "somebody followed a link");
        assert_eq!(asked(&[host, cross, cookie, link], Purpose::Change), Err(OriginError::Site));
    }
}
