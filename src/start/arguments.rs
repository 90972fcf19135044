//! What the commands of `guitu` are told with them.

use std::{
    env,
    io::{self, BufRead, IsTerminal, Write},
    path::PathBuf,
};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::error::StartError;
use crate::domain::Role;

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
    #[arg(long, value_parser = PossibleValuesParser::new(Role::ALL.map(Role::code)).try_map(|code| Role::from_code(&code).ok_or("no such role")))]
    pub role: Role,
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
