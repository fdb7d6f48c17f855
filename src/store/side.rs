//! On whose behalf a transaction asks. What answers people's requests gets a [`Store<ForCallers>`](super::Store):
//! on its transactions there are only methods that take a [`Scope`], or that name things by [`Seen`], which only a
//! look through a scope gives. So a query without its scope does not compile there.

use docent_domain::{ChatId, DocumentId, ProjectId, Scope, UserId};

/// The server's own work: queue, turns, sweeps, sign-ins. Names things by their bare ids.
#[derive(Debug, Clone, Copy)]
pub enum ForServer {}

/// People's requests, on whatever door.
#[derive(Debug, Clone, Copy)]
pub enum ForCallers {}

/// Requests of those who run the server, and see all of it.
#[derive(Debug, Clone, Copy)]
pub enum ForOperators {}

/// One of the three.
pub trait Side: std::fmt::Debug + Copy + Send + Sync + Unpin + 'static {
    /// How things are named.
    type Named<I: Names<I> + 'static>: Names<I>;
}

/// What takes an operator, or the server itself.
pub trait Operates: Side {}

/// The name of something: its id, or the proof that somebody may see it.
pub trait Names<I>: std::fmt::Debug + Copy + Send + Sync {
    fn id(self) -> I;
}

/// The id of something that was found through a scope: a caller saw it, and what is theirs to see only. Nothing
/// outside the store makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen<I>(I);

impl<I> Seen<I> {
    pub(super) const fn new(id: I) -> Self {
        Self(id)
    }
}

impl Seen<UserId> {
    /// Everybody may see themselves.
    pub const fn myself(scope: &Scope) -> Self {
        Self(scope.user())
    }
}

macro_rules! name_themselves {
    ($($id:ident)*) => {$(
        impl Names<Self> for $id {
            fn id(self) -> Self {
                self
            }
        }
    )*};
}

name_themselves!(ChatId DocumentId ProjectId UserId);

impl<I: std::fmt::Debug + Copy + Send + Sync> Names<I> for Seen<I> {
    fn id(self) -> I {
        self.0
    }
}

impl Side for ForServer {
    type Named<I: Names<I> + 'static> = I;
}

impl Side for ForCallers {
    type Named<I: Names<I> + 'static> = Seen<I>;
}

impl Side for ForOperators {
    type Named<I: Names<I> + 'static> = I;
}

impl Operates for ForServer {}
impl Operates for ForOperators {}
