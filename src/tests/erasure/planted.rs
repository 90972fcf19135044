//! What is planted everywhere a person leaves something is found nowhere afterwards.

use super::closing;
use crate::support::{BACK, Buyer, Form, OUT, TestApp, WANG, on_both_engines, photo};
use guitu::domain::{Address, BuyerId, Role};
use guitu::server::store::people::{self, AddressBookOwner};

on_both_engines!(nothing_of_the_person_is_found_afterwards, pictures_go_by_a_job_that_is_tried_again);

const NAME: &str = "鲸落甲乙";
const PHONE: &str = "13911112222";
const ACCOUNT: [&str; 3] = ["6222990011223344", "鲸落戊己", "归鲸示例银行"];
/// Each is typed somewhere by the buyer, or by the staff about the buyer.
const TYPED: [&str; 18] = [
    NAME,
    PHONE,
    "鲸落丙丁",
    "13922223333",
    "苍鲸省",
    "拾鲸巷七号院",
    "请放在门卫老鲸处",
    "壶嘴裂了像鲸尾",
    "茶香像鲸歌",
    "谢谢鲸先生的喜欢",
    "鲸先生的姑妈代收",
    "鲸先生的照片不清楚",
    "转给鲸太太尾号",
    "鲸先生门店现金",
    "鲸太太对公转账",
    "给鲸先生的消息",
    "鲸先生补充说明",
    BACK,
];

async fn nothing_of_the_person_is_found_afterwards(app: TestApp) {
    let buyer = lives(&app).await;
    for typed in TYPED {
        assert!(!app.finds(&[typed]).await.is_empty(), "{typed} is planted");
    }
    let owner = app.staff(Role::Owner).await;
    assert!(owner.get("/merchant/refunds/export?format=csv&of=list").await.html.contains(NAME));
    assert!(app.picture_files().len() >= 6, "{:?}", app.picture_files());
    let kept = sums(&app).await;
    let orders: Vec<String> = sqlx::query_scalar("select number from orders order by id").fetch_all(app.server.db.read()).await.unwrap();
    let cases: Vec<String> =
        sqlx::query_scalar("select number from after_sales order by id").fetch_all(app.server.db.read()).await.unwrap();

    buyer.send(&closing(&buyer).await).await.goes_to();
    app.run_due_jobs().await;
    let all: Vec<&str> = TYPED.into_iter().chain(ACCOUNT).collect();
    assert_eq!(app.finds(&all).await, Vec::<String>::new());
    assert_eq!(app.picture_files(), Vec::<String>::new());
    assert_eq!(app.count("select count(*) from pictures").await, 0);
    assert_eq!(sums(&app).await, kept, "sums, payments and refunds stay");

    let tea = format!("/products/{}", app.town.goods.tea.product.0);
    let mut pages =
        ["/merchant", "/merchant/orders", "/merchant/after-sales", "/merchant/members", "/merchant/reviews", "/merchant/messages"]
            .map(str::to_owned)
            .to_vec();
    pages.extend(["/merchant/refunds", "/merchant/payment-anomalies", "/merchant/refunds/export?format=csv&of=list"].map(str::to_owned));
    pages.push(tea);
    pages.extend(orders.iter().map(|number| format!("/merchant/orders/{number}")));
    pages.extend(cases.iter().map(|number| format!("/merchant/after-sales/{number}")));
    for path in pages {
        let page = owner.get(&path).await;
        assert_eq!(page.status, 200, "{page}");
        let shown: Vec<&&str> = all.iter().filter(|typed| page.html.contains(**typed)).collect();
        assert!(shown.is_empty(), "{path} shows {shown:?}");
    }
    owner.get(&format!("/merchant/orders/{}", orders[0])).await.says(200, "已注销买家").says(200, "¥200.00");
    let book = owner.get("/merchant/refunds/export?format=xlsx&of=list").await;
    assert_eq!(book.status, 200);
    for search in [NAME, PHONE] {
        let found = owner.get(&format!("/merchant/orders?q={}", urlencoded(search))).await;
        assert!(orders.iter().all(|number| !found.html.contains(number)), "{found}");
    }
}

