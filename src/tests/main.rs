//! The shop from outside: its rules, its pages, its gateways and its sources.
#![expect(clippy::unwrap_used, reason = "a test whose stage cannot be set stops there")]

mod access;
mod alipay;
mod anomalies;
mod backups;
mod bad_input;
mod batches;
mod check;
mod clocks;
mod commands;
mod configuration;
mod coupons;
mod domain;
mod erasure;
mod faults;
mod floors;
mod flows;
mod getting_in;
mod growth;
mod islands;
mod ledger;
mod races;
mod records;
mod sandbox;
mod scans;
mod sealing;
mod search;
mod seeded_data;
mod sources;
mod sql;
mod statements;
mod support;
mod torture;
mod upgrades;
mod wallet;
mod wechat;
