//! `/merchant/settings/staff`: 「员工」, who works in the shop and as what, and the way back in for those who are locked out.

use crate::domain::text::isolated;
use crate::domain::{Role, StaffId};
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::islands::{CopyButton, Dialog};
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::Result as Done;
use crate::server::people::accounts::team;
use crate::server::store::people::staff_list::Colleague;
use crate::ui::{
    Badge, Button, ButtonKind, Card, Column, Copyable, DialogForm, Flash, FormErrors, MerchantFrame, Notice, PostButton, Table, Tone,
};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(paths::STAFF, get(show))
        .route("/merchant/settings/staff/{id}/role", post(change_role))
        .route("/merchant/settings/staff/{id}/disable", post(disable))
        .route("/merchant/settings/staff/{id}/enable", post(enable))
        .route("/merchant/settings/staff/{id}/link", post(make_link))
}

#[derive(Default, serde::Deserialize)]
struct StaffQuery {
    #[serde(default)]
    done: String,
    /// The account whose disabling is asked about.
    #[serde(default)]
    disable: String,
}

async fn show(staff: Staff, Query(query): Query<StaffQuery>) -> Result<Response, Failure> {
    page(staff, &query, None, None).await
}

async fn change_role(staff: Staff, Path(id): Path<i64>, form: Form) -> Result<Response, Failure> {
    let changed = give_role(&staff, StaffId(id), &form).await;
    let said = if matches!(changed, Ok(false)) { "same-role" } else { "role" };
    after(staff, changed.map(drop), said).await
}

/// Nobody learns of another shop's people that they are there.
async fn give_role(staff: &Staff, id: StaffId, form: &Form) -> Done<bool> {
    team::find(staff, id).await?;
    team::change_role(staff, id, forms::staff::role(form)?).await
}

async fn disable(staff: Staff, Path(id): Path<i64>) -> Result<Response, Failure> {
    let done = team::set_disabled(&staff, StaffId(id), true).await;
    after(staff, done, "disabled").await
}

async fn enable(staff: Staff, Path(id): Path<i64>) -> Result<Response, Failure> {
    let done = team::set_disabled(&staff, StaffId(id), false).await;
    after(staff, done, "enabled").await
}

/// The link is on the answer alone: asked for again, there is another one.
async fn make_link(staff: Staff, Path(id): Path<i64>) -> Result<Response, Failure> {
    match team::make_link(&staff, StaffId(id)).await {
        Ok(link) => page(staff, &StaffQuery::default(), Some(link), None).await,
        Err(error) => page(staff, &StaffQuery::default(), None, Some(Problem::of(error)?)).await,
    }
}

async fn after(staff: Staff, done: Done<()>, said: &str) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?done={said}", paths::STAFF)).into_response()),
        Err(error) => page(staff, &StaffQuery::default(), None, Some(Problem::of(error)?)).await,
    }
}

async fn page(staff: Staff, query: &StaffQuery, link: Option<(Colleague, String)>, problem: Option<Problem>) -> Result<Response, Failure> {
    let colleagues = team::list(&staff).await?;
    let asked_about = query.disable.clone();
    let flash = match &*query.done {
        "role" => Some("角色已修改，对方需要重新登录"),
        "same-role" => Some("角色没有变化"),
        "disabled" => Some("账号已停用，对方已退出登录"),
        "enabled" => Some("账号已启用，对方可以登录了"),
        _ => None,
    };
    Ok(Document::merchant("员工").status(Problem::status_of(problem.as_ref())).draw(move || {
        let nav = frame::nav(&staff, paths::STAFF);
        let own = staff.actor.id();
        let head = vec![Column::new("姓名"), Column::new("账号"), Column::new("角色"), Column::narrow("状态"), Column::hidden("操作")];
        let rows = colleagues.into_iter().map(|one| row(one, own, &asked_about)).collect_view();
        view! {
            <MerchantFrame title="员工" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone()>
                {flash.map(|words| view! { <Flash words=words/> })}
                <FormErrors errors=Problem::listed(problem.as_ref())/>
                {link.map(|(colleague, link)| shown_once(&colleague, link))}
                <p class="muted">"修改角色或停用后，对方在所有设备上立即退出登录。新员工账号由管理员用命令 guitu create-staff 添加。"</p>
                <div class="panel"><Table label="员工" head=head>{rows}</Table></div>
            </MerchantFrame>
        }
    }))
}

