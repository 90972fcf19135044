//! Paying inside WeChat: its log-in says who pays, then the payment is opened for them, and a page of ours calls its cashier.

use super::cashier::{self, CashierStep, ask_for_ticket, is_paid_already};
use super::view::OrderDetail;
use super::wechat_visit::WechatVisit;
use crate::domain::{Payment, Tender};
use crate::routes;
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result};
use crate::server::payments::wechat::{Login, OpenId};
use crate::server::payments::{BridgeCall, GatewayError, Gateways, LoginFault, PayScene, PayTicket};
use crate::server::store::orders::{self as rows, Scope};

/// What WeChat's log-in answers: who the buyer is.
pub type LogInAnswer = std::result::Result<OpenId, LoginFault>;

impl Gateways {
    /// The log-in that paying inside WeChat begins with; without one nobody pays there.
    pub fn wechat_login(&self) -> Option<&Login> {
        self.wechat.as_ref().and_then(|gateway| gateway.login())
    }
}

impl OrderDetail {
    /// The payment that was opened for WeChat's own cashier.
    pub fn payment_in_wechat(&self) -> Option<&Payment> {
        let page = routes::buyer::pay_in_wechat(&self.order.number);
        self.payment_under_way().filter(|payment| payment.cashier_url == page)
    }
}

/// A buyer inside WeChat has chosen WeChat Pay: on to the payment, by way of the log-in if WeChat has not said yet who it is.
pub async fn pay_in_wechat(buyer: &Buyer, visit: &mut WechatVisit, number: &str) -> Result<CashierStep> {
    let login = login(buyer)?;
    if let Some(openid) = visit.known(buyer, login.appid()).cloned() {
        return open_payment(buyer, visit, number, openid).await;
    }
    let mut conn = buyer.app.db.reader().await?;
    let (order, _) = rows::find(&mut conn, Scope::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    drop(conn);
    if is_paid_already(&order, &buyer.actor)? {
        return Ok(CashierStep::Done);
    }
    let state = visit.set_out(buyer, &order.number);
    let back = format!("{}{}", buyer.app.public_url, routes::buyer::wechat_login(&order.number));
    Ok(CashierStep::Cashier(login.log_in_url(&back, &state)))
}

/// The buyer comes back from the log-in: WeChat is asked who it is. Nothing is believed of a way that was not `begun` with the same session for this
/// order.
pub async fn who_came_back(buyer: &Buyer, begun: bool, code: &str) -> Result<LogInAnswer> {
    let login = login(buyer)?;
    Ok(if begun { login.open_id(code).await } else { Err(LoginFault::Expired) })
}

/// Who came back is known from now on; none where the way was gone once more, by the back button or a second tap: what the first one led to is still
/// there.
pub fn recognise(buyer: &Buyer, visit: &mut WechatVisit, told: LogInAnswer) -> Result<Option<OpenId>> {
    let appid = login(buyer)?.appid();
    match told {
        Ok(openid) => {
            visit.keep(buyer, appid, &openid);
            Ok(Some(openid))
        }
        Err(LoginFault::Expired) if visit.known(buyer, appid).is_some() => Ok(None),
        Err(fault) => {
            note(&fault);
            Err(fault.into())
        }
    }
}

fn note(fault: &LoginFault) {
    match fault {
        LoginFault::Expired | LoginFault::Snapshot => tracing::info!(%fault, "a buyer comes back from WeChat as nobody"),
        LoginFault::Busy(_) | LoginFault::Unanswered(_) => tracing::warn!(%fault, "WeChat does not say who a buyer is"),
        LoginFault::Refused(_) => tracing::error!(%fault, "nobody can pay inside WeChat: guitu check-gateways says more"),
    }
}

/// What WeChat's cashier is called with; `None` where WeChat has not said who is there.
pub async fn call_for_bridge(buyer: &Buyer, visit: &WechatVisit, detail: &OrderDetail, payment: &Payment) -> Result<Option<BridgeCall>> {
    let Some(openid) = visit.known(buyer, login(buyer)?.appid()).cloned() else { return Ok(None) };
    let scene = PayScene::InWechat { openid };
    match ask_for_ticket(buyer, &detail.order, &payment.number, payment.tender, scene).await? {
        PayTicket::Bridge(call) => Ok(Some(call)),
        PayTicket::Page(_) | PayTicket::Code(_) => Err(Error::Internal("a ticket for another scene".to_owned())),
    }
}

fn login(buyer: &Buyer) -> Result<&Login> {
    let login = buyer.app.gateways.wechat_login();
    login.ok_or_else(|| Error::field("tender", "微信内不能使用微信支付，请在浏览器中打开本页，或选择其他支付方式"))
}

/// Opens the payment for whom WeChat knows by this name.
pub async fn open_payment(buyer: &Buyer, visit: &mut WechatVisit, number: &str, openid: OpenId) -> Result<CashierStep> {
    let chosen = cashier::pay(buyer, number, Tender::Wechat, PayScene::InWechat { openid }).await;
    if let Err(Error::Gateway(GatewayError::Refused(_))) = &chosen {
        // Perhaps for the name, which may have been given to another account: the next try asks for it anew.
        visit.forget();
    }
    chosen
}
