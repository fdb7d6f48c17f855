//! Who is in the projects' rooms of other nodes, as far as those have said so lately.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use super::Hub;
use super::connection::locked;
use docent_domain::event::Signal;
use docent_domain::{ProjectId, UserId};

/// How often a node says again who is with it, and for how long it is believed.
const AGAIN: Duration = Duration::from_secs(15);
const BELIEVED: Duration = Duration::from_secs(45);

type People = BTreeMap<UserId, String>;

/// What other nodes have said.
#[derive(Default)]
pub(crate) struct Elsewhere(Mutex<HashMap<String, Node>>);

struct Node {
    heard: Instant,
    rooms: HashMap<ProjectId, People>,
}

impl Elsewhere {
    /// True if that is something new.
    fn note(&self, node: &str, project: ProjectId, people: &People, now: Instant) -> bool {
        let mut nodes = locked(&self.0);
        let rooms = HashMap::new();
        let node = nodes.entry(node.to_owned()).or_insert(Node { heard: now, rooms });
        node.heard = now;
        if people.is_empty() {
            return node.rooms.remove(&project).is_some();
        }
        node.rooms.insert(project, people.clone()).as_ref() != Some(people)
    }

    /// The rooms that lose somebody.
    fn forget(&self, node: &str) -> HashSet<ProjectId> {
        let node = locked(&self.0).remove(node);
        node.map(|node| node.rooms.into_keys().collect()).unwrap_or_default()
    }

    /// The same, of every node that has been silent for too long.
    fn expire(&self, now: Instant) -> HashSet<ProjectId> {
        let mut nodes = locked(&self.0);
        let silent = nodes.extract_if(|_, node| now.duration_since(node.heard) >= BELIEVED);
        silent.flat_map(|(_, node)| node.rooms.into_keys()).collect()
    }

    /// Adds those who are elsewhere to `people`.
    pub(crate) fn add_to(&self, project: ProjectId, people: &mut People) {
        for node in locked(&self.0).values() {
            for (user, name) in node.rooms.get(&project).into_iter().flatten() {
                people.entry(*user).or_insert_with(|| name.clone());
            }
        }
    }
}

impl Hub {
    /// Tells the other nodes who is here, again and again, and forgets nodes that say nothing any more.
    pub(crate) async fn keep_company(self: Arc<Self>) {
        self.bus.tell(Signal::NodeCame { node: self.node.clone() });
        loop {
            tokio::select! {
                () = tokio::time::sleep(AGAIN) => {}
                () = self.shutdown.cancelled() => return,
            }
            self.tell_all_people();
            self.announce_all(self.elsewhere.expire(Instant::now()));
        }
    }

    /// Tells the other nodes who is in a project's room here.
    pub(crate) fn tell_people(&self, project: ProjectId) {
        if self.bus.is_shared() {
            let people = self.rooms.with_room(project, |room| room.people()).unwrap_or_default();
            self.bus.tell(Signal::People { node: self.node.clone(), project, people });
        }
    }

    pub(crate) fn tell_all_people(&self) {
        self.rooms.projects().into_iter().for_each(|project| self.tell_people(project));
    }

    /// Takes what another node says about who is where.
    pub(crate) fn heed_company(self: &Arc<Self>, signal: &Signal) {
        match signal {
            Signal::People { node, project, people } => {
                if self.elsewhere.note(node, *project, people, Instant::now()) {
                    self.announce_all([*project].into());
                }
            }
            Signal::NodeCame { .. } => self.tell_all_people(),
            Signal::NodeLeft { node } => self.announce_all(self.elsewhere.forget(node)),
            Signal::TurnBegun { .. }
            | Signal::TurnUnwanted { .. }
            | Signal::Typing { .. }
            | Signal::Read { .. } => {}
        }
    }

    fn announce_all(self: &Arc<Self>, projects: HashSet<ProjectId>) {
        projects.into_iter().for_each(|project| self.announce_here(project));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(of: &[(i64, &str)]) -> People {
        of.iter().map(|(user, name)| (UserId::from(*user), (*name).to_owned())).collect()
    }

    #[test]
    fn people_are_where_their_node_said_last() {
        let (elsewhere, now, project) = (Elsewhere::default(), Instant::now(), ProjectId::from(1));
        assert!(elsewhere.note("a", project, &people(&[(1, "ann")]), now));
        assert!(!elsewhere.note("a", project, &people(&[(1, "ann")]), now), "nothing new");
        assert!(elsewhere.note("b", project, &people(&[(2, "ben")]), now));
        let mut all = people(&[(3, "cem")]);
        elsewhere.add_to(project, &mut all);
        assert_eq!(all, people(&[(1, "ann"), (2, "ben"), (3, "cem")]));
        assert!(elsewhere.note("a", project, &people(&[]), now));
        assert_eq!(elsewhere.forget("b"), [project].into());
        let mut left = People::new();
        elsewhere.add_to(project, &mut left);
        assert!(left.is_empty());
    }

    #[test]
    fn a_silent_node_is_forgotten() {
        let (elsewhere, now, project) = (Elsewhere::default(), Instant::now(), ProjectId::from(1));
        elsewhere.note("a", project, &people(&[(1, "ann")]), now);
        assert!(elsewhere.expire(now + BELIEVED / 2).is_empty());
        assert_eq!(elsewhere.expire(now + BELIEVED), [project].into());
        assert!(elsewhere.expire(now + BELIEVED).is_empty());
    }
}
