//! Who is asking, and what they may reach. The only maker of [`Scope`]s.
//!
//! A token names a sign-in, an API key or a visitor, and nothing else: what its owner may do is read from the
//! database, where every change of anybody's rights makes a number grow. While that number stands still, what was
//! read is kept (`standing`); so a check costs no query, and a right taken away is gone everywhere within seconds.

pub mod accounts;
pub mod address;
pub mod audit;
pub mod credentials;
mod error;
#[doc(hidden)]
pub mod fuzzing;
pub mod limits;
pub mod origin;
pub mod passwords;
pub mod people;
pub mod secret;
mod sessions;
mod standing;
mod tokens;
pub mod visitors;

use std::sync::Arc;

use docent_bus::{Bus, LocalBus};
use docent_domain::{ApiKeyId, ChatId, Clock, Principal, ProjectId, Scope, SessionId, Timestamp, UserId};
use docent_store::{Store, StoreError, UserRow};

pub use accounts::{ADMIN, USER};
pub use error::AuthError;
pub use limits::{Allowance, Limits};
pub use sessions::SignedIn;
pub use tokens::ACCESS_LIFETIME;
pub use visitors::Visitor;

use passwords::Passwords;
use standing::Standings;
use tokens::Tokens;

/// The account that everybody is while authentication is off.
pub const LOCAL_OWNER: &str = "owner";

/// Somebody who was let in, and what their queries may reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub principal: Principal,
    pub scope: Scope,
    pub credential: Credential,
}

/// What somebody showed to be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Credential {
    /// Nothing: authentication is off.
    Local,
    /// Nothing, and authentication is on.
    None,
    Session(SessionId),
    Key(ApiKeyId),
    /// The random value of a visitor, kept as their user.
    Visitor(UserId),
}

impl Caller {
    /// Nobody: may reach nothing.
    pub fn anonymous() -> Self {
        Self {
            principal: Principal { user: UserId::NOBODY, username: String::new() },
            scope: Scope::made_by_auth(UserId::NOBODY, false),
            credential: Credential::None,
        }
    }

    pub fn is_anonymous(&self) -> bool {
        self.credential == Credential::None
    }

    /// Everybody, while authentication is off: without caps and limits.
    pub fn is_local_owner(&self) -> bool {
        self.credential == Credential::Local
    }

    pub const fn is_visitor(&self) -> bool {
        matches!(self.credential, Credential::Visitor(_))
    }
}

/// Bytes nobody can guess.
pub type Random = Arc<dyn Fn() -> [u8; 32] + Send + Sync>;

/// Decides who is asking.
#[derive(Clone)]
pub struct Auth {
    inner: Arc<Inner>,
}

struct Inner {
    bus: Arc<dyn Bus>,
    /// Set while authentication is off.
    local_owner: Option<Caller>,
    limits: Limits,
    passwords: Passwords,
    public_project: Option<ProjectId>,
    random: Random,
    secret: Vec<u8>,
    standings: Standings,
    store: Store,
    tokens: Tokens,
}

/// What authentication needs, when it is on.
pub struct Parts {
    pub store: Store,
    /// Counts for all nodes, where it can.
    pub bus: Arc<dyn Bus>,
    pub random: Random,
    /// Signs tokens; at least 32 bytes.
    pub secret: Vec<u8>,
    pub limits: Limits,
    /// Where people without an account may ask.
    pub public_project: Option<ProjectId>,
}

impl Auth {
    /// With authentication on.
    ///
    /// What was given out while everybody was the local owner ends here: it was nobody's in particular.
    pub async fn on(parts: Parts, now: Timestamp) -> Result<Self, AuthError> {
        let mut tx = parts.store.begin().await?;
        tx.end_unsigned(now).await?;
        let public = parts.public_project.map_or_else(String::new, |project| project.to_string());
        tx.set_fact("public_project", &public).await?;
        tx.commit().await?;
        Ok(Self::new(None, parts))
    }

    /// With authentication off: everybody is the local owner, who is made here, with a default project, when there is none.
    pub async fn off(store: &Store, now: Timestamp) -> Result<Self, StoreError> {
        let mut tx = store.begin().await?;
        // Whatever its case: an `Owner` made while authentication was on is the same name.
        let user = match tx.user_by_name(LOCAL_OWNER).await? {
            Some(user) => user,
            None => tx.ensure_user(LOCAL_OWNER, ADMIN, now).await?,
        };
        accounts::ensure_personal_project(&mut tx, user.id, now).await?;
        tx.set_fact("public_project", "").await?;
        tx.commit().await?;
        let owner = Caller {
            principal: Principal { user: user.id, username: user.username },
            scope: Scope::made_by_auth(user.id, true),
            credential: Credential::Local,
        };
        let random: Random = Arc::new(rand::random);
        let parts = Parts {
            store: store.clone(),
            bus: Arc::new(LocalBus::new()),
            secret: random().to_vec(),
            random,
            limits: Limits::default(),
            public_project: None,
        };
        Ok(Self::new(Some(owner), parts))
    }

