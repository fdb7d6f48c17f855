//! The bus between nodes, over a real Redis.

use std::time::Duration;

use docent::bus::{Bus, Heard, RedisBus, RedisSettings, Subscription};
use docent::domain::event::{News, Piece, ProjectEvent, Signal};
use docent::domain::{MessageId, ProjectId};
use futures_util::StreamExt;

use crate::support::redis::Redis;

const PATIENCE: Duration = Duration::from_secs(10);

fn renamed(name: String) -> ProjectEvent {
    ProjectEvent { project: ProjectId::from(1), news: News::ProjectRenamed { name } }
}

async fn next(listener: &mut Box<dyn Subscription>) -> Heard {
    tokio::time::timeout(PATIENCE, listener.next()).await.expect("nothing is heard").unwrap()
}

/// A node and a listener there, whose line is up.
async fn node(redis: &Redis, prefix: &str, name: &str) -> (RedisBus, Box<dyn Subscription>) {
    let settings = RedisSettings { url: redis.url(), prefix: prefix.into(), node: name.into() };
    let bus = RedisBus::open(&settings).unwrap();
    let mut listener = bus.subscribe();
    assert!(matches!(next(&mut listener).await, Heard::Missed), "connecting may have missed some");
    (bus, listener)
}

async fn names(listener: &mut Box<dyn Subscription>, count: usize) -> Vec<String> {
    let mut names = Vec::new();
    while names.len() < count {
        let Heard::Event(event) = next(listener).await else { panic!("missed after {}", names.len()) };
        let News::ProjectRenamed { name } = &event.news else { panic!("{event:?}") };
        names.push(name.clone());
    }
    names
}

#[tokio::test]
async fn news_reach_every_node_once_and_in_order() {
    let redis = Redis::start().await;
    let (a, mut at_a) = node(&redis, "test", "a").await;
    let (_b, mut at_b) = node(&redis, "test", "b").await;
    let all: Vec<String> = (0..2_000).map(|n| n.to_string()).collect();
    for name in &all {
        a.publish(renamed(name.clone()));
    }
    assert_eq!(names(&mut at_a, all.len()).await, all);
    assert_eq!(names(&mut at_b, all.len()).await, all);

    let signal = Signal::TurnUnwanted { answer: 7.into() };
    a.tell(signal.clone());
    assert!(matches!(next(&mut at_b).await, Heard::Signal(heard) if *heard == signal));
    a.publish(renamed("last".into()));
    assert_eq!(names(&mut at_a, 1).await, ["last"], "a node does not hear its own signals");
}

#[tokio::test]
async fn installations_on_one_server_do_not_hear_each_other() {
    let redis = Redis::start().await;
    let (a, mut at_a) = node(&redis, "test", "a").await;
    let (c, mut at_c) = node(&redis, "other", "c").await;
    a.publish(renamed("ours".into()));
    c.publish(renamed("theirs".into()));
    assert_eq!(names(&mut at_a, 1).await, ["ours"]);
    assert_eq!(names(&mut at_c, 1).await, ["theirs"]);
}

#[tokio::test]
async fn a_lost_line_comes_back_and_says_that_something_is_missing() {
    let mut redis = Redis::start().await;
    let (a, mut at_a) = node(&redis, "test", "a").await;
    let (b, mut at_b) = node(&redis, "test", "b").await;
    redis.stop().await;
    a.publish(renamed("unheard".into()));
    assert_eq!(names(&mut at_a, 1).await, ["unheard"], "the own node hears it all the same");
    for _ in 0..100 {
        if a.trouble().is_some() && b.trouble().is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(a.trouble().is_some() && b.trouble().is_some());
    redis.start_again().await;
    assert!(matches!(next(&mut at_b).await, Heard::Missed));
    // Until both lines are up, there may be more of the kind.
    let heard = async {
        loop {
            a.publish(renamed("heard".into()));
            let listening = tokio::time::timeout(Duration::from_millis(300), at_b.next()).await;
            if matches!(listening, Ok(Some(Heard::Event(_)))) {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, heard).await.expect("the line stays down");
    assert!(a.trouble().is_none() && b.trouble().is_none());
}

#[tokio::test]
async fn a_redis_that_was_never_there_holds_nobody_up() {
    let settings =
        RedisSettings { url: "redis://127.0.0.1:1".into(), prefix: "test".into(), node: "a".into() };
    let bus = RedisBus::open(&settings).unwrap();
    let mut listener = bus.subscribe();
    for n in 0..20_000 {
        bus.tell(Signal::TurnUnwanted { answer: n.into() });
    }
    bus.publish(renamed("here".into()));
    assert_eq!(names(&mut listener, 1).await, ["here"]);
    let begun = std::time::Instant::now();
    bus.close().await;
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn an_answer_is_read_from_afar_from_its_beginning() {
    let redis = Redis::start().await;
    let ((a, _), (b, _)) = (node(&redis, "test", "a").await, node(&redis, "test", "b").await);
    let (answer, other): (MessageId, MessageId) = (1.into(), 2.into());
    let frame = |n: i64| Piece::Frames { first_seq: n, ends: vec![2], text: "ab".into(), marks: 0 };
    a.say(answer, Piece::Sources(Vec::new()));
    a.say(answer, frame(0));
    a.say(other, frame(9));
    let mut early = b.overhear(answer).unwrap();
    for piece in [Piece::Sources(Vec::new()), frame(0)] {
        assert_eq!(tokio::time::timeout(PATIENCE, early.next()).await.unwrap().unwrap(), piece);
    }
    a.say(answer, frame(1));
    a.say(answer, Piece::Over);
    let mut late = b.overhear(answer).unwrap();
    for piece in [frame(1), Piece::Over] {
        assert_eq!(tokio::time::timeout(PATIENCE, early.next()).await.unwrap().unwrap(), piece);
    }
    for piece in [Piece::Sources(Vec::new()), frame(0), frame(1), Piece::Over] {
        assert_eq!(tokio::time::timeout(PATIENCE, late.next()).await.unwrap().unwrap(), piece);
    }
}

#[tokio::test]
async fn uses_are_counted_for_all_nodes_while_redis_is_there() {
    let mut redis = Redis::start().await;
    let ((a, _), (b, _)) = (node(&redis, "test", "a").await, node(&redis, "test", "b").await);
    let (other, _) = node(&redis, "another", "a").await;
    let window = Duration::from_secs(2);
    assert_eq!(a.count("ann", window).await.unwrap().count, 1);
    let second = b.count("ann", window).await.unwrap();
    assert_eq!(second.count, 2);
    assert!(second.left <= window && second.left > Duration::ZERO, "{second:?}");
    assert_eq!(b.count("ben", window).await.unwrap().count, 1);
    assert_eq!(other.count("ann", window).await.unwrap().count, 1, "another installation");
    tokio::time::sleep(second.left + Duration::from_millis(20)).await;
    assert_eq!(a.count("ann", window).await.unwrap().count, 1, "a window ends");

    redis.stop().await;
    let begun = std::time::Instant::now();
    assert_eq!(a.count("ann", window).await, None);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    redis.start_again().await;
    for _ in 0..500 {
        if a.count("ann", window).await.is_some() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it never counts again");
}
