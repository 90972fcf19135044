//! No sentence shows a role what it may not see, and what is kept is read back as it was.

use super::every::{Facts, happenings};
use crate::support::viewer;
use chrono_tz::Asia::Shanghai;
use guitu::domain::{Address, Happening, Money, Permission, Role};
use guitu::text::{NoticeSubject, Viewer, deed, notice, sentence};
use proptest::prelude::*;

const ABOUT: NoticeSubject<'static> = NoticeSubject { order: "G2611-29A7KQ", case: Some("A2611-29B8MW") };

fn facts() -> impl Strategy<Value = Facts> {
    // Amounts of four digits at least, which no number of order, case, parcel, day or phone beside them contains by chance.
    let amount = (10_001..90_000_000i64).prop_filter("told apart", |fen| fen % 100 > 9).prop_map(Money);
    let typed = prop_oneof!["[一-龥，。！]{1,30}", "[一-龥]{2,8}¥[1-9][0-9]{3}\\.[0-9]{2}[一-龥]{2,8}", "[א-ת]{3,9}"];
    let address = ("[王李张赵][一-龥]{2}", "139[0-9]{8}", "[一-龥]{4,9}路", "[0-9]{3} 号[一-龥]{2}")
        .prop_map(|(recipient, phone, region, detail)| Address { recipient, phone, extension: String::new(), region, detail });
    (amount, typed, address).prop_map(|(amount, typed, address)| Facts { amount, typed, address })
}

/// Everything that this viewer can come to read of it.
fn read(happening: &Happening, viewer: Viewer) -> Vec<String> {
    let told = notice(happening, viewer, ABOUT, Shanghai);
    vec![sentence(happening, viewer, Shanghai), deed(happening, viewer, Shanghai), told.words]
}

proptest! {
    #[test]
    fn a_role_that_does_not_see_money_reads_no_amount(facts in facts()) {
        for role in [Role::Owner, Role::Service, Role::Warehouse, Role::Finance] {
            let sees = role.grants(Permission::SeeMoney);
            let shown = facts.amount.show();
            let (digits, points) = (shown.trim_start_matches('¥'), facts.amount.0.to_string());
            for happening in happenings(&facts) {
                for words in read(&happening, viewer(role)) {
                    let amounts = words.contains(digits) || words.contains(&points) || words.split('¥').skip(1).any(|rest| !rest.starts_with("***"));
                    prop_assert!(sees || !amounts, "{role:?} reads {words}");
                }
            }
        }
    }

    #[test]
    fn an_address_is_read_by_the_buyer_alone_and_in_its_notice_alone(facts in facts()) {
        let Address { recipient, phone, region, detail, .. } = &facts.address;
        let personal = |words: &str| [recipient, phone, region, detail].into_iter().any(|part| words.contains(part.as_str()));
        prop_assume!(!personal(&facts.typed));
        for happening in happenings(&facts) {
            for viewer in [viewer(Role::Owner), viewer(Role::Warehouse)] {
                for words in read(&happening, viewer) {
                    prop_assert!(!personal(&words), "{viewer:?} reads {words}");
                }
            }
            let told = notice(&happening, Viewer::Buyer, ABOUT, Shanghai);
            prop_assert_eq!(personal(&told.words), matches!(happening, Happening::ReturnAddressGiven { .. }), "{}", told.words);
            prop_assert!(!personal(&sentence(&happening, Viewer::Buyer, Shanghai)));
        }
    }

    #[test]
    fn the_buyer_is_never_spoken_of_as_somebody_else(facts in facts()) {
        for happening in happenings(&facts).into_iter().filter(|happening| !matches!(happening, Happening::Told { .. })) {
            prop_assert!(!sentence(&happening, Viewer::Buyer, Shanghai).replace(&facts.typed, "").contains("买家"), "{happening:?}");
        }
    }

    #[test]
    fn facts_are_read_back_as_they_were(facts in facts()) {
        for happening in happenings(&facts) {
            let kept = serde_json::to_string(&happening).unwrap();
            prop_assert!(kept.starts_with(&format!("{{\"kind\":\"{}\"", happening.kind().code())), "{kept}");
            prop_assert_eq!(serde_json::from_str::<Happening>(&kept).unwrap(), happening);
        }
    }
}