/// Everything a person does in a shop: orders, pays, reviews, claims, is refused, is paid back.
async fn lives(app: &TestApp) -> Buyer {
    app.moves_in(NAME, PHONE, (5_000, 90_000)).await;
    let id = BuyerId(app.number("select id from buyers where phone = $1", PHONE).await);
    let mut tx = app.server.db.write().await.unwrap();
    let words = |words: &str| words.to_owned();
    let address = Address {
        recipient: words("鲸落丙丁"),
        phone: words("13922223333"),
        extension: words("7804"),
        region: words("苍鲸省 雾都市"),
        detail: words("拾鲸巷七号院"),
    };
    let address_id = app.server.new_id();
    people::insert_address(tx.conn(), AddressBookOwner::Buyer(id), address_id, &address).await.unwrap();
    people::set_default_address(tx.conn(), AddressBookOwner::Buyer(id), address_id, app.server.now()).await.unwrap();
    tx.commit().await.unwrap();
    let buyer = app.buyer(PHONE).await;
    let tea = app.town.goods.tea;
    let (owner, finance, warehouse) = (app.staff(Role::Owner).await, app.staff(Role::Finance).await, app.staff(Role::Warehouse).await);

    let first = buyer.orders_with(&[(tea, 2)], &[("remark", "请放在门卫老鲸处"), ("points", "1000")]).await;
    buyer.pays(&first, "balance").await;
    let remark = owner.order_form(&first, "remark").await.with("shop_remark", "鲸先生的姑妈代收");
    owner.send(&remark).await.goes_to();
    warehouse.ships(&first, OUT).await.goes_to();
    buyer.receives(&first).await.goes_to();
    let review = buyer.form(&format!("/orders/{first}/review"), &format!("/orders/{first}/review")).await;
    let line = review.names_like("words_")[0].clone();
    let review = review.with(&line, "茶香像鲸歌").with(&line.replace("words_", "rating_"), 5);
    buyer.send(&review.with_file(&line.replace("words_", "pictures_"), photo())).await.goes_to();
    let review = app.count("select id from reviews").await;
    owner.send(&Form::to(&format!("/merchant/reviews/{review}/reply")).with("reply", "谢谢鲸先生的喜欢")).await.goes_to();

    let form = buyer.application(&first, "refund_only", "quality", &[1]).await.with("note", "壶嘴裂了像鲸尾");
    buyer.send(&form).await.goes_to();
    let case = app.order(&first).await.cases[0].number.clone();
    let no = owner.decision(&case, "reject").await.with("reject_reason", "鲸先生的照片不清楚");
    owner.send(&no).await.goes_to();
    buyer.revises(&case, &[("note", "鲸先生补充说明")]).await.goes_to();
    owner.decides(&case, "agree_refund").await.goes_to();

    let at_the_door = app.completed(&buyer, &[(tea, 1)], "cod").await;
    let case = buyer.applies(&at_the_door, "refund_only", "quality", &[1]).await;
    let path = format!("/after-sales/{case}/refund-account");
    let account = buyer.form(&path, &path).await.with("kind", "bank").with("number", ACCOUNT[0]);
    buyer.send(&account.with("holder", ACCOUNT[1]).with("bank", ACCOUNT[2])).await.goes_to();
    let paid = finance.decision(&case, "refund_manually").await.with("voucher", "转给鲸太太尾号 6621");
    finance.send(&paid).await.goes_to();

    let outside = buyer.orders(&[(tea, 1)]).await;
    let confirm = finance.order_form(&outside, "confirm-payment").await.with("note", "鲸太太对公转账");
    finance.send(&confirm).await.goes_to();
    warehouse.ships(&outside, "SF1234567890199").await.goes_to();
    buyer.receives(&outside).await.goes_to();

    let back = app.completed(&buyer, &[(tea, 1)], "balance").await;
    let case = app.coming_back(&buyer, &back, "return_refund", "quality", &[1]).await;
    warehouse.takes_back(&case, &[]).await.goes_to();
    owner.decides(&case, "agree_refund").await.goes_to();

    let up = [("account", "balance"), ("direction", "up"), ("amount", "20"), ("reason", "鲸先生门店现金")];
    finance.send(&finance.wallet_form(PHONE, &up).await).await.goes_to();
    // A message and a line in words of their own, as they were kept before, and a look somebody took by the name.
    let told =
        "insert into messages (id, shop_id, buyer_id, order_id, title, words, at) select 77, shop_id, buyer_id, id, '', '给鲸先生的消息', 1
        from orders where number = $1";
    sqlx::query(told).bind(&first).execute(app.server.db.single()).await.unwrap();
    let told = "insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, words, evidence, at)
        select 76, shop_id, id, 'system', '系统', 'order_placed', '鲸先生提交订单', '[]', 1 from orders where number = $1";
    sqlx::query(told).bind(&first).execute(app.server.db.single()).await.unwrap();
    let looked = "insert into audits (id, shop_id, actor_id, actor, what, subject, detail, at)
        values (78, $1, 0, '店主', 'refunds_export_begun', '', $2, 1)";
    let looked = sqlx::query(looked).bind(app.town.shop.id.0).bind(format!("Csv Filter {{ name: {NAME} }}"));
    looked.execute(app.server.db.single()).await.unwrap();
    buyer
}

