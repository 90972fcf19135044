use crate::support::{LI, TestApp, WANG, on_both_engines};
use guitu::domain::Role;

on_both_engines!(the_box_finds_orders_and_cases_by_whatever_is_known_of_them);

async fn the_box_finds_orders_and_cases_by_whatever_is_known_of_them(app: TestApp) {
    let (wang, li) = (app.buyer(WANG).await, app.buyer(LI).await);
    let (tea, cup) = (wang.buys(&[(app.town.goods.tea, 1)], "balance").await, li.buys(&[(app.town.goods.cup, 1)], "balance").await);
    let case = wang.applies(&tea, "refund_only", "unwanted", &[1]).await;
    let service = app.staff(Role::Service).await;
    let neighbour = app.staff_of(app.town.other_shop, Role::Service).await;
    let number = tea.to_lowercase();
    for (typed, found) in [
        ("王小", [true, false]),
        ("小满", [false, false]),
        ("李青禾", [false, true]),
        ("雾", [true, false]),
        ("13800000001", [true, false]),
        ("0002", [false, true]),
        // The phone at the door is the same for both.
        ("0000", [true, true]),
        (number.as_str(), [true, false]),
        ("没有", [false, false]),
    ] {
        let page = service.get(&format!("/merchant/orders?q={typed}")).await.html;
        assert_eq!([&tea, &cup].map(|order| page.contains(&format!("/merchant/orders/{order}"))), found, "{typed}");
        let page = service.get(&format!("/merchant/after-sales?q={typed}")).await.html;
        assert_eq!(page.contains(&format!("/merchant/after-sales/{case}")), found[0], "{typed}");
        for list in ["orders", "after-sales"] {
            let page = neighbour.get(&format!("/merchant/{list}?q={typed}")).await.html;
            assert!(!page.contains(&format!("/merchant/{list}/{tea}")) && !page.contains(&case), "{typed}");
        }
    }
}
