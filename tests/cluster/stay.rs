//! The same installation for people to try: `make cluster`.

use tokio::signal::unix::SignalKind;

use crate::support::cluster::Cluster;
use crate::support::home;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "runs until it is stopped: `make cluster`"]
async fn until_stopped() {
    let home = home().display().to_string();
    let real: &[(&str, &str)] =
        &[("EMBEDDING_PROVIDER", "local"), ("EMBEDDING_MODEL", "all-MiniLM-L6-v2"), ("DOCENT_HOME", &home)];
    let mut cluster = Cluster::new(real).await;
    let (a, b) = (cluster.api().await, cluster.api().await);
    let (first, second) = (cluster.worker().await, cluster.worker().await);
    println!(
        "\nTwo API nodes:  {} and {}\nTwo workers:    {}/readyz and {}/readyz\nDatabase:       {}\n\
         News:           {}\nLogs and files: {}\n\nCtrl-C stops it all.\n",
        a.url(),
        b.url(),
        first.url(),
        second.url(),
        cluster.database,
        cluster.redis.url(),
        cluster.folder().display(),
    );
    let mut terminate = tokio::signal::unix::signal(SignalKind::terminate()).unwrap();
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted.unwrap(),
    }
}