    fn new(local_owner: Option<Caller>, parts: Parts) -> Self {
        Self {
            inner: Arc::new(Inner {
                bus: parts.bus,
                local_owner,
                limits: parts.limits,
                passwords: Passwords::default(),
                public_project: parts.public_project,
                random: parts.random,
                standings: Standings::new(parts.store.clone()),
                store: parts.store,
                tokens: Tokens::new(&parts.secret),
                secret: parts.secret,
            }),
        }
    }

    /// Everybody, while authentication is off.
    pub fn local_owner(&self) -> Option<Caller> {
        self.inner.local_owner.clone()
    }

    /// Where people without an account may ask.
    pub fn public_project(&self) -> Option<ProjectId> {
        self.inner.public_project
    }

    /// Whoever shows this token: nobody without one. A bad token is an error, never "then anonymous".
    pub async fn identify(&self, token: Option<&str>, now: Timestamp) -> Result<Option<Caller>, AuthError> {
        if let Some(owner) = &self.inner.local_owner {
            return Ok(Some(owner.clone()));
        }
        let Some(token) = token else { return Ok(None) };
        if token.starts_with(credentials::KEY_PREFIX) {
            let key = Credential::Key(self.key(token, now).await?);
            return self.standing_of(key).await.map(Some);
        }
        let access = self.inner.tokens.read_access(token, now)?;
        let caller = self.standing_of(Credential::Session(access.session)).await?;
        // Both are signed, and both must be so.
        if caller.principal.user == access.user { Ok(Some(caller)) } else { Err(AuthError::InvalidToken) }
    }

    /// As [`Self::identify`], for what only somebody known may do.
    pub async fn require(&self, token: Option<&str>, now: Timestamp) -> Result<Caller, AuthError> {
        self.identify(token, now).await?.ok_or(AuthError::Anonymous)
    }

    /// Somebody who was let in before, with the rights of the moment. An error if they are to be put out.
    pub async fn refresh(&self, caller: &Caller) -> Result<Caller, AuthError> {
        match caller.credential {
            Credential::Local | Credential::None => Ok(caller.clone()),
            credential => self.standing_of(credential).await,
        }
    }

    /// Told whenever somebody's rights may have changed, on whatever node.
    pub fn changes(&self) -> tokio::sync::watch::Receiver<i64> {
        self.inner.standings.changes()
    }

    /// Grows whenever somebody's rights may have changed, as far as this node knows.
    pub fn rights_version(&self) -> i64 {
        self.inner.standings.version()
    }

    /// Looks every second whether anybody's rights changed elsewhere, and ends the sign-ins that ran out; runs until it
    /// is dropped.
    pub async fn watch(self, clock: Arc<dyn Clock>) {
        self.inner.standings.watch(clock.as_ref()).await;
    }

    /// To be called after a commit that changed rights, so that this node knows at once.
    pub async fn changed(&self) {
        self.inner.standings.look().await;
    }

    /// Returns when the caller may no longer read the chat: whoever streams from it to them stops then.
    pub async fn until_revoked(&self, caller: &Caller, chat: ChatId) {
        let mut changes = self.changes();
        // Once at the beginning, too: what changed since the caller was let in is no news here.
        loop {
            match self.may_read(caller, chat).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    tracing::warn!(error = %error, "It cannot be seen who may read a chat; asking again");
                    tokio::time::sleep(RETRY).await;
                    continue;
                }
            }
            if changes.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    async fn may_read(&self, caller: &Caller, chat: ChatId) -> Result<bool, AuthError> {
        let caller = match self.refresh(caller).await {
            Ok(caller) => caller,
            Err(AuthError::InvalidToken) => return Ok(false),
            Err(error) => return Err(error),
        };
        Ok(self.inner.store.read().await?.chat(&caller.scope, chat).await?.is_some())
    }

    async fn standing_of(&self, credential: Credential) -> Result<Caller, AuthError> {
        let user = self.inner.standings.of(credential).await?.ok_or(AuthError::InvalidToken)?;
        Ok(Caller { scope: scope_of(&user), credential, principal: principal_of(&user) })
    }

    async fn key(&self, token: &str, now: Timestamp) -> Result<ApiKeyId, AuthError> {
        let hash = credentials::fingerprint(token);
        let (id, fresh) = self.inner.standings.key(&hash).await?.ok_or(AuthError::InvalidToken)?;
        if fresh {
            let mut tx = self.inner.store.begin().await?;
            tx.note_api_key_use(id, now).await?;
            tx.commit().await?;
        }
        Ok(id)
    }

    /// A secret of 256 random bits, in hex.
    fn secret(&self) -> String {
        hex::encode((self.inner.random)())
    }
}

impl std::fmt::Debug for Auth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.inner.local_owner.is_some() { "Auth(off)" } else { "Auth(on)" })
    }
}

fn scope_of(user: &UserRow) -> Scope {
    Scope::made_by_auth(user.id, user.role == ADMIN)
}

fn principal_of(user: &UserRow) -> Principal {
    Principal { user: user.id, username: user.username.clone() }
}

/// The scope of the server's own work: queue, sweeps, repairs.
pub const fn server_scope() -> Scope {
    Scope::made_by_auth(NOBODY, true)
}

const NOBODY: UserId = UserId::NOBODY;

/// Between two questions whether somebody may still read, while the database is away.
const RETRY: std::time::Duration = std::time::Duration::from_secs(1);
