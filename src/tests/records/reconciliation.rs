use super::{TODAY, next_day, traded};
use crate::support::{Form, TestApp, on_both_engines};

on_both_engines!(
    the_sandboxes_bills_agree_with_our_books_to_the_fen,
    what_differs_is_told_from_both_sides_and_settled_once,
    a_bill_that_cannot_be_is_refused_and_leaves_nothing,
    a_row_that_is_not_known_is_listed_by_its_line_and_keeps_nothing_else_out,
);

async fn the_sandboxes_bills_agree_with_our_books_to_the_fen(app: TestApp) {
    traded(&app).await;
    let finance = next_day(&app).await;
    finance.get("/merchant/reconciliation").await.says(200, "还没有上传过账单");
    for (channel, paid, refunded) in [
        ("wechat", "¥140.00 = 一致 ¥140.00 + 差异 ¥0.00", "¥100.00 = 一致 ¥100.00 + 差异 ¥0.00"),
        ("alipay", "¥100.00 = 一致 ¥100.00 + 差异 ¥0.00", "¥100.00 = 一致 ¥100.00 + 差异 ¥0.00"),
    ] {
        let done = app.bill(&finance, channel, TODAY).await;
        let page = finance.get(done.goes_to()).await;
        page.says(200, paid).says(200, refunded).says(200, "没有需要处理的差异");
    }
    finance.get("/merchant/reconciliation").await.says(200, "全部一致");
    app.bill(&finance, "wechat", TODAY).await.says(422, "微信支付 2026-11-22 的账单已经上传过");
    assert_eq!(app.count("select count(*) from bills").await, 2);
}

async fn what_differs_is_told_from_both_sides_and_settled_once(app: TestApp) {
    let orders = traded(&app).await;
    let (tea, cup) = (app.order(&orders[0]).await.payments[0].number.clone(), app.order(&orders[1]).await.payments[0].number.clone());
    let finance = next_day(&app).await;
    // The tea under a number nobody knows, and a yuan more for the cup.
    let mut bill = String::from_utf8(app.bank.bill("wechat", TODAY).await).unwrap();
    let line = bill.lines().find(|line| line.contains(&cup)).unwrap().to_owned();
    bill = bill.replace(&line, &line.replace("`40.00", "`41.00")).replace(",`140.00", ",`141.00");
    let paid = bill.lines().find(|line| line.contains(&tea) && line.contains("`SUCCESS,`OTHERS")).unwrap().to_owned();
    bill = bill.replace(&paid, &paid.replace(&tea, "UNKNOWN1"));
    let done = finance.uploads_bill("wechat", TODAY, bill.as_bytes()).await;
    let page = finance.get(done.goes_to()).await;
    page.says(200, "¥141.00 = 一致 ¥0.00 + 差异 ¥141.00").says(200, "3 笔，其中 3 笔待处理");
    for words in ["收款：仅账单有", "UNKNOWN1", "收款：仅系统有", "收款：金额不符", "¥41.00", "¥40.00"] {
        page.says(200, words);
    }
    assert!(page.html.contains(&format!("/merchant/orders/{}", orders[1])));

    let settle = format!("/merchant/reconciliation/wechat/{TODAY}/settle");
    let form = page.form(&settle).with("entry", "payment").with("number", &cup);
    finance.send(&form.clone().with("note", " ")).await.says(422, "请写明处理结果");
    let settled = finance.send(&form.clone().with("note", "渠道补入一元")).await;
    finance.get(settled.goes_to()).await.says(200, "渠道补入一元").says(200, "3 笔，其中 2 笔待处理");
    finance.send(&form.with("note", "再来一次")).await.says(409, "渠道补入一元");
    assert_eq!(app.count("select count(*) from bill_differences where settled_by <> ''").await, 1);
}

