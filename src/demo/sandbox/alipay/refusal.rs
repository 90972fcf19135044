//! How Alipay says no: a coarse code, and a finer one beside it.

use crate::demo::sandbox::books::Operation;
use crate::demo::sandbox::problem::SandboxProblem;
use crate::server::payments::GatewayRefusal;
use crate::server::payments::alipay::wire::Head;

/// A refusal with the words that the code is known by.
fn head(code: &str, msg: &str, sub_code: &str) -> Head {
    let sub_msg = GatewayRefusal::new(sub_code, "支付宝拒绝了请求").words;
    Head { code: code.to_owned(), msg: msg.to_owned(), sub_code: sub_code.to_owned(), sub_msg }
}

/// The trade does not allow it.
pub fn business(sub_code: &str) -> Head {
    head("40004", "Business Failed", sub_code)
}

/// The request is no request.
pub fn invalid(sub_code: &str) -> Head {
    head("40002", "Invalid Arguments", sub_code)
}

/// What became of it is open.
fn unavailable(sub_code: &str) -> Head {
    head("20000", "Service Currently Unavailable", sub_code)
}

/// A problem of the books, or a code that a fault wants to see, as Alipay puts it.
pub fn of(problem: &SandboxProblem, operation: Operation) -> Head {
    match problem {
        SandboxProblem::Refused { code, .. } => of_code(code, operation),
        SandboxProblem::Failed(cause) => {
            tracing::error!(cause, "the sandbox failed");
            unavailable("isp.unknow-error")
        }
    }
}

/// Codes of the books and of WeChat Pay have their likes at Alipay; Alipay's own stay what they are.
pub fn of_code(code: &str, operation: Operation) -> Head {
    match code {
        "RESOURCE_NOT_EXISTS" => business("ACQ.TRADE_NOT_EXIST"),
        "PARAM_ERROR" => business("ACQ.INVALID_PARAMETER"),
        "PARAM_MISMATCH" if operation == Operation::Refund => business("ACQ.DISCORDANT_REPEAT_REQUEST"),
        "PARAM_MISMATCH" => business("ACQ.CONTEXT_INCONSISTENT"),
        "ORDER_PAID" => business("ACQ.TRADE_HAS_SUCCESS"),
        "ORDER_CLOSED" => business("ACQ.TRADE_HAS_CLOSE"),
        "ORDER_NOT_PAID" => business("ACQ.TRADE_STATUS_ERROR"),
        "REFUND_EXCEEDED" => business("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"),
        "NOT_ENOUGH" => business("ACQ.SELLER_BALANCE_NOT_ENOUGH"),
        "USER_ACCOUNT_ABNORMAL" => business("ACQ.BUYER_ENABLE_STATUS_FORBID"),
        "FREQUENCY_LIMITED" | "40005" => head("40005", "Call Limited", "isv.app-call-limited"),
        "SYSTEM_ERROR" | "20000" => unavailable("isp.unknow-error"),
        own => in_their_letters(own),
    }
}

/// The console writes every code in capitals; Alipay's begin in small letters where the gateway itself speaks.
fn in_their_letters(code: &str) -> Head {
    let small = code.to_ascii_lowercase();
    match small.split_once('.') {
        Some(("aop", rest)) if rest.starts_with("acq.") => unavailable(&format!("aop.{}", rest.to_ascii_uppercase())),
        Some(("aop" | "isp", _)) => unavailable(&small),
        Some(("isv", _)) => invalid(&small),
        _ => business(code),
    }
}
