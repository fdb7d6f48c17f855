//! The id of a request, known to everything that runs on its behalf.

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that this task serves.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Runs `work` on behalf of the request `id`.
pub async fn scope<T>(id: String, work: impl Future<Output = T>) -> T {
    CURRENT.scope(id, work).await
}
