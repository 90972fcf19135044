//! The files in `deploy/` name only what the program has: settings, ports, routes, commands.

use clap::{CommandFactory, Parser};
use guitu::server::machinery::config::{Config, Settings};
use guitu::start::command::Cli;
use std::collections::BTreeSet;
use std::path::Path;

/// Where the shop listens in a container, and its numbers beside it.
const PORT: &str = "3000";

fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Every environment variable that the program reads, and the flag that says the same.
fn settings() -> Vec<(String, String)> {
    let program = Cli::command();
    let told =
        program.get_arguments().filter_map(|setting| Some((setting.get_env()?.to_str()?.to_owned(), setting.get_long()?.to_owned())));
    let told: Vec<_> = told.collect();
    assert!(told.len() > 25, "only {} settings", told.len());
    told
}

/// Words in capitals that could be settings of ours.
fn variables(text: &str) -> BTreeSet<&str> {
    let ours = |word: &&str| word.starts_with("GUITU_") || word.starts_with("OTEL_") || *word == "DATABASE_URL";
    text.split(|letter: char| !(letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')).filter(ours).collect()
}

#[test]
fn every_setting_that_is_named_exists() {
    let known = settings();
    for name in ["deploy/Containerfile", "deploy/compose.yaml", "deploy/Caddyfile", "deploy/guitu.service", "bench/two-processes.sh"] {
        for variable in variables(&file(name)) {
            assert!(known.iter().any(|(known, _)| known == variable), "{name} sets {variable}");
        }
    }
    assert!(variables(&file("deploy/compose.yaml")).len() >= 5);
}

#[test]
fn the_readme_tells_of_every_setting() {
    let readme = file("README.md");
    for (variable, flag) in settings() {
        if variable != "GUITU_CONFIG" {
            assert!(readme.contains(&format!("| `--{flag}` | `{variable}` |")), "--{flag}, {variable}");
        }
    }
}

#[test]
fn the_readmes_tell_of_every_command_and_of_each_other() {
    let (readme, chinese) = (file("README.md"), file("README.zh-CN.md"));
    for command in Cli::command().get_subcommands().map(clap::Command::get_name) {
        assert!(readme.contains(&format!("| `guitu {command}")), "{command}");
    }
    assert!(readme.contains("](README.zh-CN.md)") && chinese.contains("](README.md)"));
}

/// Every command in a block of its own, and in a line of a table.
#[test]
fn every_command_that_is_written_down_is_understood() {
    let mut understood = 0;
    for name in ["README.md", "README.zh-CN.md", "docs/operations.md"] {
        let text = file(name);
        for line in text.split("```").skip(1).step_by(2).flat_map(str::lines) {
            let Some(words) = line.strip_prefix("guitu ").or_else(|| line.strip_prefix("target/release/guitu ")) else { continue };
            assert!(Cli::try_parse_from(std::iter::once("guitu").chain(words.split(' '))).is_ok(), "{name}: {line}");
            understood += 1;
        }
    }
    assert!(understood > 10, "{understood}");
}

#[test]
fn the_example_can_be_started_as_it_is_and_with_every_line_taken_in() {
    let example = file("deploy/guitu.example.toml");
    let all: String = example
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|line| line.contains(" = ")).unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n");
    let load = |text: &str| Settings::from_file(written(text)).unwrap();
    let config = Config::load(load(&example), None).unwrap();
    assert_eq!(config.listen.port().to_string(), PORT);
    assert!(config.secure_cookies() && !config.demo && !config.proxies.is_empty());
    let all = load(&all);
    assert!(all.database_url.is_some() && all.metrics_listen.is_some() && all.otlp_endpoint.is_some() && all.alipay_public_key.is_some());
}

/// In a file, as the program reads it.
fn written(text: &str) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("guitu-example-{}-{}.toml", std::process::id(), text.len()));
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn ports_and_ways_agree() {
    let (container, compose, proxy) = (file("deploy/Containerfile"), file("deploy/compose.yaml"), file("deploy/Caddyfile"));
    assert!(container.contains(&format!("EXPOSE {PORT}")) && container.contains(&format!("GUITU_LISTEN=0.0.0.0:{PORT}")));
    assert!(container.contains(&format!("/dev/tcp/127.0.0.1/{PORT} ")) && container.contains("GET /readyz "));
    assert!(proxy.contains(&format!("reverse_proxy guitu-1:{PORT} guitu-2:{PORT}")) && proxy.contains("health_uri /readyz"));
    assert!(compose.contains("\n  guitu-1:\n") && compose.contains("\n  guitu-2:\n"));
    assert!(!compose.contains("9464:"), "the numbers are published nowhere");
    let network = compose.split_once("GUITU_TRUSTED_PROXIES: ").unwrap().1.lines().next().unwrap();
    assert!(compose.contains(&format!("- subnet: {network}")), "who comes from the network inside is the proxy");
}

#[test]
fn the_unit_starts_what_the_program_understands() {
    let unit = file("deploy/guitu.service");
    let command = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    assert!(Cli::try_parse_from(command.split(' ')).is_ok(), "{command}");
    assert!(file("deploy/Containerfile").contains("CMD [\"serve\"]") && Cli::try_parse_from(["guitu", "serve"]).is_ok());
    for told in file("deploy/compose.yaml").lines().filter_map(|line| line.split_once("docker compose run --rm guitu-1 ")) {
        assert!(Cli::try_parse_from(std::iter::once("guitu").chain(told.1.split(' '))).is_ok(), "{}", told.1);
    }
}
