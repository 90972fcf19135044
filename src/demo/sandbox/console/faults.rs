//! Faults on the console: one click for the usual ones, a form for all.

use leptos::prelude::*;
use serde::Deserialize;

use crate::demo::sandbox::books::{LateFailure, Operation, PlannedFault, SandboxFault};
use crate::demo::sandbox::problem::SandboxProblem;

/// A fault as a form sends it: a kind, and beside it the milliseconds or the code.
#[derive(Deserialize)]
pub struct FaultForm {
    operation: Operation,
    kind: String,
    #[serde(default)]
    value: String,
    count: String,
}

impl FaultForm {
    pub fn parse(&self) -> Result<PlannedFault, SandboxProblem> {
        let value = self.value.trim();
        let fault = match self.kind.as_str() {
            "late" => SandboxFault::Late {
                ms: value.parse().map_err(|_| SandboxProblem::param("请在「毫秒或代码」里填延迟的毫秒数"))?
            },
            "refuse" if value.is_empty() => SandboxFault::Refuse { code: "NOT_ENOUGH".to_owned() },
            "refuse" => SandboxFault::Refuse { code: value.to_ascii_uppercase() },
            "down" => SandboxFault::Down,
            "cut" => SandboxFault::Cut,
            "html" => SandboxFault::Html,
            "forged" => SandboxFault::Forged,
            "stranger" => SandboxFault::Stranger,
            "truncated" => SandboxFault::Truncated,
            "abnormal" => SandboxFault::FailLater { code: LateFailure::Abnormal },
            "closed" => SandboxFault::FailLater { code: LateFailure::Closed },
            "twice" => SandboxFault::Twice,
            "silent" => SandboxFault::Silent,
            _ => return Err(SandboxProblem::param("请选择一种故障")),
        };
        let count = self.count.trim().parse().map_err(|_| SandboxProblem::param("次数须为整数"))?;
        Ok(PlannedFault { operation: self.operation, fault, count })
    }
}

const KINDS: [(&str, &str); 12] = [
    ("late", "延迟(毫秒)"),
    ("refuse", "拒绝(代码)"),
    ("down", "停机,未受理"),
    ("cut", "已受理,断线无应答"),
    ("html", "已受理,返回网页"),
    ("forged", "已受理,应答签名错误"),
    ("stranger", "已受理,未知密钥签名"),
    ("truncated", "已受理,应答只有一半"),
    ("abnormal", "受理后退款异常"),
    ("closed", "受理后退款关闭"),
    ("twice", "回调重复"),
    ("silent", "回调不发送"),
];

/// What is tried most, as operation, kind, value and count.
const USUAL: [(&str, Operation, &str, &str, u8); 13] = [
    ("下单被拒绝", Operation::Pay, "refuse", "USER_ACCOUNT_ABNORMAL", 1),
    ("下单停机", Operation::Pay, "down", "", 1),
    ("退款余额不足", Operation::Refund, "refuse", "NOT_ENOUGH", 1),
    ("退款晚答 8 秒", Operation::Refund, "late", "8000", 1),
    ("退款断线(已受理)", Operation::Refund, "cut", "", 1),
    ("退款停机 3 次", Operation::Refund, "down", "", 3),
    ("退款稍后异常", Operation::Refund, "abnormal", "", 1),
    ("退款稍后关闭", Operation::Refund, "closed", "", 1),
    ("查询停机", Operation::Query, "down", "", 1),
    ("回调重复", Operation::Callback, "twice", "", 1),
    ("回调不发送", Operation::Callback, "silent", "", 1),
    ("微信登录 code 已用", Operation::Login, "refuse", "40163", 1),
    ("微信登录密钥不符", Operation::Login, "refuse", "40125", 1),
];

pub fn section(planned: Vec<PlannedFault>) -> impl IntoView {
    let usual = USUAL.map(|(name, operation, kind, value, count)| {
        view! {
            <form method="post" action="/console/faults">
                <input type="hidden" name="operation" value=operation.code()/>
                <input type="hidden" name="kind" value=kind/>
                <input type="hidden" name="value" value=value/>
                <input type="hidden" name="count" value=count/>
                <button>{name}</button>
            </form>
        }
    });
    view! {
        <section aria-labelledby="faults">
            <h2 id="faults">"故障开关"</h2>
            <p>"点一下,下一次相应的请求就会出错,用完自动恢复。"</p>
            <div class="row">{usual.into_iter().collect_view()}</div>
            {custom()}
            {waiting(planned)}
        </section>
    }
}

fn custom() -> impl IntoView {
    let operations = Operation::ALL.map(|operation| view! { <option value=operation.code()>{operation.name()}</option> });
    let kinds = KINDS.map(|(kind, name)| view! { <option value=kind>{name}</option> });
    view! {
        <form class="row fields" method="post" action="/console/faults">
            <label>"操作" <select name="operation">{operations.into_iter().collect_view()}</select></label>
            <label>"故障" <select name="kind">{kinds.into_iter().collect_view()}</select></label>
            <label>"毫秒或代码" <input name="value" value="3000" autocomplete="off"/></label>
            <label>"次数" <input name="count" type="number" min="1" max="1000" value="1"/></label>
            <button class="filled">"设置故障"</button>
        </form>
    }
}

fn waiting(planned: Vec<PlannedFault>) -> AnyView {
    if planned.is_empty() {
        return view! { <p class="note">"没有等待中的故障,一切正常。"</p> }.into_any();
    }
    let items = planned
        .into_iter()
        .map(|fault| view! { <li>{format!("{} · {} · 还剩 {} 次", fault.operation.name(), fault.fault.name(), fault.count)}</li> });
    view! {
        <ul class="waiting">{items.collect_view()}</ul>
        <form method="post" action="/console/faults/clear"><button>"全部取消"</button></form>
    }
    .into_any()
}
