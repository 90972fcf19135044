//! What buyers and staff see of their own account alike: the password, and where they are logged in.

use crate::domain::FieldErrors;
use crate::islands::SubmitOnce;
use crate::server::people::accounts::own::Device;
use crate::ui::{Badge, Button, ButtonKind, Card, Field, Flash, FormErrors, ListRow, Notice, Tone};
use chrono_tz::Tz;
use leptos::prelude::*;

/// What has just been done, behind the `?` of the page.
#[derive(Default, serde::Deserialize)]
pub struct OwnAccountQuery {
    #[serde(default)]
    done: String,
}

pub const PASSWORD_CHANGED: &str = "?done=password";
pub const OTHERS_ENDED: &str = "?done=others";

/// Where the forms of one side go, and what stands in them.
pub struct OwnAccount {
    pub change_password: &'static str,
    pub end_others: &'static str,
    /// The name for logging in: what a browser that keeps passwords files the new one under.
    pub login: String,
    pub devices: Vec<Device>,
    pub zone: Tz,
    pub errors: FieldErrors,
    /// The form that is wrong is the second.
    pub of_others: bool,
}

pub fn flash(query: &OwnAccountQuery) -> Option<AnyView> {
    let words = match &*query.done {
        "password" => "密码已修改，其他设备已退出登录",
        "others" => "其他设备已退出登录",
        _ => return None,
    };
    Some(view! { <Flash words=words/> }.into_any())
}

/// The words on top, and the cards.
pub fn draw(account: OwnAccount) -> impl IntoView {
    let OwnAccount { change_password, end_others, login, devices, zone, errors, of_others } = account;
    let (first, second) = if of_others { (FieldErrors::default(), errors.clone()) } else { (errors.clone(), FieldErrors::default()) };
    // The ids of the second form's fields begin with its name, and the summary has to lead there.
    let others = others(&devices, end_others, login.clone(), &second);
    let prefix = if of_others { "others" } else { "" };
    view! {
        <FormErrors errors=errors prefix=prefix/>
        <Card title="修改密码">
            <SubmitOnce>
                <form method="post" action=change_password class="form" novalidate=true>
                    {username(login)}
                    <Field
                        label="当前密码" name="current_password" kind="password" autocomplete="current-password" error=first.of("current_password")
                        required=true
                    />
                    <Field
                        label="新密码" name="new_password" kind="password" autocomplete="new-password" hint=PASSWORD_HINT
                        error=first.of("new_password") required=true
                    />
                    <p class="muted">"修改后，其他设备会退出登录。"</p>
                    <div class="form__actions"><Button kind=ButtonKind::Primary>"修改密码"</Button></div>
                </form>
            </SubmitOnce>
        </Card>
        <Card title="登录设备">
            <div class="stack">
                <div class="list-rows">{devices.iter().map(|one| device(one, zone)).collect_view()}</div>
                {others}
            </div>
        </Card>
    }
}

/// What a good password is, beside every field for a new one.
pub const PASSWORD_HINT: &str = "8–128 位，可以粘贴；几个不相关的词连在一起就很好记，也难猜";

/// Nobody types it: whatever keeps passwords reads it.
fn username(login: String) -> impl IntoView {
    view! { <input type="text" name="username" autocomplete="username" value=login hidden=true readonly=true/> }
}

fn device(device: &Device, zone: Tz) -> impl IntoView + use<> {
    let small = format!("{} 登录 · 最近使用 {}", device.since.show(zone), device.seen.show(zone));
    let this = device.this.then(|| view! { <Badge tone=Tone::Good>"当前设备"</Badge> });
    view! { <ListRow title=device.name.clone() small=small>{this}</ListRow> }
}

fn others(devices: &[Device], action: &'static str, login: String, errors: &FieldErrors) -> AnyView {
    if devices.iter().all(|device| device.this) {
        return view! { <p class="muted">"没有其他设备登录这个账号。"</p> }.into_any();
    }
    let error = errors.of("current_password");
    view! {
        <Notice tone=Tone::Info>"有不认识的设备？退出它们，并修改密码。"</Notice>
        <SubmitOnce>
            <form method="post" action=action class="form" novalidate=true>
                {username(login)}
                <Field
                    label="当前密码" name="current_password" prefix="others" kind="password" autocomplete="current-password" error=error
                    required=true
                />
                <div class="form__actions"><Button>"退出其他设备"</Button></div>
            </form>
        </SubmitOnce>
    }
    .into_any()
}
