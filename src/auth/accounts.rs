//! Making, changing and removing accounts.

use std::net::IpAddr;

use super::audit::{self, Action, Who};
use super::{Auth, AuthError, Caller, LOCAL_OWNER, SignedIn, credentials, passwords};
use docent_domain::{ProjectId, Role, Timestamp, UserId};
use docent_store::{Belonging, NewProject, NewUser, Side, StoreError, Tx, UserRow};

/// The global role that may do everything.
pub const ADMIN: &str = "admin";
/// The global role of everybody else.
pub const USER: &str = "user";

/// Characters of a name.
const NAME: usize = 64;
const EMAIL: usize = 254;
/// Projects handed over at a time, or named in a refusal.
const BEQUEATHED: i64 = 20;

/// An account to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    pub username: String,
    pub password: String,
    pub email: Option<String>,
    pub admin: bool,
}

/// What is to be changed of an account; `None` leaves it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountChange {
    pub username: Option<String>,
    /// Empty takes it away.
    pub email: Option<String>,
    pub admin: Option<bool>,
    pub disabled: Option<bool>,
    pub password: Option<String>,
}

impl AccountChange {
    /// Whether it gives somebody a way in, or more than they had.
    fn lets_in(&self) -> bool {
        self.password.is_some() || self.admin == Some(true) || self.disabled == Some(false)
    }
}

impl Auth {
    /// The one-time code with which the first admin may be made, while there is no account. The same on every node.
    pub async fn setup_code(&self) -> Result<Option<String>, AuthError> {
        if self.inner.local_owner.is_some() || self.inner.store.read().await?.count_users().await? > 0 {
            return Ok(None);
        }
        Ok(Some(self.code()))
    }

    /// Makes the first account, an admin, and signs it in.
    pub async fn setup(
        &self,
        code: &str,
        account: &NewAccount,
        now: Timestamp,
    ) -> Result<SignedIn, AuthError> {
        if self.inner.local_owner.is_some() {
            return Err(AuthError::Impossible("authentication is off; start with DOCENT_AUTH=on first"));
        }
        if self.setup_code().await?.is_none() {
            return Err(AuthError::Impossible("there is an account already; sign in with it"));
        }
        if !bool::from(subtle::ConstantTimeEq::ct_eq(code.trim().as_bytes(), self.code().as_bytes())) {
            return Err(AuthError::WrongCode);
        }
        let hash = self.checked(account).await?;
        let mut tx = self.inner.store.begin().await?;
        // Decided by the database: of two at the same moment, one finds the fact there.
        if !tx.claim_fact("first_admin", account.username.as_str()).await? || tx.count_users().await? > 0 {
            return Err(AuthError::Impossible("there is an account already; sign in with it"));
        }
        let user = insert(&mut tx, &NewAccount { admin: true, ..account.clone() }, &hash, now).await?;
        audit::of_sign_in(&mut tx, Who::Account(&user), Action::Setup, None, now).await?;
        let signed_in = self.open_session(&mut tx, user, now).await?;
        tx.commit().await?;
        self.changed().await;
        Ok(signed_in)
    }

    /// Makes an account with its default project. `by` is `None` for the command line.
    pub async fn make_user(
        &self,
        by: Option<&Caller>,
        account: &NewAccount,
        now: Timestamp,
    ) -> Result<UserRow, AuthError> {
        if let Some(caller) = by {
            self.may_manage_account(caller).await?;
        }
        let hash = self.checked(account).await?;
        let mut tx = self.inner.store.begin().await?;
        if account.admin {
            // From now on there was a first one: a setup at the same moment waits here, and sees this account.
            tx.claim_fact("first_admin", account.username.as_str()).await?;
        }
        let user = insert(&mut tx, account, &hash, now).await?;
        let target = Some(("user", user.id.get()));
        match by {
            Some(caller) => audit::of_caller(&mut tx, caller, Action::UserMade, target, None, now).await?,
            None => audit::of_sign_in(&mut tx, Who::Account(&user), Action::UserMade, None, now).await?,
        }
        tx.commit().await?;
        self.changed().await;
        Ok(user)
    }