fn shown_once(colleague: &Colleague, link: String) -> impl IntoView + use<> {
    let title = format!("{}的一次性链接", colleague.name);
    view! {
        <Card title=title>
            <div class="stack" role="status" tabindex="-1" autofocus=true>
                <p><Copyable text=link.clone()/>" "<CopyButton text=link/></p>
                <Notice tone=Tone::Warn>"只显示这一次，请当面或通过可信的方式交给本人。30 分钟内有效，只能用一次，用来设置新密码；即使账号因多次输错密码被限制也能用。"</Notice>
            </div>
        </Card>
    }
}

fn row(colleague: Colleague, own: Option<i64>, asked_about: &str) -> impl IntoView + use<> {
    let id = colleague.id.0;
    let act = |what: &str| paths::staff_action(id, what);
    let this = own == Some(id);
    let state = if colleague.disabled {
        view! { <Badge>"已停用"</Badge> }
    } else {
        view! { <Badge tone=Tone::Good>"正常"</Badge> }
    };
    let roles = colleague.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join("、");
    let roles = if this { roles.into_any() } else { choose_role(&colleague, act("role")).into_any() };
    let actions = match (this, colleague.disabled) {
        (true, _) => view! { <a class="link" href=paths::ACCOUNT>"账号与安全"</a> }.into_any(),
        (false, true) => view! { <PostButton action=act("enable") kind=ButtonKind::Quiet small=true>"启用"</PostButton> }.into_any(),
        (false, false) => view! {
            <PostButton action=act("link") small=true>"解锁 / 重置密码"</PostButton>
            {disabling(&colleague, act("disable"), asked_about)}
        }
        .into_any(),
    };
    view! {
        <tr>
            <td class="nowrap">{colleague.name.clone()}</td>
            <td class="nowrap">{colleague.login.clone()}</td>
            <td class="nowrap">{roles}</td>
            <td class="nowrap">{state}</td>
            <td><div class="actions">{actions}</div></td>
        </tr>
    }
}

/// Who is disabled is thrown out in the middle of their work: that is asked about first.
fn disabling(colleague: &Colleague, action: String, asked_about: &str) -> impl IntoView + use<> {
    let id = colleague.id.0.to_string();
    let (title, open) = (format!("停用 {} 的账号", isolated(&colleague.name)), asked_about == id);
    let (class, href) = (ButtonKind::Quiet.class(true, false), format!("{}?disable={id}", paths::STAFF));
    let lead = format!("{} · {}", isolated(&colleague.name), colleague.login);
    view! {
        <Dialog id=format!("disable-{id}") label="停用" class=class title=title href=href back=paths::STAFF open=open>
            <DialogForm action=action back=paths::STAFF submit="停用账号" kind=ButtonKind::Danger lead=lead>
                <p>"对方在所有设备上立即退出登录，不能再登录，直到重新启用。已经处理的订单和记录不受影响。"</p>
            </DialogForm>
        </Dialog>
    }
}

fn choose_role(colleague: &Colleague, action: String) -> impl IntoView + use<> {
    let now = colleague.roles.first().copied();
    let choices =
        Role::ALL.map(|role| view! { <option value=role.code() selected=now == Some(role)>{role.name()}</option> }).collect_view();
    let label = format!("{}的角色", colleague.name);
    view! {
        <form method="post" action=action class="field-inline">
            <select class="input" name="role" aria-label=label>{choices}</select>
            <Button kind=ButtonKind::Quiet small=true>"修改角色"</Button>
        </form>
    }
}
