//! What the `guitu` program can be told to do.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use super::arguments::{Backup, CreateShop, CreateStaff, EraseBuyer, Restore, Seed, Unlock};
use super::error::StartError;
use crate::demo::Size;
use crate::server::machinery::config::{Config, Settings};

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
