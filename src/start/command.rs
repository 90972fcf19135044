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
use crate::server::store::bulk::Size;

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
    /// Fill an empty database with the demo shop (needs --demo), or with many orders to measure by, whose people log in if --demo is given
    Seed(Seed),
    /// Open a shop with the default rules; its people come by create-staff
    CreateShop(CreateShop),
    /// Give somebody a log-in to a shop; the password comes from `GUITU_STAFF_PASSWORD` or is asked for
    CreateStaff(CreateStaff),
    /// Make a link by which somebody who is locked out sets a new password, once, within half an hour
    Unlock(Unlock),
    /// Take a buyer out of everything, as the law lets them ask; sums of money stay under a pseudonym
    EraseBuyer(EraseBuyer),
    /// Write rows and pictures of a shop, which may go on meanwhile, into one file
    Backup(Backup),
    /// Restore such a file into an empty database of either engine, and verify the ledger
    Restore(Restore),
    /// Look over tables, secret key, ledger, disk, clocks, permissions and configuration; exit code 1 where something is wrong
    Check,
    /// Recompute every sum of money from its rows; exit code 1 where one differs
    VerifyLedger,
    /// After the secret key is lost for good: give up what only it could open, so that the shop can begin with a new one
    ForgetKey,
    /// Ask every payment gateway whether keys and clocks are right; exit code 1 where one is not
    CheckGateways,
}

/// What to fill the database with; nothing said: the demo shop.
#[derive(Args)]
pub struct Seed {
    /// So many orders of the past year, one buyer for ten of them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    pub orders: Option<u32>,
    /// So many shops, which share the orders
    #[arg(long, value_name = "K", default_value_t = 1, requires = "orders", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub shops: u32,
    /// Where chance begins: the same number gives the same data
    #[arg(long, value_name = "S", default_value_t = 1, requires = "orders")]
    pub rand_seed: u64,
    /// Orders in a hundred that see an after-sale
    #[arg(long, value_name = "PERCENT", default_value_t = 5, requires = "orders", value_parser = clap::value_parser!(u64).range(0..=100))]
    pub after_sales: u64,
}

/// Where to write a backup.
#[derive(Args)]
pub struct Backup {
    /// The file to write, or a folder for a new one
    #[arg(value_name = "FILE|FOLDER")]
    pub to: PathBuf,
    /// Put the secret key into it too; then keep the file as you keep the key
    #[arg(long)]
    pub with_key: bool,
}

/// What to restore.
#[derive(Args)]
pub struct Restore {
    /// The file to read, or a folder of which the newest is read
    #[arg(value_name = "FILE|FOLDER")]
    pub from: PathBuf,
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

/// Who is locked out.
#[derive(Args)]
#[command(group = clap::ArgGroup::new("whom").required(true).args(["login", "phone"]))]
pub struct Unlock {
    /// Code of the shop whose staff it is
    #[arg(long, requires = "login")]
    pub shop: Option<String>,
    /// Name that the member of staff logs in with
    #[arg(long, requires = "shop")]
    pub login: Option<String>,
    /// Phone that the buyer logs in with
    #[arg(long, conflicts_with = "shop")]
    pub phone: Option<String>,
}

/// Whom to take out.
#[derive(Args)]
pub struct EraseBuyer {
    /// Phone that the buyer logs in with
    #[arg(long)]
    pub phone: String,
    /// Do it without asking
    #[arg(long)]
    pub yes: bool,
    /// The buyer gives up what is left of balances
    #[arg(long)]
    pub give_up_balance: bool,
}

impl EraseBuyer {
    /// Waits for a yes on standard input.
    pub fn confirmed(&self) -> Result<bool, StartError> {
        if self.yes {
            return Ok(true);
        }
        write!(io::stderr(), "Nothing brings it back. Type yes to go on: ")?;
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        Ok(line.trim() == "yes")
    }
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

/// Carries the command out. 0: done; 1: `verify-ledger` or `restore` found a difference, or `check` or `check-gateways` something wrong.
pub async fn run(command: Command, config: Config) -> Result<ExitCode, StartError> {
    let well = match command {
        Command::Serve => super::serve(config).await.map(|()| true),
        Command::Migrate => super::migrate(config).await.map(|()| true),
        Command::Seed(Seed { orders: Some(orders), shops, rand_seed, after_sales }) => {
            let size = Size { orders: orders as usize, shops: shops as usize, seed: rand_seed, after_sales };
            super::seed_orders(config, size).await.map(|()| true)
        }
        Command::Seed(_) => super::seed(config).await.map(|()| true),
        Command::CreateShop(shop) => super::create_shop(config, shop).await.map(|()| true),
        Command::CreateStaff(staff) => super::create_staff(config, staff).await.map(|()| true),
        Command::Unlock(whom) => super::unlock(config, whom).await.map(|()| true),
        Command::EraseBuyer(buyer) => super::erase_buyer(config, buyer).await.map(|()| true),
        Command::Backup(backup) => super::take_backup(config, backup).await.map(|()| true),
        Command::Restore(restore) => super::restore_backup(config, restore).await,
        Command::Check => super::check(config).await,
        Command::VerifyLedger => super::verify_ledger(config).await,
        Command::ForgetKey => super::forget_key(config).await.map(|()| true),
        Command::CheckGateways => super::check_gateways(config).await,
    }?;
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
