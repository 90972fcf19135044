//! The `guitu` program: reads its configuration, then does what its subcommand says.
#![deny(clippy::print_stdout, clippy::print_stderr, reason = "they panic where nothing can be written")]

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use guitu::server::machinery::config::Config;
use guitu::server::machinery::{files, telemetry};
use guitu::start::command::{self, Cli};
use guitu::start::error::StartError;

/// A page is many small pieces: a fifth of its time went to the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    files::make_private();
    let ended = start(Cli::parse()).await;
    telemetry::finish();
    ended.unwrap_or_else(|error| {
        // With nobody to read it the exit code says enough.
        let _ = writeln!(io::stderr(), "guitu: {}", in_words(error.as_ref()));
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
