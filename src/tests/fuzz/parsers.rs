//! What people and gateways write, read by the parsers alone: none may panic, and what is taken has to be what it claims to be.

use super::nasty;
use crate::torture::dice::Dice;
use chrono_tz::Asia::Shanghai;
use guitu::domain::carrier::{CARRIERS, Parcel};
use guitu::domain::{Channel, Day, Money, Month, Timestamp};
use guitu::server::money::bills;
use guitu::server::orders::ShopSearch;
use proptest::prelude::*;

/// A value of the fuzz, a piece of one, or any letters at all.
fn typed() -> impl Strategy<Value = String> {
    let nasty = any::<u64>().prop_map(|seed| nasty::value(&mut Dice::new(seed)));
    prop_oneof![3 => nasty, 1 => ".{0,80}", 1 => "[0-9０-９.,，。¥ +—-]{0,24}"]
}

/// A bill of sorts: lines that resemble those of the channels, in any number and with anything in their cells.
fn bill() -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        typed(),
        Just("`SUCCESS".to_owned()),
        Just("`REVOKED".to_owned()),
        Just("2026-11-21 10:00:00".to_owned()),
        Just("`12.00".to_owned())
    ];
    let line = prop::collection::vec(cell, 0..30).prop_map(|cells| cells.join(","));
    let head = prop_oneof![
        Just("交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态".to_owned()),
        Just("#支付宝业务明细查询".to_owned()),
        typed()
    ];
    (head, prop::collection::vec(line, 0..12), any::<bool>()).prop_map(|(head, lines, gbk)| {
        let text = format!("{head}\r\n{}", lines.join("\r\n"));
        if gbk { encoding_rs::GBK.encode(&text).0.into_owned() } else { text.into_bytes() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_amount_that_is_taken_reads_the_same_when_it_is_written_down(typed in typed()) {
        if let Ok(amount) = Money::parse(&typed) {
            prop_assert!(amount.0 >= 0);
            prop_assert_eq!(Money::parse(&amount.plain()), Ok(amount));
            prop_assert_eq!(Money::parse(&amount.show()), Ok(amount));
        }
        if let Ok(change) = Money::parse_change(&typed) {
            prop_assert_eq!(Money::parse_change(&change.plain()), Ok(change));
        }
    }

    #[test]
    fn a_waybill_that_is_taken_is_taken_again(typed in typed(), carrier in prop::sample::select(CARRIERS.map(|carrier| carrier.code).to_vec())) {
        if let Ok(parcel) = Parcel::parse(carrier, &typed) {
            let _ = parcel.doubt();
            prop_assert!(!parcel.tracking.is_empty() && parcel.tracking.chars().count() <= 64);
            prop_assert_eq!(Parcel::parse(&parcel.carrier, &parcel.tracking), Ok(parcel));
        }
    }

    #[test]
    fn a_day_that_is_taken_has_a_beginning_and_an_end(typed in typed()) {
        if let Some(day) = Day::parse(&typed) {
            let (from, to) = day.span(Shanghai);
            prop_assert!(from < to && day.before() <= day);
            prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
        }
        if let Some(month) = Month::parse(&typed) {
            let (from, to) = month.span(Shanghai);
            prop_assert!(from < to && month.before() <= month && month.after() >= month);
        }
        if let Some(moment) = Timestamp::read_local(&typed, Shanghai) {
            prop_assert_eq!(Timestamp::read_local(&moment.to_the_second(Shanghai), Shanghai), Some(moment));
        }
    }

    #[test]
    fn the_search_box_takes_anything(typed in typed()) {
        for search in [ShopSearch::parse(&typed), ShopSearch::of_cases(&typed)] {
            prop_assert!(search.words().chars().count() <= 60);
        }
    }

    #[test]
    fn a_bill_is_read_or_refused_in_words(bytes in prop_oneof![bill(), any::<u64>().prop_map(|seed| nasty::bytes(&mut Dice::new(seed)))]) {
        let day = Day::parse("2026-11-21").unwrap();
        for channel in [Channel::Wechat, Channel::Alipay] {
            if let Err(words) = bills::read(channel, day, Shanghai, &bytes) {
                prop_assert!(!words.is_empty());
            }
        }
    }
}
