//! The log, and whatever the program says beside it, cannot be written.

use crate::growth::process::Process;
use crate::support::{Browser, TestApp, free_port, on_both_engines};
use std::fs::OpenOptions;
use std::process::{Command, Stdio};

on_both_engines!(nobody_notices_that_the_log_cannot_be_written, a_command_ends_well_though_nobody_reads_its_words);

/// A disk on which nothing has room.
fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").unwrap().into()
}

async fn nobody_notices_that_the_log_cannot_be_written(app: TestApp) {
    let metrics = free_port();
    let process = Process::start_saying(&app, &["--log-filter", "info", "--metrics-listen", &metrics], full(), full()).await;
    let shop = Browser::new(&process.url);
    for _ in 0..80 {
        shop.get("/").await.says(200, "云雾茶");
    }
    let numbers = Browser::new(&format!("http://{metrics}"));
    // A thread of its own writes the lines, or drops them.
    let dropped = || async {
        let told = numbers.get("/metrics").await.html;
        let dropped = told.lines().find_map(|line| line.strip_prefix("guitu_log_lines_dropped_total ")).unwrap();
        dropped.parse::<f64>().unwrap() >= 80.0
    };
    app.until("the lines were dropped", dropped).await;
}

async fn a_command_ends_well_though_nobody_reads_its_words(app: TestApp) {
    for (out, err) in [(full(), full()), (Stdio::null(), full()), (full(), Stdio::null())] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guitu"));
        command.args(["verify-ledger", "--database-url", &app.database_url, "--data-dir"]).arg(&app.folder);
        let ended = tokio::task::spawn_blocking(move || command.stdout(out).stderr(err).status().unwrap()).await.unwrap();
        assert_eq!(ended.code(), Some(0));
    }
    let mut refused = Command::new(env!("CARGO_BIN_EXE_guitu"));
    refused.args(["serve", "--database-url", "nothing:at-all"]);
    assert_eq!(refused.stdout(full()).stderr(full()).status().unwrap().code(), Some(2));
}