async fn sums(app: &TestApp) -> Vec<i64> {
    let mut sums = Vec::new();
    for sum in [
        "select count(*) from orders",
        "select cast(sum(paid_minor) as bigint) from orders",
        "select cast(sum(refunded_minor) as bigint) from orders",
        "select cast(sum(amount_minor) as bigint) from payments",
        "select cast(sum(amount_minor) as bigint) from refunds",
        "select count(*) from refunds",
        "select count(*) from after_sales",
        "select cast(sum(amount_minor) as bigint) from money_events where cause <> 'account_closed'",
        "select cast(sum(rating) as bigint) from reviews",
        "select count(*) from events",
    ] {
        sums.push(app.count(sum).await);
    }
    sums
}

fn urlencoded(words: &str) -> String {
    words.bytes().fold(String::new(), |all, byte| format!("{all}%{byte:02X}"))
}

/// The folder cannot be written to for a while: nobody sees the picture meanwhile, and it goes when that is over.
async fn pictures_go_by_a_job_that_is_tried_again(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "refund_only", "quality", &[1]).await;
    let key = app.case(&case).await.case.evidence[0].clone();
    wang.withdraws(&case).await.goes_to();
    let owner = app.staff(Role::Owner).await;
    owner.get(&format!("/pictures/{key}")).await.status.is_success().then_some(()).expect("it is there");
    // A folder stands where the file was: it cannot be deleted as one.
    let (file, aside) = (app.folder.join(format!("evidence/{key}.jpg")), app.folder.join("aside.jpg"));
    std::fs::rename(&file, &aside).unwrap();
    std::fs::create_dir_all(file.join("full")).unwrap();
    wang.send(&closing(&wang).await).await.goes_to();
    app.run_due_jobs().await;
    assert_eq!(owner.get(&format!("/pictures/{key}")).await.status, 404);
    assert_eq!(app.count("select count(*) from pictures where erased_at is not null").await, 1);
    std::fs::remove_dir_all(&file).unwrap();
    std::fs::rename(&aside, &file).unwrap();
    app.run_due_jobs().await;
    assert_eq!((app.count("select count(*) from pictures").await, app.picture_files()), (0, Vec::new()));
}
