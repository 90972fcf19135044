//! Words that were written before facts were kept, and names of ends and clocks, as their buyer is told them: what they did is theirs.

/// Said of the buyer wherever it stands.
const OF_THE_BUYER: [(&str, &str); 9] = [
    ("商家代买家确认", "商家代您确认"),
    ("已征得买家同意", "已征得您同意"),
    ("经买家同意", "经您同意"),
    ("买家可改为", "您可改为"),
    ("买家微信账户", "您的微信账户"),
    ("买家支付宝账户", "您的支付宝账户"),
    ("未能到达买家账户", "未能到达您的账户"),
    ("买家账户异常", "您的账户异常"),
    ("改退到买家的", "改退到您的"),
];

/// 「买家取消订单」 becomes 「您已取消订单」; what a person wrote is left alone.
pub fn to_buyer(words: &str) -> String {
    let own = |rest: &str| format!("您已{}", rest.strip_prefix("已").unwrap_or(rest));
    let told = words.strip_prefix("买家").filter(|rest| !rest.starts_with("可改为")).map_or_else(|| words.to_owned(), own);
    of_the_buyer(&told)
}

/// What is said of the buyer within a sentence, said to them.
pub(super) fn of_the_buyer(words: &str) -> String {
    OF_THE_BUYER.into_iter().fold(words.to_owned(), |told, (shop, buyer)| told.replacen(shop, buyer, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::after_sale::CloseCause;
    use crate::domain::order;

    #[test]
    fn what_the_buyer_did_is_told_to_them_as_theirs() {
        for (shop, buyer) in [
            ("买家取消订单", "您已取消订单"),
            ("买家寄回商品：顺丰速运 SF1", "您已寄回商品：顺丰速运 SF1"),
            ("买家填写退款账户（仅财务可见）", "您已填写退款账户（仅财务可见）"),
            ("商家代买家确认收货", "商家代您确认收货"),
            ("商家超时未发出换货，买家可改为退款", "商家超时未发出换货，您可改为退款"),
            ("超时买家可改为退款", "超时您可改为退款"),
            ("退款失败：买家微信账户异常，无法原路退回，请线下退款", "退款失败：您的微信账户异常，无法原路退回，请线下退款"),
            ("退款失败：款项未能到达买家账户，多为银行卡已注销或被冻结", "退款失败：款项未能到达您的账户，多为银行卡已注销或被冻结"),
            ("商家驳回申请：买家秀与实物一致", "商家驳回申请：买家秀与实物一致"),
            ("超时自动确认收货", "超时自动确认收货"),
        ] {
            assert_eq!(to_buyer(shop), buyer);
        }
    }

    #[test]
    fn no_reason_for_an_end_speaks_of_the_buyer_to_the_buyer() {
        let orders = order::CloseReason::ALL.map(order::CloseReason::name);
        let cases = CloseCause::ALL.map(CloseCause::name);
        for words in orders.into_iter().chain(cases) {
            assert!(!to_buyer(words).contains("买家"), "{words}");
        }
    }
}
