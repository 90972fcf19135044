//! What buyers and the shop do about after-sales.

use super::Town;
use crate::demo::seed::photo::photo;
use crate::domain::after_sale::{AfterSaleKind, AfterSaleRequest, Freight, Inspected, Reason, RejectionWords};
use crate::domain::{Parcel, Request, ReturnAddressId, Role, Voucher};
use crate::server::after_sales::{
    self, Application, EVIDENCE, Evidence, ManualRefund, Precondition, RefundAgreement, Rejection, ReturnApproval, ReturnShipment,
};
use crate::server::clock::request_key;
use crate::server::ctx::{Buyer, Ctx};
use crate::server::error::{Error, Result};
use crate::server::machinery::pictures::upload::Upload;
use crate::server::money::refunds;
use crate::server::orders;

/// What the shop says to a case.
pub enum ShopDecision {
    Reject(&'static str),
    ApproveReturn,
    Receive,
    AgreeRefund,
    Replace(&'static str),
    RefundManually(&'static str),
}

impl Town {
    /// Applies for so many units of the order's first line. Returns the case's number.
    pub async fn applies(&self, index: usize, number: &str, kind: AfterSaleKind, reason: Reason, units: i64, note: &str) -> Result<String> {
        let buyer = self.buyer(index);
        let detail = orders::for_buyer(&buyer, number).await?;
        let line = detail.order.lines.first().ok_or(Error::NotFound)?;
        let asked = AfterSaleRequest::parse(kind.code(), reason.code(), vec![(line.id, Some(units))], "", note, Vec::new())?;
        let mut evidence = Evidence::default();
        if line.shipped_quantity > 0 {
            evidence.new = vec![Upload::whole(EVIDENCE, photo(3, 40)?), Upload::whole(EVIDENCE, photo(12, 120)?)];
        }
        let request = Request { key: request_key(), ..Request::default() };
        after_sales::apply(&buyer, number, Application { asked, evidence }, &request).await
    }

    /// What the shop decides.
    pub async fn decides(&self, role: Role, case: &str, decision: ShopDecision) -> Result<()> {
        let staff = self.staff(role);
        let detail = after_sales::for_shop(&staff, case).await?;
        let precondition = &Precondition::at(detail.version());
        match decision {
            ShopDecision::Reject(words) => {
                let pictures = vec![Upload::whole("reject_evidence", photo(9, 80)?)];
                let rejection = Rejection { words: RejectionWords::parse(words)?, pictures };
                after_sales::reject(&staff, case, rejection, precondition).await
            }
            ShopDecision::ApproveReturn => {
                let to = ReturnAddressId(detail.return_addresses().first().ok_or(Error::NotFound)?.id);
                after_sales::approve_return(&staff, case, ReturnApproval { to, refuse_collect: true }, precondition).await
            }
            ShopDecision::Receive => {
                let all_good =
                    detail.items().map(|item| Inspected { line_id: item.line_id, good: item.quantity, defective: 0, missing: 0 });
                after_sales::receive(&staff, case, &all_good.collect::<Vec<_>>(), precondition).await
            }
            ShopDecision::AgreeRefund => {
                let agreement = RefundAgreement { freight: Freight::ByRule, without_goods: false };
                after_sales::agree_refund(&staff, case, agreement, precondition).await
            }
            ShopDecision::Replace(tracking) => {
                after_sales::ship_replacement(&staff, case, Parcel::parse("sf", tracking)?, precondition).await
            }
            ShopDecision::RefundManually(voucher) => {
                let refund = ManualRefund { voucher: Voucher::parse(voucher)?, consent: true, without_goods: false };
                after_sales::refund_manually(&staff, case, refund, precondition).await
            }
        }
    }

    pub async fn sends_back(&self, index: usize, case: &str, tracking: &str) -> Result<()> {
        let buyer = self.buyer(index);
        let precondition = precondition_of(&buyer, case).await?;
        let shipment = ReturnShipment { parcel: Parcel::parse("zto", tracking)?, waybill: Evidence::default() };
        after_sales::ship_return(&buyer, case, shipment, &precondition).await
    }

    pub async fn confirms(&self, index: usize, case: &str) -> Result<()> {
        let buyer = self.buyer(index);
        after_sales::confirm_replacement(&buyer, case, &precondition_of(&buyer, case).await?).await
    }

    pub async fn withdraws(&self, index: usize, case: &str) -> Result<()> {
        let buyer = self.buyer(index);
        after_sales::withdraw(&buyer, case, &precondition_of(&buyer, case).await?).await
    }

    /// Nobody acted: the case's clock has its say.
    pub async fn time_runs_out(&self, case: &str) -> Result<()> {
        let id = after_sales::for_shop(&self.staff(Role::Owner), case).await?.id();
        after_sales::time_out(&Ctx::system(&self.app), id).await
    }

    /// The worker sends the refunds that are due, and the sandbox's bank pays them out.
    pub async fn money_goes_back(&self, case: &str) -> Result<()> {
        self.work().await?;
        let owner = self.staff(Role::Owner);
        let case = after_sales::for_shop(&owner, case).await?.whole(&owner)?;
        for refund in case.refunds.iter().filter(|refund| !refund.has_arrived()) {
            let payment = case.order.payments.iter().find(|payment| payment.id == refund.payment_id).ok_or(Error::NotFound)?;
            self.sandbox.settles(&refund.number).await?;
            let gateway = self.app.gateways.of_tender(refund.tender).ok_or(Error::NotFound)?;
            let report = gateway.query_refund(&payment.number, &refund.number).await?.ok_or(Error::NotFound)?;
            refunds::settle(&Ctx::system(&self.app), &report).await?;
        }
        Ok(())
    }
}

/// What the buyer has just seen of their case.
async fn precondition_of(buyer: &Buyer, case: &str) -> Result<Precondition> {
    Ok(Precondition::at(after_sales::for_buyer(buyer, case).await?.case.version))
}
