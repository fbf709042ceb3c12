//! The composition root: it turns settings into a running service.

use crate::config::Config;

/// Runs until a signal ends it.
///
/// # Errors
///
/// What kept it from starting, or from ending well.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(config.http.address).await?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    Ok(())
}
