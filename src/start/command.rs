//! What the `guitu` program can be told to do.

use std::{
    env,
    error::Error,
    io::{self, BufRead, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand, builder::PossibleValuesParser};

use crate::server::config::{Config, Settings};

/// Why a command could not be carried out, in words for the one who gave it.
pub type StartError = Box<dyn Error + Send + Sync>;

/// Guitu: orders and after-sales of an online shop.
#[derive(Parser)]
#[command(name = "guitu", version)]
pub struct Cli {
    /// TOML file with the settings below, their names written with underscores
    #[arg(long, global = true, env = "GUITU_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,

    #[command(flatten)]
    pub settings: Settings,

    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Bring the database up to date and serve the shop
    Serve,
    /// Bring the database up to date, then stop
    Migrate,
    /// Fill an empty database with the demo shop (needs --demo)
    Seed,
    /// Open a shop with the default rules; its people come by create-staff
    CreateShop(CreateShop),
    /// Give somebody a log-in to a shop; the password comes from `GUITU_STAFF_PASSWORD` or is asked for
    CreateStaff(CreateStaff),
    /// Recompute every sum of money from its rows; exit code 1 where one differs
    VerifyLedger,
    /// Ask every payment gateway whether keys and clocks are right; exit code 1 where one is not
    CheckGateways,
}

/// Which shop to open.
#[derive(Args)]
pub struct CreateShop {
    /// Short name for commands: small letters, digits and hyphens
    #[arg(long)]
    pub code: String,
    /// Name shown to buyers
    #[arg(long)]
    pub name: String,
    /// Phone that buyers can call
    #[arg(long)]
    pub phone: String,
    /// Zone in which its days begin and end
    #[arg(long, default_value = "Asia/Shanghai")]
    pub time_zone: String,
}

/// Whom to let in, and as what.
#[derive(Args)]
pub struct CreateStaff {
    /// Code of the shop
    #[arg(long)]
    pub shop: String,
    /// Name to log in with
    #[arg(long)]
    pub login: String,
    /// Name shown to colleagues
    #[arg(long)]
    pub name: String,
    /// What the person may do
    #[arg(long, value_parser = PossibleValuesParser::new(["owner", "service", "warehouse", "finance"]))]
    pub role: String,
}

impl CreateStaff {
    /// The password from the environment, otherwise one line of standard input.
    pub fn password(&self) -> Result<String, StartError> {
        if let Ok(password) = env::var("GUITU_STAFF_PASSWORD") {
            return Ok(password);
        }
        if io::stdin().is_terminal() {
            write!(io::stderr(), "Password for {} (shown as you type): ", self.login)?;
        }
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        match line.trim_end_matches(['\r', '\n']) {
            "" => Err("no password given; set GUITU_STAFF_PASSWORD or type one".into()),
            password => Ok(password.to_owned()),
        }
    }
}

/// Carries the command out. 0: done; 1: `verify-ledger` found a difference, or `check-gateways` something wrong.
pub async fn run(command: Command, config: Config) -> Result<ExitCode, StartError> {
    let well = match command {
        Command::Serve => super::serve(config).await.map(|()| true),
        Command::Migrate => super::migrate(config).await.map(|()| true),
        Command::Seed if !config.demo => Err("only the demo shop can be seeded: guitu seed --demo".into()),
        Command::Seed => super::seed(config).await.map(|()| true),
        Command::CreateShop(shop) => super::create_shop(config, shop).await.map(|()| true),
        Command::CreateStaff(staff) => super::create_staff(config, staff).await.map(|()| true),
        Command::VerifyLedger => super::verify_ledger(config).await,
        Command::CheckGateways => super::check_gateways(config).await,
    }?;
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
