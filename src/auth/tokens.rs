//! Access tokens: JSON Web Tokens that name a session, for fifteen minutes. What the session's user may do is asked
//! of the database, never of the token. (RFC 7519; the rules of RFC 8725: one algorithm, fixed here; issuer,
//! audience, purpose and expiry required, each of the right type.)

use std::time::Duration;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, TokenData, Validation, decode, encode};
use serde::{Deserialize, Serialize};

use super::error::AuthError;
use docent_domain::{SessionId, Timestamp, UserId};

/// How long an access token is good for.
pub const ACCESS_LIFETIME: Duration = Duration::from_secs(15 * 60);

/// What the header of each of ours says it is.
const KIND: &str = "JWT";
/// How far the clocks of two nodes may be apart.
const SKEW: Duration = Duration::from_secs(5);

const ISSUER: &str = "docent";
/// A token is made for one purpose, and good for no other.
const ACCESS: &str = "access";
const VISITOR: &str = "visitor";

/// Signs and checks tokens with the server's secret.
#[derive(Clone)]
pub struct Tokens {
    signing: EncodingKey,
    checking: DecodingKey,
    rules: Validation,
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    typ: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sid: Option<i64>,
    jti: String,
    iat: u64,
    /// None of ours has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<u64>,
    exp: u64,
}

/// What an access token says, once it is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    pub user: UserId,
    pub session: SessionId,
}

impl Tokens {
    /// `secret` is at least 32 bytes.
    pub fn new(secret: &[u8]) -> Self {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_issuer(&[ISSUER]);
        rules.set_audience(&[ISSUER]);
        rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The present is passed in.
        rules.validate_exp = false;
        rules.leeway = 0;
        Self { signing: EncodingKey::from_secret(secret), checking: DecodingKey::from_secret(secret), rules }
    }

    /// An access token of a session.
    pub fn access(&self, access: Access, id: &str, now: Timestamp) -> Result<String, AuthError> {
        self.sign(&Claims {
            iss: ISSUER.to_owned(),
            aud: ISSUER.to_owned(),
            sub: access.user.to_string(),
            typ: ACCESS.to_owned(),
            sid: Some(access.session.get()),
            jti: id.to_owned(),
            iat: seconds(now),
            nbf: None,
            exp: seconds(now.plus(ACCESS_LIFETIME)),
        })
    }

    /// The session that an access token names.
    pub fn read_access(&self, token: &str, now: Timestamp) -> Result<Access, AuthError> {
        let claims = self.read(token, ACCESS, now)?;
        match (claims.sub.parse::<UserId>(), claims.sid) {
            (Ok(user), Some(session)) => Ok(Access { user, session: session.into() }),
            _ => Err(AuthError::InvalidToken),
        }
    }

    /// The value by which a visitor is known: `id` and our signature, so that nobody makes up one.
    pub fn visitor(&self, id: &str, lifetime: Duration, now: Timestamp) -> Result<String, AuthError> {
        self.sign(&Claims {
            iss: ISSUER.to_owned(),
            aud: ISSUER.to_owned(),
            sub: VISITOR.to_owned(),
            typ: VISITOR.to_owned(),
            sid: None,
            jti: id.to_owned(),
            iat: seconds(now),
            nbf: None,
            exp: seconds(now.plus(lifetime)),
        })
    }

    /// The `id` of a visitor's value.
    pub fn read_visitor(&self, value: &str, now: Timestamp) -> Result<String, AuthError> {
        Ok(self.read(value, VISITOR, now)?.jti)
    }

    fn sign(&self, claims: &Claims) -> Result<String, AuthError> {
        encode(&Header::new(Algorithm::HS256), claims, &self.signing).map_err(AuthError::Signing)
    }

