//! What gateways call back to say: the signature decides, never the sender (B34).

use super::app::App;
use super::ctx::Ctx;
use super::error::{Error, Result};
use super::money::refunds;
use super::orders;
use super::payments::{Gateway, GatewayCallback, GatewayError};
use super::store::money::{payments, refunds as refund_rows};
use crate::domain::Channel;
use http::HeaderMap;
use std::sync::Arc;

/// What became of a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Settled, or known already.
    Settled,
    /// Not offered here.
    NoGateway,
    /// Not signed by the gateway, or too old.
    NotBelieved,
    /// Signed, and makes no sense.
    Unreadable,
    /// No such number in our books.
    Unknown,
    /// The database does not do its part: please call again.
    Later,
    /// Please call again.
    Failed,
}

/// Hears what a gateway has to tell: its headers and its body as they arrived.
pub async fn receive(app: &Arc<App>, channel: Channel, headers: &HeaderMap, body: &[u8]) -> Heard {
    let Some(gateway) = app.gateways.of(channel) else { return Heard::NoGateway };
    let notice = match gateway.verify(headers, body) {
        Ok(notice) => notice,
        Err(GatewayError::BadSignature(fault)) => {
            tracing::warn!(channel = channel.code(), %fault, bytes = body.len(), "a gateway notice was not signed by the gateway");
            return Heard::NotBelieved;
        }
        Err(error) => {
            tracing::warn!(channel = channel.code(), %error, bytes = body.len(), "a gateway notice could not be read");
            return Heard::Unreadable;
        }
    };
    let ctx = Ctx::system(app);
    match is_ours(app, channel, &notice).await {
        Ok(true) => {}
        Ok(false) => {
            tracing::warn!(channel = channel.code(), "a gateway speaks of a payment that went another way");
            return Heard::Unknown;
        }
        Err(error) => return unsettled(channel, &error),
    }
    let settled = match &notice {
        GatewayCallback::Paid(receipt) => orders::settle_payment(&ctx, receipt).await,
        GatewayCallback::Refund(report) => match refunds::payment_to_ask(&ctx, report).await {
            Ok(Some(payment_no)) => ask_for_refund(&ctx, gateway.as_ref(), &payment_no, &report.refund_no).await,
            Ok(None) => refunds::settle(&ctx, report).await,
            Err(error) => Err(error),
        },
        GatewayCallback::Refunded { payment_no, refund_no } => ask_for_refund(&ctx, gateway.as_ref(), payment_no, refund_no).await,
        // The order's own clock ends what nobody pays.
        GatewayCallback::Closed { .. } => Ok(()),
    };
    match settled {
        Ok(()) => Heard::Settled,
        Err(Error::NotFound) => Heard::Unknown,
        Err(error) => unsettled(channel, &error),
    }
}

fn unsettled(channel: Channel, error: &Error) -> Heard {
    tracing::error!(channel = channel.code(), ?error, "a gateway notice was not settled");
    if error.trouble().is_some() { Heard::Later } else { Heard::Failed }
}

/// Whether the payment that is spoken of went through this channel; of numbers that are in no book of ours this says nothing.
async fn is_ours(app: &App, channel: Channel, notice: &GatewayCallback) -> Result<bool> {
    let mut conn = app.db.reader().await?;
    let payment = match notice {
        GatewayCallback::Paid(receipt) => payments::by_number(&mut conn, &receipt.payment_no).await?,
        GatewayCallback::Refunded { payment_no, .. } | GatewayCallback::Closed { payment_no } => {
            payments::by_number(&mut conn, payment_no).await?
        }
        GatewayCallback::Refund(report) => match refund_rows::by_number(&mut conn, &report.refund_no).await? {
            Some(refund) => Some(payments::by_id(&mut conn, refund.payment_id).await?),
            None => None,
        },
    };
    Ok(payment.is_none_or(|payment| Channel::of(payment.tender) == Some(channel)))
}

/// The notice says that money went back, the answer to this question how much.
async fn ask_for_refund(ctx: &Ctx, gateway: &dyn Gateway, payment_no: &str, refund_no: &str) -> Result<()> {
    match gateway.query_refund(payment_no, refund_no).await? {
        Some(report) => refunds::settle(ctx, &report).await,
        None => Err(Error::NotFound),
    }
}
