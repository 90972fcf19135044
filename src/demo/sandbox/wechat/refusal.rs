//! How WeChat Pay says no: a status, a code, and words.

use axum::http::StatusCode;

use crate::demo::sandbox::books::Operation;
use crate::demo::sandbox::problem::SandboxProblem;
use crate::server::payments::GatewayRefusal;

/// Nobody knows who asked.
pub fn sign_error(words: &str) -> SandboxProblem {
    SandboxProblem::refused(StatusCode::UNAUTHORIZED, "SIGN_ERROR", words)
}

/// What is asked for does not stand where it could be done.
pub fn invalid(words: &str) -> SandboxProblem {
    SandboxProblem::refused(StatusCode::BAD_REQUEST, "INVALID_REQUEST", words)
}

/// A code with the status that it comes with and the words that it is known by.
pub fn of_code(code: &str) -> SandboxProblem {
    SandboxProblem::refused(status_of(code), code, &GatewayRefusal::new(code, "微信支付拒绝了请求").words)
}

/// A problem of the books as WeChat Pay puts it.
pub fn of(problem: SandboxProblem, operation: Operation) -> SandboxProblem {
    let SandboxProblem::Refused { code, .. } = &problem else { return problem };
    match code.as_str() {
        "PARAM_MISMATCH" if operation == Operation::Pay => of_code("OUT_TRADE_NO_USED"),
        "PARAM_MISMATCH" => invalid("订单金额或退款金额与之前请求不一致"),
        "ORDER_PAID" => of_code("ORDERPAID"),
        "ORDER_CLOSED" => of_code("ORDER_CLOSED"),
        "ORDER_NOT_PAID" => of_code("RESOURCE_NOT_EXISTS"),
        "REFUND_EXCEEDED" => invalid("申请退款金额超过订单可退金额"),
        _ => problem,
    }
}

fn status_of(code: &str) -> StatusCode {
    match code {
        "SIGN_ERROR" => StatusCode::UNAUTHORIZED,
        "NOT_ENOUGH"
        | "NOTENOUGH"
        | "USER_ACCOUNT_ABNORMAL"
        | "NO_AUTH"
        | "NOAUTH"
        | "OUT_TRADE_NO_USED"
        | "TRADE_ERROR"
        | "RULE_LIMIT"
        | "RULELIMIT"
        | "REQUEST_BLOCKED"
        | "ACCOUNTERROR"
        | "ACCOUNT_ERROR" => StatusCode::FORBIDDEN,
        "RESOURCE_NOT_EXISTS" | "ORDER_NOT_EXIST" | "ORDERNOTEXIST" => StatusCode::NOT_FOUND,
        "FREQUENCY_LIMITED" | "FREQUENCY_LIMIT_EXCEED" | "RATELIMIT_EXCEEDED" => StatusCode::TOO_MANY_REQUESTS,
        "SYSTEM_ERROR" | "SYSTEMERROR" | "BANK_ERROR" | "BANKERROR" | "INVALID_TRANSACTIONID" | "OPENID_MISMATCH" => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
        _ => StatusCode::BAD_REQUEST,
    }
}
