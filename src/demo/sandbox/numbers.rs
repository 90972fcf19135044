//! Numbers: those that merchants bring, and the gateway's own, which nobody can guess.

use super::problem::SandboxProblem;
use crate::server::clock::random_u64;
use crate::server::payments::CURRENCY;

const LONGEST: usize = 64;

/// The real gateways take numbers of the same characters and length, and sums of nothing but fen.
pub fn check(number: &str, amount: i64, currency: &str) -> Result<(), SandboxProblem> {
    let usual = |c: char| c.is_ascii_alphanumeric() || "_-|*@".contains(c);
    if number.is_empty() || number.len() > LONGEST || !number.chars().all(usual) {
        return Err(SandboxProblem::param("单号须为 1 至 64 位字母、数字或 _-|*@"));
    }
    if amount <= 0 || currency != CURRENCY {
        return Err(SandboxProblem::param("金额须为正整数(分),币种须为 CNY"));
    }
    Ok(())
}

/// Stands in the address of a cashier.
pub fn token() -> String {
    format!("{:016x}{:016x}", random_u64(), random_u64())
}

/// A number of the gateway's own.
pub fn own(kind: char) -> String {
    format!("SB{kind}{:016x}{:08x}", random_u64(), random_u64() >> 32)
}
