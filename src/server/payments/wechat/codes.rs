//! Every code that WeChat Pay documents for orders and refunds, and what to do about it.

use crate::server::payments::remedy::KnownCode;
use crate::server::payments::remedy::Remedy::{self, ByHand, Elsewhere, NewNumber, QueryFirst, RetryUnchanged, TopUp};

const fn known(code: &'static str, remedy: Remedy, words: &'static str) -> KnownCode {
    KnownCode { code, remedy, words }
}

/// One row a code; the two states of a refund that bring no money count as codes.
pub const CODES: &[KnownCode] = &[
    // The outcome is open.
    known("SYSTEM_ERROR", QueryFirst, "微信支付系统繁忙，正在查询结果"),
    known("SYSTEMERROR", QueryFirst, "微信支付系统繁忙，正在查询结果"),
    known("BANK_ERROR", QueryFirst, "银行系统异常，正在查询结果"),
    known("BANKERROR", QueryFirst, "银行系统异常，正在查询结果"),
    known("BIZERR_NEED_RETRY", RetryUnchanged, "微信支付要求稍后重试"),
    known("INVALID_TRANSACTIONID", QueryFirst, "微信支付未找到该交易，正在查询结果"),
    // Asked too often.
    known("FREQUENCY_LIMITED", RetryUnchanged, "请求过于频繁，稍后自动重试"),
    known("FREQUENCY_LIMIT_EXCEED", RetryUnchanged, "请求过于频繁，稍后自动重试"),
    known("RATELIMIT_EXCEEDED", RetryUnchanged, "请求过于频繁，稍后自动重试"),
    known("INVALID_REQ_TOO_MUCH", RetryUnchanged, "无效请求过多，稍后自动重试"),
    // The merchant's side.
    known("NOT_ENOUGH", TopUp, "商户可用余额不足，充值后自动重试"),
    known("NOTENOUGH", TopUp, "商户可用余额不足，充值后自动重试"),
    known("NO_AUTH", ByHand, "商户号没有此接口的权限，请检查微信支付配置"),
    known("NOAUTH", ByHand, "商户号没有此接口的权限，请检查微信支付配置"),
    known("SIGN_ERROR", ByHand, "签名未通过，请检查商户私钥与证书序列号"),
    known("MCH_NOT_EXISTS", ByHand, "商户号不存在，请检查微信支付配置"),
    known("MCHID_NOT_EXIST", ByHand, "商户号不存在，请检查微信支付配置"),
    known("APPID_MCHID_NOT_MATCH", ByHand, "AppID 与商户号不匹配，请检查微信支付配置"),
    known("RULE_LIMIT", ByHand, "交易被微信支付的业务规则限制"),
    known("RULELIMIT", ByHand, "交易被微信支付的业务规则限制"),
    known("REQUEST_BLOCKED", ByHand, "请求被微信支付拦截，请到商户平台查看原因"),
    // What was asked for.
    known("PARAM_ERROR", ByHand, "微信支付认为参数有误"),
    known("INVALID_REQUEST", ByHand, "微信支付拒绝了请求，请核对该笔交易"),
    known("OPENID_MISMATCH", ByHand, "付款人与 AppID 不匹配"),
    known("OUT_TRADE_NO_USED", ByHand, "支付单号已被使用"),
    known("TRADE_ERROR", ByHand, "交易失败，请换一种方式支付"),
    known("TRADE_OVERDUE", ByHand, "订单已超过可退款期限，请线下退款"),
    known("REFUND_FEE_MISMATCH", ByHand, "退款金额与首次请求不一致"),
    known("RESOURCE_NOT_EXISTS", ByHand, "微信支付查不到这笔交易"),
    known("ORDER_NOT_EXIST", ByHand, "微信支付查不到这笔订单"),
    known("ORDERNOTEXIST", ByHand, "微信支付查不到这笔订单"),
    known("ORDERPAID", QueryFirst, "该订单已支付"),
    known("ORDER_CLOSED", ByHand, "该支付单已关闭，请重新发起支付"),
    // The buyer's side.
    known("USER_ACCOUNT_ABNORMAL", ByHand, "买家微信账户异常，无法原路退回，请线下退款"),
    known("ACCOUNTERROR", ByHand, "买家账户异常，请换一种方式支付"),
    known("ACCOUNT_ERROR", ByHand, "买家账户异常，请换一种方式支付"),
    // A refund that was accepted and brings no money.
    known("ABNORMAL", Elsewhere, "款项未能到达买家账户，多为银行卡已注销或被冻结"),
    known("CLOSED", NewNumber, "退款已关闭，可用新的单号再退"),
];