    fn read(&self, token: &str, purpose: &str, now: Timestamp) -> Result<Claims, AuthError> {
        let TokenData { header, claims, .. } =
            decode::<Claims>(token, &self.checking, &self.rules).map_err(|_| AuthError::InvalidToken)?;
        let latest = seconds(now.plus(SKEW));
        let begun = claims.iat <= latest && claims.nbf.is_none_or(|begin| begin <= latest);
        if header.typ.as_deref() != Some(KIND) || header.crit.is_some() || claims.typ != purpose || !begun {
            return Err(AuthError::InvalidToken);
        }
        if claims.exp <= seconds(now) { Err(AuthError::TokenExpired) } else { Ok(claims) }
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens(***)")
    }
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.micros() / 1_000_000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const SECRET: &[u8] = b"a secret of the tests, long enough to be one";
    const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);
    const WHO: Access = Access { user: user(7), session: session(9) };

    const fn user(id: i64) -> UserId {
        UserId::new(id)
    }

    const fn session(id: i64) -> SessionId {
        SessionId::new(id)
    }

    fn tokens() -> Tokens {
        Tokens::new(SECRET)
    }

    fn good() -> Value {
        json!({"iss": "docent", "aud": "docent", "sub": "7", "typ": "access", "sid": 9, "jti": "x",
               "iat": 1_800_000_000, "exp": 1_800_000_900})
    }

    fn signed(claims: &Value, algorithm: Algorithm, secret: &[u8]) -> String {
        encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(secret)).unwrap()
    }

    #[test]
    fn a_token_leads_back_to_its_session_until_it_expires() {
        let token = tokens().access(WHO, "x", NOW).unwrap();
        assert_eq!(tokens().read_access(&token, NOW).unwrap(), WHO);
        assert_eq!(tokens().read_access(&signed(&good(), Algorithm::HS256, SECRET), NOW).unwrap(), WHO);
        let last = NOW.plus(ACCESS_LIFETIME - Duration::from_secs(1));
        assert!(tokens().read_access(&token, last).is_ok());
        let late = tokens().read_access(&token, NOW.plus(ACCESS_LIFETIME));
        assert!(matches!(late, Err(AuthError::TokenExpired)), "{late:?}");
    }

    #[test]
    fn only_our_key_and_our_algorithm_count() {
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
        let body = signed(&good(), Algorithm::HS256, SECRET).split('.').nth(1).unwrap().to_owned();
        let cases = [
            signed(&good(), Algorithm::HS256, b"another secret that is long enough to be one"),
            signed(&good(), Algorithm::HS512, SECRET),
            format!("{none}.{body}."),
            String::new(),
            "a.b.c".to_owned(),
            "é".repeat(1_000),
        ];
        for token in cases {
            let read = tokens().read_access(&token, NOW);
            assert!(matches!(read, Err(AuthError::InvalidToken)), "{token}: {read:?}");
        }
    }

    #[test]
    fn a_token_that_is_not_yet_good_or_asks_for_more_is_refused() {
        let later = 1_800_000_060;
        for (claim, value) in [("nbf", json!(later)), ("nbf", json!("soon")), ("iat", json!(later))] {
            let mut claims = good();
            claims[claim] = value.clone();
            let read = tokens().read_access(&signed(&claims, Algorithm::HS256, SECRET), NOW);
            assert!(matches!(read, Err(AuthError::InvalidToken)), "{claim} = {value}: {read:?}");
        }
        let mut begun = good();
        begun["nbf"] = json!(1_800_000_000);
        assert!(tokens().read_access(&signed(&begun, Algorithm::HS256, SECRET), NOW).is_ok());

        let with = |change: &dyn Fn(&mut Header)| {
            let mut header = Header::new(Algorithm::HS256);
            change(&mut header);
            let token = encode(&header, &good(), &EncodingKey::from_secret(SECRET)).unwrap();
            tokens().read_access(&token, NOW)
        };
        assert!(with(&|_| {}).is_ok());
        assert!(with(&|header| header.crit = Some(vec!["exp".into()])).is_err());
        assert!(with(&|header| header.typ = Some("at+jwt".into())).is_err());
        assert!(with(&|header| header.typ = None).is_err());
    }

    #[test]
    fn every_claim_must_be_there_and_of_its_type() {
        let wrong = [
            ("iss", json!("somebody")),
            ("iss", json!(["docent"])),
            ("aud", json!("others")),
            ("aud", json!(["docent"])),
            ("sub", json!(7)),
            ("sub", json!("seven")),
            ("typ", json!("refresh")),
            ("typ", json!("visitor")),
            ("sid", json!("9")),
            ("sid", Value::Null),
            ("exp", json!("1800000900")),
            ("exp", json!(1e300)),
            ("exp", json!(-1)),
        ];
        for (claim, value) in wrong {
            let mut claims = good();
            claims[claim] = value.clone();
            let read = tokens().read_access(&signed(&claims, Algorithm::HS256, SECRET), NOW);
            assert!(matches!(read, Err(AuthError::InvalidToken)), "{claim} = {value}: {read:?}");
        }
        for claim in ["iss", "aud", "sub", "typ", "sid", "exp"] {
            let mut claims = good();
            claims.as_object_mut().unwrap().remove(claim);
            assert!(
                tokens().read_access(&signed(&claims, Algorithm::HS256, SECRET), NOW).is_err(),
                "{claim}"
            );
        }
    }

    #[test]
    fn a_token_serves_one_purpose() {
        let visitor = tokens().visitor("abc", Duration::from_secs(60), NOW).unwrap();
        assert_eq!(tokens().read_visitor(&visitor, NOW).unwrap(), "abc");
        assert!(tokens().read_access(&visitor, NOW).is_err());
        let access = tokens().access(WHO, "x", NOW).unwrap();
        assert!(tokens().read_visitor(&access, NOW).is_err());
    }
}