    /// Changes an account. A new password ends its sign-ins, and so does disabling it, which ends its keys, too; the last
    /// admin stays one.
    pub async fn change_user(
        &self,
        by: Option<&Caller>,
        id: UserId,
        change: &AccountChange,
        now: Timestamp,
    ) -> Result<Option<UserRow>, AuthError> {
        if let Some(caller) = by
            && change.lets_in()
        {
            self.may_manage_account(caller).await?;
        }
        let hash = match &change.password {
            Some(password) => {
                passwords::check(password)?;
                Some(self.inner.passwords.hash(password).await?)
            }
            None => None,
        };
        let mut tx = self.inner.store.begin().await?;
        tx.lock_rights().await?;
        let Some(mut user) = tx.user(id).await?.filter(is_account) else { return Ok(None) };
        let was_admin = user.role == ADMIN && !user.disabled;
        apply(&mut user, change)?;
        if was_admin && (user.role != ADMIN || user.disabled) {
            keep_an_admin(&mut tx, id).await?;
        }
        tx.update_user(&user).await.map_err(taken)?;
        if let Some(hash) = &hash {
            tx.set_password(id, hash).await?;
        }
        if hash.is_some() || user.disabled {
            tx.end_sessions(id, now).await?;
        }
        if user.disabled {
            // For good: what was given out before does not work again once they are enabled.
            tx.delete_api_keys_of(id).await?;
        }
        if let Some(caller) = by {
            let detail = serde_json::json!({
                "role": user.role, "disabled": user.disabled, "password": hash.is_some(),
            });
            let target = Some(("user", id.get()));
            audit::of_caller(&mut tx, caller, Action::UserChanged, target, Some(detail), now).await?;
        }
        tx.commit().await?;
        self.changed().await;
        Ok(Some(user))
    }

    /// Somebody chooses a new password, which ends all their sign-ins, and signs them in anew.
    pub async fn change_password(
        &self,
        caller: &Caller,
        current: &str,
        new: &str,
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<SignedIn, AuthError> {
        self.may_manage_account(caller).await?;
        passwords::check(new)?;
        let (id, name) = (caller.principal.user, &caller.principal.username);
        // Whoever found an open page must not find the password with it.
        self.count_attempt(name, address, now).await?;
        let before = self.inner.store.read().await?.password_hash(id).await?;
        if !self.inner.passwords.verify(current, before.clone()).await? {
            return Err(AuthError::WrongPassword);
        }
        let hash = self.inner.passwords.hash(new).await?;
        let mut tx = self.inner.store.begin().await?;
        let user = tx.user(id).await?.filter(|user| !user.disabled).ok_or(AuthError::InvalidToken)?;
        if tx.password_hash(id).await? != before {
            return Err(AuthError::WrongPassword);
        }
        self.attempt_succeeded(&mut tx, name, address).await?;
        tx.set_password(user.id, &hash).await?;
        tx.end_sessions(user.id, now).await?;
        audit::of_sign_in(&mut tx, Who::Account(&user), Action::PasswordChanged, None, now).await?;
        let signed_in = self.open_session(&mut tx, user, now).await?;
        tx.commit().await?;
        self.changed().await;
        Ok(signed_in)
    }

    /// Removes an account; its own default project goes with it, what it wrote elsewhere stays. Projects that nobody
    /// else owns go to `heir`; without one they are an error. False if there is no such account.
    pub async fn delete_user(
        &self,
        by: &Caller,
        id: UserId,
        heir: Option<UserId>,
        now: Timestamp,
    ) -> Result<bool, AuthError> {
        let mut tx = self.inner.store.begin().await?;
        tx.lock_rights().await?;
        let Some(user) = tx.user(id).await?.filter(is_account) else { return Ok(false) };
        if user.role == ADMIN && !user.disabled {
            keep_an_admin(&mut tx, id).await?;
        }
        bequeath(&mut tx, by, id, heir, now).await?;
        if let Some(project) = tx.personal_project(id).await? {
            tx.purge_project(project, now).await?;
        }
        tx.delete_user(id, now).await?;
        let detail = serde_json::json!({ "username": user.username });
        audit::of_caller(&mut tx, by, Action::UserDeleted, Some(("user", id.get())), Some(detail), now)
            .await?;
        tx.commit().await?;
        self.changed().await;
        Ok(true)
    }

    async fn checked(&self, account: &NewAccount) -> Result<String, AuthError> {
        check_name(&account.username)?;
        account.email.as_deref().map_or(Ok(()), check_email)?;
        passwords::check(&account.password)?;
        self.inner.passwords.hash(&account.password).await
    }

    fn code(&self) -> String {
        let mut text = b"docent setup code ".to_vec();
        text.extend_from_slice(&self.inner.secret);
        credentials::fingerprint(&hex::encode(text))[..20].to_owned()
    }
}

/// The user's own default project, made if there is none.
pub(super) async fn ensure_personal_project(
    tx: &mut Tx,
    user: UserId,
    now: Timestamp,
) -> Result<ProjectId, StoreError> {
    if let Some(project) = tx.personal_project(user).await? {
        return Ok(project);
    }
    let settings = serde_json::json!({});
    tx.insert_project(&NewProject {
        name: "Default",
        description: "",
        settings: &settings,
        owner: user,
        personal_of: Some(user),
        created_at: now,
    })
    .await
}

async fn insert(tx: &mut Tx, account: &NewAccount, hash: &str, now: Timestamp) -> Result<UserRow, AuthError> {
    let role = if account.admin { ADMIN } else { USER };
    let user = match tx.user_by_name(&account.username).await? {
        // Whoever worked without authentication so far goes on with their projects.
        Some(mut owner) if owner.username == LOCAL_OWNER && account.admin => {
            if tx.password_hash(owner.id).await?.is_some() {
                return Err(name_taken());
            }
            owner.email.clone_from(&account.email);
            tx.update_user(&owner).await?;
            tx.set_password(owner.id, hash).await?;
            owner
        }
        Some(_) => return Err(name_taken()),
        None => {
            let new = NewUser {
                username: &account.username,
                email: account.email.as_deref(),
                password_hash: Some(hash),
                role,
                created_at: now,
            };
            tx.insert_user(&new).await.map_err(taken)?
        }
    };
    ensure_personal_project(tx, user.id, now).await?;
    Ok(user)
}

fn apply(user: &mut UserRow, change: &AccountChange) -> Result<(), AuthError> {
    if let Some(name) = &change.username {
        check_name(name)?;
        user.username.clone_from(name);
    }
    if let Some(email) = &change.email {
        user.email = if email.is_empty() { None } else { Some(email.clone()) };
        user.email.as_deref().map_or(Ok(()), check_email)?;
    }
    if let Some(admin) = change.admin {
        user.role = if admin { ADMIN } else { USER }.to_owned();
    }
    if let Some(disabled) = change.disabled {
        user.disabled = disabled;
    }
    Ok(())
}

/// Neither a visitor nor a name that nobody signs in with.
fn is_account(user: &UserRow) -> bool {
    user.role == ADMIN || user.role == USER
}

fn check_name(name: &str) -> Result<(), AuthError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+');
    let begins = name.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
    if begins && name.len() <= NAME && name.chars().all(allowed) && !name.starts_with("visitor-") {
        return Ok(());
    }
    let message = format!(
        "takes 1 to {NAME} of a-z, A-Z, 0-9, `.`, `_`, `-`, `@`, `+`, and begins with a letter or digit"
    );
    Err(AuthError::field("username", message))
}

