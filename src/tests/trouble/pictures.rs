//! The folder of pictures is gone.

use crate::support::{TestApp, WANG, on_both_engines};
use guitu::routes::buyer as paths;

on_both_engines!(what_needs_no_picture_goes_on_without_their_folder);

async fn what_needs_no_picture_goes_on_without_their_folder(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.buys(&[(app.town.goods.cup, 2)], "balance").await;
    let with_picture = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    wang.withdraws(&with_picture).await.goes_to();
    let key: String = sqlx::query_scalar("select key from pictures limit 1").fetch_one(app.server.db.read()).await.unwrap();
    let form = wang.application(&order, "refund_only", "unwanted", &[1]).await.with("note", "买错了");

    let (folder, aside) = (app.folder.join("evidence"), app.folder.join("aside"));
    std::fs::rename(&folder, &aside).unwrap();
    std::fs::write(&folder, "no folder").unwrap();
    let page = wang.send(&form).await;
    page.says(503, "暂时无法保存");
    assert_eq!(page.form(&paths::apply(&order)).get("note"), "买错了");
    wang.get(&format!("/pictures/{key}")).await.says(503, "系统暂时无法读取");
    wang.get(&format!("/after-sales/{with_picture}")).await.says(200, &with_picture);

    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(&aside, &folder).unwrap();
    assert_eq!(wang.get(&format!("/pictures/{key}")).await.status, 200);
    wang.send(&form).await.goes_to();
    assert_eq!(app.count("select count(*) from after_sales").await, 2);
}
