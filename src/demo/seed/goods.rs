//! The goods of the tea shop.

use crate::domain::time::DAY;
use crate::domain::{Money, ProductId, ShopId, SkuId, Timestamp};
use crate::server::app::App;
use crate::server::error::Result;
use crate::server::store::goods::{self, NewProduct, NewSku};
use std::collections::HashMap;

type Goods = (&'static str, &'static str, &'static str, &'static str, &'static [(&'static str, i64, i64)]);

/// Picture, title, category, subtitle, and SKUs: specification, price in fen, units on the shelf.
pub(super) const GOODS: [Goods; 24] = [
    (
        "green-tea-gift",
        "高山云雾绿茶 明前特级 礼盒装",
        "茶叶",
        "海拔 900 米 · 明前头采",
        &[("礼盒 · 250g", 16_800, 120), ("礼盒 · 500g", 31_800, 60)],
    ),
    ("longjing", "西湖龙井 雨前 纸包老茶客装", "茶叶", "纸包锁香 · 豆香明显", &[("100g", 9_800, 200), ("250g", 22_800, 80)]),
    ("osmanthus-oolong", "桂花乌龙 罐装", "茶叶", "鲜桂花三窨", &[("罐装 · 100g", 17_800, 90), ("尝鲜 · 20g", 3_990, 300)]),
    ("da-hong-pao", "武夷大红袍 岩茶 铁罐装", "茶叶", "中足火 · 岩骨花香", &[("罐装 · 150g", 25_800, 70), ("两罐 · 300g", 48_800, 40)]),
    ("black-tea", "正山小种红茶 花果香 袋装", "茶叶", "不熏烟 · 蜜甜", &[("袋装 · 200g", 12_600, 150)]),
    ("white-tea-cake", "福鼎老白茶 寿眉 2019 茶饼", "茶叶", "七年陈 · 枣香", &[("一饼 · 350g", 23_600, 66), ("一提 · 5 饼", 108_000, 12)]),
    ("puer-brick", "云南普洱熟茶 茶砖", "茶叶", "勐海渥堆 · 糯滑", &[("一砖 · 250g", 11_800, 100), ("四砖 · 1kg", 42_800, 25)]),
    ("jasmine", "茉莉花茶 七窨 玻璃罐装", "茶叶", "七窨一提 · 冰糖甜", &[("罐装 · 120g", 8_800, 180)]),
    ("chrysanthemum", "桐乡胎菊 头采", "茶叶", "未开先采 · 清润", &[("80g", 4_900, 220), ("160g", 9_200, 100)]),
    ("tea-bags", "冷泡茶包 青柑绿茶", "茶叶", "冷水三分钟", &[("10 包", 3_600, 400), ("30 包", 9_600, 150)]),
    (
        "zisha-pot",
        "手作紫砂壶 小品 120ml",
        "茶壶",
        "原矿泥料 · 一壶一证",
        &[("朱泥", 29_900, 40), ("紫泥", 29_900, 35), ("段泥", 32_900, 0)],
    ),
    ("glass-pot", "耐热玻璃泡茶壶 竹盖", "茶壶", "高硼硅 · 可明火", &[("600ml", 7_900, 160), ("1000ml", 9_900, 120)]),
    ("iron-kettle", "丁字纹铸铁壶 无涂层", "茶壶", "砂型铸造 · 1.2 升", &[("1.2L", 46_800, 18)]),
    ("gaiwan", "青花手绘盖碗 150ml", "茶壶", "手绘 · 不烫手", &[("缠枝", 13_600, 55), ("素白", 9_600, 80)]),
    ("ru-cups", "汝窑开片品茗杯 六只装", "茶杯", "开片养色 · 家用送礼", &[("天青 · 6 只", 15_850, 70), ("月白 · 6 只", 15_850, 64)]),
    ("jian-bowl", "兔毫建盏 主人杯", "茶杯", "柴烧 · 每只不同", &[("束口 90ml", 18_800, 30)]),
    ("thermos", "茶水分离保温杯", "茶杯", "316 不锈钢 · 泡多久都不苦", &[("松绿", 12_900, 140), ("月白", 12_900, 130)]),
    ("tea-tray", "竹制排水茶盘", "器物", "碳化楠竹 · 抽屉排水", &[("43×28cm", 19_800, 45), ("56×33cm", 26_800, 30)]),
    ("travel-set", "便携旅行茶具 一壶三杯", "器物", "一包带走", &[("抹茶绿", 8_900, 110), ("石墨黑", 8_900, 96)]),
    ("tea-towel", "加厚棉麻茶巾 三条装", "器物", "吸水不掉毛", &[("三条", 2_990, 500)]),
    ("canister", "锡制茶叶罐 密封", "器物", "纯锡 · 双层盖", &[("100g", 35_900, 22)]),
    ("incense", "檀香线香 附小香炉", "器物", "老山檀 · 一支半小时", &[("线香一盒", 5_800, 130), ("线香 + 香炉", 12_800, 60)]),
    ("honey", "山花蜂蜜 500g", "茶点", "成熟蜜 · 不浓缩", &[("500g", 6_800, 140), ("两瓶", 12_600, 70)]),
    ("osmanthus-cake", "桂花糕 现做 十块", "茶点", "当天现做 · 三天赏味", &[("十块", 3_200, 90)]),
];

/// Puts the goods on the shelf; the SKUs by picture key, in the order above.
pub async fn stock(app: &App, shop: ShopId, now: Timestamp) -> Result<HashMap<&'static str, Vec<SkuId>>> {
    let at = Timestamp(now.0 - 200 * DAY);
    let mut tx = app.db.write().await?;
    let mut shelf = HashMap::new();
    // The front shows the newest first: put on the shelf last, the tea stands in front.
    for (index, (key, title, category, subtitle, skus)) in GOODS.into_iter().enumerate().rev() {
        let product = NewProduct {
            id: ProductId(app.new_id()),
            shop,
            title: title.to_owned(),
            subtitle: subtitle.to_owned(),
            description: format!("{subtitle}。由山间茶铺从产地直收，出仓前逐件检查；拆封后请置于阴凉干燥处。"),
            category: category.to_owned(),
            picture: format!("pictures/{key}.svg"),
            sold: i64::try_from(index * 37 % 400).unwrap_or(0) + 20,
            at,
        };
        goods::insert_product(tx.conn(), &product).await?;
        let mut ids = Vec::with_capacity(skus.len());
        for (spec, price, units) in skus {
            let sku = NewSku {
                id: SkuId(app.new_id()),
                product: product.id,
                shop,
                spec: (*spec).to_owned(),
                price: Money(*price),
                sellable: *units,
                move_id: app.new_id(),
                at,
            };
            goods::insert_sku(tx.conn(), &sku).await?;
            ids.push(sku.id);
        }
        shelf.insert(key, ids);
    }
    tx.commit().await?;
    Ok(shelf)
}
