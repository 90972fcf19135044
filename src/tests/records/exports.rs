use super::traded;
use crate::support::{Browser, TestApp, WANG, on_both_engines};
use guitu::domain::Role;

on_both_engines!(
    a_file_sums_what_the_database_sums_and_the_page_shows,
    telephones_are_whole_for_those_who_see_them_and_every_export_is_on_record,
    formulas_are_words_in_a_file,
    long_digits_are_texts_in_a_file,
    a_book_is_a_book,
);

/// The lines of a CSV file, its cells without their quotes.
async fn lines(staff: &Browser, query: &str) -> Vec<Vec<String>> {
    let file = staff.get(&format!("/merchant/refunds/export?{query}")).await;
    assert_eq!(file.status.as_u16(), 200, "{file}");
    let text = file.html.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

async fn a_file_sums_what_the_database_sums_and_the_page_shows(app: TestApp) {
    traded(&app).await;
    let finance = app.staff(Role::Finance).await;
    let sum = "select cast(sum(amount_minor) as bigint) from refunds where status = 'succeeded'";
    assert_eq!(app.count(sum).await, 24_000);
    for query in ["of=month&month=2026-11", "of=list", "of=list&status=succeeded&from=2026-11-22"] {
        let lines = lines(&finance, query).await;
        assert_eq!(lines.len(), 5, "a head, three refunds and their sum: {lines:?}");
        assert_eq!((lines[4][0].as_str(), lines[4][8].as_str()), ("合计 3 笔", "240.00"));
    }
    let wechat = lines(&finance, "tender=wechat").await;
    assert_eq!((wechat.len(), wechat[2][8].as_str()), (3, "100.00"));
    assert_eq!(lines(&finance, "of=month&month=2026-10").await[1][0], "合计 0 笔");
}

async fn telephones_are_whole_for_those_who_see_them_and_every_export_is_on_record(app: TestApp) {
    traded(&app).await;
    let (owner, finance) = (app.staff(Role::Owner).await, app.staff(Role::Finance).await);
    assert!(lines(&owner, "").await[1..4].iter().all(|line| (line[4].as_str(), line[5].as_str()) == ("王小满", WANG)));
    assert!(
        lines(&finance, "tender=alipay").await[1..2].iter().all(|line| (line[4].as_str(), line[5].as_str()) == ("王**", "138****0001"))
    );
    assert_eq!(app.staff(Role::Warehouse).await.get("/merchant/refunds/export").await.status.as_u16(), 403);
    let told: Vec<(String, String)> =
        sqlx::query_as("select what, detail from audits order by id").fetch_all(app.server.db.read()).await.unwrap();
    let whats: Vec<&str> = told.iter().map(|(what, _)| what.as_str()).collect();
    assert_eq!(whats, ["refunds_export_begun", "refunds_exported", "refunds_export_begun", "refunds_exported"]);
    assert_eq!((told[1].1.as_str(), told[3].1.as_str()), ("3 rows, 24000 fen, 0 points", "1 rows, 10000 fen, 0 points"));
    assert!(told[2].1.contains("Alipay"), "{}", told[2].1);
}

async fn formulas_are_words_in_a_file(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    let form =
        owner.decision(&case, "refund_manually").await.with("voucher", "=HYPERLINK(\"http://example.com\",\"x\")").with("consent", "1");
    owner.send(&form).await.goes_to();
    let lines = lines(&owner, "").await;
    assert_eq!(lines[1][14], "'=HYPERLINK(\"http://example.com\",\"x\")");
}

async fn long_digits_are_texts_in_a_file(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    for voucher in ["4200001234202611", "0012"] {
        let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
        let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
        owner.send(&owner.decision(&case, "refund_manually").await.with("voucher", voucher)).await.goes_to();
    }
    let lines = lines(&owner, "").await;
    assert_eq!((lines[1][14].as_str(), lines[2][14].as_str()), ("0012\t", "4200001234202611\t"));
    // A book says of every cell what it is: nothing is added there.
    let book = owner.get("/merchant/refunds/export?format=xlsx").await;
    assert_eq!(book.status, 200);
    assert_eq!(lines.last().map(|sum| sum[0].as_str()), Some("合计 2 笔"));
}

async fn a_book_is_a_book(app: TestApp) {
    traded(&app).await;
    let finance = app.staff(Role::Finance).await;
    let file = finance.get("/merchant/refunds/export?format=xlsx").await;
    assert!(file.status == 200 && file.html.starts_with("PK") && file.html.contains("xl/worksheets/sheet1.xml"), "{}", file.status);
    // What a book of spreadsheets must end with, or it is cut off.
    assert!(file.html.contains("PK\u{5}\u{6}"));
    assert_eq!(app.count("select count(*) from audits where what = 'refunds_exported' and detail like '3 rows, 24000 fen%'").await, 1);
}
