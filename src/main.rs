//! The `guitu` program: reads its configuration, then does what its subcommand says.

use std::process::ExitCode;

use clap::Parser;
use guitu::server::{config::Config, files, telemetry};
use guitu::start::command::{self, Cli, StartError};

/// A page is many small pieces: a fifth of its time went to the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    files::make_private();
    start(Cli::parse()).await.unwrap_or_else(|error| {
        eprintln!("guitu: {}", in_words(error.as_ref()));
        ExitCode::from(2)
    })
}

/// An error and what caused it, each once: whoever types a command has no log to look at.
fn in_words(error: &(dyn std::error::Error + Send + Sync)) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = inner.source();
    }
    words
}

async fn start(cli: Cli) -> Result<ExitCode, StartError> {
    let config = Config::load(cli.settings, cli.config)?;
    let traces = telemetry::init(&config.log, config.collector.as_ref())?;
    let ended = command::run(cli.command, config).await;
    if let Some(traces) = traces {
        traces.finish().await;
    }
    ended
}
