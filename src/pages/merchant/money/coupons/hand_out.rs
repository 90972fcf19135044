//! Handing a coupon out, to one member or to all, and ending it; what cannot be taken back asks again in a dialog.

use crate::http::problem::Problem;
use crate::islands::{Dialog, SubmitOnce};
use crate::routes::merchant as paths;
use crate::server::money::coupons::Coupon;
use crate::ui::{Button, ButtonKind, Card, DialogForm, Field};
use leptos::prelude::*;

/// What asks again: its address, its button, and what it means.
struct Danger {
    code: &'static str,
    name: &'static str,
    kind: ButtonKind,
    meaning: String,
}

/// `open` is the code of the dialog that the address asks for.
pub(super) fn draw(coupon: &Coupon, phone: String, open: &str, problem: Option<&Problem>) -> impl IntoView + use<> {
    let (id, error) = (coupon.terms.id.0, Problem::at(problem, "phone"));
    let (give, left) = (paths::coupon_action(id, "give"), format!("还剩 {} 张。", coupon.copies_left()));
    let end = Danger {
        code: "end",
        name: "结束发放",
        kind: ButtonKind::Danger,
        meaning: "结束后不能恢复：买家不能再领取，商家也不能再发放。已经发出的仍然有效。".to_owned(),
    };
    let all = Danger {
        code: "give-all",
        name: "发给全部会员",
        kind: ButtonKind::Plain,
        meaning: format!(
            "每位还没有这张券的会员各得一张，最多发出还剩的 {} 张；已经有的会员不会重复得到。发出后不能收回。",
            coupon.copies_left()
        ),
    };
    let (end, all) = (asks_again(coupon, end, open), asks_again(coupon, all, open));
    view! {
        <Card title="发放">
            <div class="form">
                <p class="muted">{left}</p>
                <SubmitOnce>
                    <form method="post" action=give class="form" novalidate=true>
                        <Field
                            label="会员手机号" name="phone" inputmode="numeric" autocomplete="off" maxlength=11 value=phone error=error
                            required=true
                        />
                        <div class="form__actions"><Button kind=ButtonKind::Primary>"按手机号发放"</Button></div>
                    </form>
                </SubmitOnce>
                <div class="form__actions">{end}{all}</div>
            </div>
        </Card>
    }
}

fn asks_again(coupon: &Coupon, danger: Danger, open: &str) -> impl IntoView + use<> {
    let Danger { code, name, kind, meaning } = danger;
    let (action, back) = (paths::coupon_action(coupon.terms.id.0, code), format!("{}/{}", paths::COUPONS, coupon.terms.id.0));
    let (lead, href) = (format!("{} · {}", coupon.terms.name, coupon.terms.offer_in_words()), format!("{back}?dialog={code}"));
    let submit_kind = if kind == ButtonKind::Danger { kind } else { ButtonKind::Primary };
    let (class, to, is_open) = (kind.class(false, false), back.clone(), open == code);
    view! {
        <Dialog id=code label=name class=class title=name href=href back=back open=is_open>
            <SubmitOnce>
                <DialogForm action=action back=to submit=name kind=submit_kind lead=lead><p>{meaning}</p></DialogForm>
            </SubmitOnce>
        </Dialog>
    }
}