fn check_email(email: &str) -> Result<(), AuthError> {
    let parts = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if parts && email.len() <= EMAIL && !email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        Ok(())
    } else {
        Err(AuthError::field("email", "is not an address such as ann@example.org"))
    }
}

fn name_taken() -> AuthError {
    AuthError::Impossible("this name is taken; choose another one")
}

fn taken(error: StoreError) -> AuthError {
    match error {
        StoreError::Duplicate(_) => name_taken(),
        other => other.into(),
    }
}

/// An error if nobody but this owner may manage the project. Call it before the change, in its transaction.
pub async fn keep_an_owner<S: Side>(
    tx: &mut Tx<S>,
    project: S::Named<ProjectId>,
    user: UserId,
) -> Result<(), AuthError> {
    tx.lock_rights().await?;
    let is_owner = tx.member_role(project, user).await? == Some(Role::Owner);
    if is_owner && !tx.has_other_owner(project, user).await? {
        return Err(AuthError::Impossible("this is the project's last owner; make another one first"));
    }
    Ok(())
}

/// Gives the projects that only this account owns to the heir.
async fn bequeath(
    tx: &mut Tx,
    by: &Caller,
    id: UserId,
    heir: Option<UserId>,
    now: Timestamp,
) -> Result<(), AuthError> {
    if let Some(heir) = heir {
        let account = tx.user(heir).await?.filter(|heir| is_account(heir) && !heir.disabled && heir.id != id);
        account.ok_or_else(|| AuthError::field("transfer_to", "must be another account that can sign in"))?;
    }
    loop {
        let owned = tx.owned_alone(id, BEQUEATHED).await?;
        if owned.is_empty() {
            return Ok(());
        }
        let Some(heir) = heir else { return Err(AuthError::OwnsAlone(owned)) };
        for Belonging { project, .. } in owned {
            tx.hand_over(project, heir, now).await?;
            let detail = serde_json::json!({ "user_id": heir.get(), "role": Role::Owner.name() });
            let target = Some(("project", project.get()));
            audit::of_caller(tx, by, Action::MemberSet, target, Some(detail), now).await?;
        }
    }
}

async fn keep_an_admin(tx: &mut Tx, user: UserId) -> Result<(), AuthError> {
    if tx.has_other_admin(user).await? {
        return Ok(());
    }
    Err(AuthError::Impossible("this is the last admin; make another one first"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        for name in ["ann", "A.B-c_d+e@example.org", "7"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", " ann", "änn", ".ann", "a b", "a/b", "a\nb", "visitor-1", &"x".repeat(65)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn addresses_have_two_halves() {
        assert!(check_email("ann@example.org").is_ok());
        for email in ["ann", "@example.org", "ann@", "ann@host", "a nn@example.org", "ann@example.org\n"] {
            assert!(check_email(email).is_err(), "{email}");
        }
    }
}
