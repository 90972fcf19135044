//! The forms of a batch.

use super::{PostOutcome, Posted};
use crate::http::form::Form;
use crate::http::forms;
use crate::routes::merchant as paths;
use crate::server::after_sales::batches;
use crate::server::ctx::Staff;

/// 「确认」: what has to be said depends on what the batch decides.
pub async fn start(staff: &Staff, number: &str, form: &Form) -> PostOutcome {
    let decision = batches::to_begin(staff, number).await?.decision;
    batches::start(staff, number, forms::batch::answer(decision, form)?).await?;
    Ok(posted(number, "批量处理已开始"))
}

/// 「停止」.
pub async fn stop(staff: &Staff, number: &str) -> PostOutcome {
    batches::stop(staff, number).await?;
    Ok(posted(number, "批量处理已停止"))
}

/// 「继续」.
pub async fn resume(staff: &Staff, number: &str) -> PostOutcome {
    batches::resume(staff, number).await?;
    Ok(posted(number, "批量处理已继续"))
}

/// 「放弃」.
pub async fn drop(staff: &Staff, number: &str) -> PostOutcome {
    batches::drop(staff, number).await?;
    Ok(posted(number, "已放弃这个批次"))
}

fn posted(number: &str, words: &'static str) -> Posted {
    Posted { to: paths::batch(number), words, warned: false }
}
