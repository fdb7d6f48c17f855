//! Where a request comes from, as far as it can be believed: only a proxy on the list may name somebody else.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderMap;
use tokio_util::sync::CancellationToken;

/// Proxies in front of us, by address or network (`10.0.0.0/8`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proxies(Vec<ipnet::IpNet>);

/// The network address behind a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Whether the client speaks TLS to a proxy in front of us: then cookies travel by TLS only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverTls(pub bool);

impl ClientAddress {
    /// The address as far as one customer has it: IPv6 networks are handed out as /64, and whoever has one has more
    /// addresses than can be counted.
    pub fn customer(self) -> IpAddr {
        match self.0.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
            }
            address => address,
        }
    }
}

/// Ends the network connection that a request came by, as if the client had gone.
#[derive(Debug, Clone)]
pub struct Cut(pub CancellationToken);

impl Proxies {
    /// `None` names the first entry that is neither an address nor a network.
    pub fn parse(list: &[String]) -> Result<Self, String> {
        let read = |text: &String| {
            let network = text.parse::<ipnet::IpNet>().ok();
            network
                .or_else(|| text.parse::<IpAddr>().ok().map(ipnet::IpNet::from))
                .ok_or_else(|| text.clone())
        };
        list.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The last address that a listed proxy did not vouch for: from the right end of `X-Forwarded-For`.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> ClientAddress {
        let mut client = peer.to_canonical();
        let lines = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        for hop in hops.iter().rev() {
            if !self.has(client) {
                break;
            }
            match hop.parse::<IpAddr>() {
                Ok(address) => client = address.to_canonical(),
                Err(_) => break,
            }
        }
        ClientAddress(client)
    }

    /// Whether a listed proxy says that the client speaks TLS to it.
    pub fn is_tls(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        self.has(peer.to_canonical())
            && headers.get("x-forwarded-proto").is_some_and(|value| value.as_bytes() == b"https")
    }

    fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let list: Vec<String> = proxies.iter().map(|&text| text.to_owned()).collect();
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        Proxies::parse(&list).unwrap().client(peer.parse().unwrap(), &headers).0.to_string()
    }

    #[test]
    fn only_listed_proxies_name_the_client() {
        assert_eq!(client(&[], "192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(client(&["10.0.0.0/8"], "10.1.2.3", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(client(&["10.0.0.0/8"], "192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
    }

    #[test]
    fn what_a_client_wrote_itself_is_not_believed() {
        let seen = client(&["10.0.0.1"], "10.0.0.1", &["1.1.1.1, 198.51.100.7"]);
        assert_eq!(seen, "198.51.100.7");
        let two = client(&["10.0.0.1", "10.0.0.2"], "10.0.0.1", &["1.1.1.1, 198.51.100.7", "10.0.0.2"]);
        assert_eq!(two, "198.51.100.7");
        assert_eq!(client(&["10.0.0.1"], "10.0.0.1", &["1.1.1.1, nonsense"]), "10.0.0.1");
    }

    #[test]
    fn mistakes_in_the_list_are_named() {
        assert_eq!(Proxies::parse(&["10.0.0.0/8".into(), "proxy".into()]), Err("proxy".to_owned()));
    }
}
