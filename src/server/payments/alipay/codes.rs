//! Every code that Alipay documents for paying, looking up, closing and paying back, and what to do about it.

use crate::server::payments::remedy::KnownCode;
use crate::server::payments::remedy::Remedy::{self, ByHand, QueryFirst, RetryUnchanged, TopUp};

const fn known(code: &'static str, remedy: Remedy, words: &'static str) -> KnownCode {
    KnownCode { code, remedy, words }
}

/// The gateway is not there just now; what it did is open.
pub const UNAVAILABLE: &str = "20000";
/// Asked too often.
pub const TOO_OFTEN: &str = "40005";
/// Alipay has no such trade. A trade exists from the moment that a buyer opens it.
pub const NOT_EXIST: &str = "ACQ.TRADE_NOT_EXIST";
/// The trade does not stand where it could be closed.
pub const STANDS_ELSEWHERE: [&str; 3] = ["ACQ.TRADE_STATUS_ERROR", "ACQ.REASON_TRADE_STATUS_INVALID", "ACQ.REASON_ILLEGAL_STATUS"];

/// One row a code: the gateway's own, then those of the trade.
pub const CODES: &[KnownCode] = &[
    // The outcome is open.
    known(UNAVAILABLE, QueryFirst, "支付宝服务暂不可用，正在查询结果"),
    known("isp.unknow-error", QueryFirst, "支付宝服务暂不可用，正在查询结果"),
    known("aop.unknow-error", QueryFirst, "支付宝服务暂不可用，正在查询结果"),
    known("aop.ACQ.SYSTEM_ERROR", QueryFirst, "支付宝系统繁忙，正在查询结果"),
    known("ACQ.SYSTEM_ERROR", QueryFirst, "支付宝系统繁忙，正在查询结果"),
    known("AQC.SYSTEM_ERROR", QueryFirst, "支付宝系统繁忙，正在查询结果"),
    known("ACQ.REFUND_CHARGE_ERROR", QueryFirst, "支付宝退还手续费时出错，正在查询结果"),
    // Asked too often.
    known(TOO_OFTEN, RetryUnchanged, "请求过于频繁，稍后自动重试"),
    known("isv.app-call-limited", RetryUnchanged, "请求过于频繁，稍后自动重试"),
    known("isv.method-call-limited", RetryUnchanged, "请求过于频繁，稍后自动重试"),
    // The merchant's side.
    known("ACQ.SELLER_BALANCE_NOT_ENOUGH", TopUp, "商户支付宝余额不足，充值后自动重试"),
    known("ACQ.ACCESS_FORBIDDEN", ByHand, "没有此接口的权限，请检查支付宝签约"),
    known("ACQ.PARTNER_ERROR", ByHand, "应用未与商户匹配，请检查支付宝配置"),
    known("ACQ.SELLER_BEEN_BLOCKED", ByHand, "商户支付宝账户被冻结"),
    known("ACQ.MERCHANT_STATUS_NOT_NORMAL", ByHand, "商户状态异常，请联系支付宝"),
    known("isv.invalid-app-id", ByHand, "应用不存在，请检查 AppID"),
    known("isv.missing-app-id", ByHand, "缺少 AppID，请检查支付宝配置"),
    known("isv.invalid-signature", ByHand, "签名未通过，请检查应用私钥与上传的公钥"),
    known("isv.missing-signature", ByHand, "缺少签名，请检查支付宝配置"),
    known("isv.missing-signature-config", ByHand, "支付宝侧未配置应用公钥"),
    known("isv.missing-signature-key", ByHand, "支付宝侧未配置应用公钥"),
    known("isv.invalid-signature-type", ByHand, "签名方式不被接受，应为 RSA2"),
    known("isv.invalid-timestamp", ByHand, "请求时间不被接受，请检查服务器时钟"),
    known("isv.invalid-method", ByHand, "支付宝没有此接口"),
    known("isv.invalid-parameter", ByHand, "支付宝认为参数有误"),
    known("isv.insufficient-isv-permissions", ByHand, "应用没有此接口的权限，请检查签约与上线状态"),
    known("isv.insufficient-user-permissions", ByHand, "商户没有此接口的权限，请检查签约"),
    known("isv.illegal-client-ip", ByHand, "服务器 IP 不在支付宝白名单内"),
    known("aop.invalid-auth-token", ByHand, "授权令牌无效"),
    known("aop.auth-token-time-out", ByHand, "授权令牌已过期"),
    known("aop.invalid-app-auth-token", ByHand, "应用授权令牌无效"),
    known("aop.app-auth-token-time-out", ByHand, "应用授权令牌已过期"),
    known("aop.invalid-app-auth-token-no-api", ByHand, "商户未授权此接口"),
    // What was asked for.
    known("ACQ.INVALID_PARAMETER", ByHand, "支付宝认为参数有误"),
    known(NOT_EXIST, ByHand, "支付宝查不到这笔交易"),
    known("ACQ.CONTEXT_INCONSISTENT", ByHand, "同一支付单号的内容与首次不一致"),
    known("ACQ.EXIST_FORBIDDEN_WORD", ByHand, "订单标题含有违禁词"),
    known("ACQ.TOTAL_FEE_EXCEED", ByHand, "金额超出支付宝限制"),
    known("ACQ.BUYER_SELLER_EQUAL", ByHand, "买家与卖家是同一支付宝账户"),
    known("ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR", ByHand, "该支付单已过期，请重新发起支付"),
    known("ACQ.TRADE_HAS_SUCCESS", QueryFirst, "该订单已支付"),
    known("ACQ.TRADE_HAS_CLOSE", ByHand, "支付宝交易已关闭，请核对该笔交易"),
    known("ACQ.TRADE_STATUS_ERROR", ByHand, "交易状态不允许此操作，请核对该笔交易"),
    known("ACQ.REASON_TRADE_STATUS_INVALID", ByHand, "交易状态不允许此操作，请核对该笔交易"),
    known("ACQ.REASON_ILLEGAL_STATUS", ByHand, "交易状态不允许此操作，请核对该笔交易"),
    // The refund.
    known("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", ByHand, "退款金额超过交易可退金额"),
    known("ACQ.REASON_TRADE_REFUND_FEE_ERR", ByHand, "退款金额无效，请核对该笔交易已退金额"),
    known("ACQ.REFUND_FEE_ERROR", ByHand, "退款金额有误"),
    known("ACQ.DISCORDANT_REPEAT_REQUEST", ByHand, "该退款单号已用于不同的退款"),
    known("ACQ.TRADE_HAS_FINISHED", ByHand, "交易已完结，超过可退款期限，请线下退款"),
    known("ACQ.TRADE_NOT_ALLOW_REFUND", ByHand, "该交易不允许退款，请线下退款"),
    known("ACQ.NOT_ALLOW_PARTIAL_REFUND", ByHand, "该交易不支持部分退款，请线下退款"),
    known("ACQ.REASON_TRADE_BEEN_FREEZEN", ByHand, "交易被支付宝冻结，请联系支付宝"),
    known("ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND", ByHand, "该交易使用的券不允许退款"),
    known("ACQ.TRADE_SETTLE_ERROR", ByHand, "交易分账异常，无法退款"),
    known("ACQ.ALLOC_AMOUNT_VALIDATE_ERROR", ByHand, "退分账金额有误"),
    known("ACQ.REFUNDALLOC_UNAUTH_LIMIT", ByHand, "没有退分账的权限"),
    known("ACQ.REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST", ByHand, "退分账收款账户不存在"),
    known("ACQ.REFUND_ACCOUNT_NOT_EXIST", ByHand, "退款出资账户不存在"),
    known("ACQ.OVERDRAFT_AGREEMENT_NOT_MATCH", ByHand, "垫资协议不匹配"),
    known("ACQ.OVERDRAFT_ASSIGN_ACCOUNT_INVALID", ByHand, "垫资账户不正确"),
    known("ACQ.CURRENCY_NOT_SUPPORT", ByHand, "退款币种不支持"),
    known("ACQ.ENTERPRISE_PAY_BIZ_ERROR", ByHand, "因公付业务异常，无法退款"),
    // The buyer's side.
    known("ACQ.BUYER_ERROR", ByHand, "买家支付宝账户异常，无法原路退回，请线下退款"),
    known("ACQ.BUYER_NOT_EXIST", ByHand, "买家支付宝账户不存在，无法原路退回，请线下退款"),
    known("ACQ.BUYER_ENABLE_STATUS_FORBID", ByHand, "买家支付宝账户异常，无法原路退回，请线下退款"),
    known("ACQ.CUSTOMER_VALIDATE_ERROR", ByHand, "买家支付宝账户异常，无法原路退回，请线下退款"),
    known("ACQ.USER_NOT_MATCH_ERR", ByHand, "买家与交易不匹配"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::payments::GatewayRefusal;

    #[test]
    fn each_code_can_be_kept_as_it_is() {
        for known in CODES {
            let refusal = GatewayRefusal::new(known.code, "");
            assert_eq!((refusal.code.as_str(), refusal.words.as_str()), (known.code, known.words));
        }
    }
}
