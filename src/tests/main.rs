//! The shop from outside: its rules, its pages, its gateways and its sources.
#![expect(clippy::unwrap_used, reason = "a test whose stage cannot be set stops there")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test names the states it is about")]

mod access;
mod alipay;
mod anomalies;
mod attack;
mod backups;
mod bad_input;
mod batches;
mod check;
mod circles;
mod clocks;
mod commands;
mod configuration;
mod coupons;
mod domain;
mod erasure;
mod faults;
mod floors;
mod flows;
mod fuzz;
mod getting_in;
mod glossary;
mod growth;
mod imports;
mod islands;
mod ledger;
mod races;
mod records;
mod rules;
mod sandbox;
mod scans;
mod sealing;
mod search;
mod seeded_data;
mod sources;
mod sql;
mod statements;
mod support;
mod text;
mod torture;
mod trouble;
mod upgrades;
mod wallet;
mod wechat;
mod words;
