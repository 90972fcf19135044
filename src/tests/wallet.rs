//! What a buyer holds at each shop, points that orders earn and lose, what the shop puts into wallets, and where cash goes back to.

mod consents;
mod points;
mod recharges;
mod refund_accounts;
mod shops;