async fn a_bill_that_cannot_be_is_refused_and_leaves_nothing(app: TestApp) {
    traded(&app).await;
    let finance = next_day(&app).await;
    let bill = String::from_utf8(app.bank.bill("wechat", TODAY).await).unwrap();
    let cut = bill.lines().take(2).collect::<Vec<_>>().join("\r\n");
    let wrong = [
        ("wechat", TODAY, bill.replacen("商户退款单号", "退款", 1), "缺少列「商户退款单号」"),
        ("wechat", "2026-11-21", bill.clone(), "第 2 行的时间 2026-11-22 12:00:00 不在账单日期 2026-11-21 内"),
        ("wechat", TODAY, bill.replace("`100.00", "`hundred"), "第 2 行「订单金额」无法识别"),
        ("wechat", TODAY, cut, "文件不完整：缺少最后的合计行"),
        ("alipay", TODAY, bill.clone(), "这不是所选渠道的账单：缺少列"),
        ("wechat", TODAY, "<html>502</html>".to_owned(), "这不是所选渠道的账单"),
        ("wechat", "2026-11-23", bill.clone(), "当天的账单还不完整"),
        ("wechat", TODAY, "`".repeat(5 * 1024 * 1024 + 1), "账单文件不能超过 5 MB"),
    ];
    for (channel, day, file, words) in wrong {
        finance.uploads_bill(channel, day, file.as_bytes()).await.says(422, words);
    }
    let doubled: Vec<&str> = bill.lines().collect();
    let sums = [",`140.00,", ",`240.00,"];
    let doubled = [&doubled[..2], &doubled[1..]].concat().join("\r\n").replace("`3,", "`4,").replace(sums[0], sums[1]);
    finance.uploads_bill("wechat", TODAY, doubled.as_bytes()).await.says(422, "第 3 行与第 2 行重复");
    finance.send(&Form::to("/merchant/reconciliation")).await.says(422, "请选择账单文件");
    assert_eq!(app.count("select count(*) from bills").await + app.count("select count(*) from bill_lines").await, 0);
}

/// The gateway revokes a payment, and has a state that nobody here has heard of.
async fn a_row_that_is_not_known_is_listed_by_its_line_and_keeps_nothing_else_out(app: TestApp) {
    let orders = traded(&app).await;
    let tea = app.order(&orders[0]).await.payments[0].number.clone();
    let finance = next_day(&app).await;
    let bill = String::from_utf8(app.bank.bill("wechat", TODAY).await).unwrap();
    let lines: Vec<&str> = bill.lines().collect();
    let paid = lines.iter().find(|line| line.contains(&tea) && line.contains("`SUCCESS,`OTHERS")).unwrap();
    let row = |number: &str, state: &str, sums: &str| {
        let row = paid.replace(&tea, number).replace("`SUCCESS,`OTHERS", &format!("`{state},`OTHERS"));
        row.replace("`0.60%,`100.00,`0.00,", &format!("`0.60%,{sums},"))
    };
    let (revoked, unknown) = (row("REVOKED1", "REVOKED", "`0.00,`30.00"), row("HELD1", "HELD", "`7.00,`0.00"));
    let sums = lines[5].replacen("`3,", "`5,", 1).replace("`0.00000,`140.00,`100.00", "`0.00000,`147.00,`130.00");
    let told = [&lines[..4], &[revoked.as_str(), unknown.as_str(), lines[4], sums.as_str()]].concat().join("\r\n");
    let done = finance.uploads_bill("wechat", TODAY, told.as_bytes()).await;
    let page = finance.get(done.goes_to()).await;
    page.says(200, "¥140.00 = 一致 ¥140.00 + 差异 ¥0.00").says(200, "¥130.00 = 一致 ¥100.00 + 差异 ¥30.00");
    for words in
        ["2 笔，其中 2 笔待处理", "REVOKED1", "退款：仅账单有", "账单行无法识别", "文件第 6 行", "交易状态 HELD", "商户订单号 HELD1"]
    {
        page.says(200, words);
    }
    let settle = page.form(&format!("/merchant/reconciliation/wechat/{TODAY}/settle"));
    let settle = settle.with("entry", "unknown").with("number", "6").with("note", "渠道预授权，与本店无关");
    finance.get(finance.send(&settle).await.goes_to()).await.says(200, "渠道预授权").says(200, "2 笔，其中 1 笔待处理");
}
