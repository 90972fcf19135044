//! Where a scenario begins: orders and after-sales brought so far, through the same forms.

use super::{Buyer, TestApp, Ware};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::MINUTE;

/// Parcels that leave the shop, and that come back.
pub const OUT: &str = "SF1234567890123";
pub const BACK: &str = "75000000000001";

impl TestApp {
    /// Ordered, paid and shipped whole.
    pub async fn shipped(&self, buyer: &Buyer, wares: &[(Ware, i64)], tender: &str) -> String {
        let number = buyer.buys(wares, tender).await;
        self.staff(Role::Warehouse).await.ships(&number, OUT).await.goes_to();
        number
    }

    /// And received.
    pub async fn completed(&self, buyer: &Buyer, wares: &[(Ware, i64)], tender: &str) -> String {
        let number = self.shipped(buyer, wares, tender).await;
        buyer.receives(&number).await.goes_to();
        number
    }

    /// A case whose goods are on their way back.
    pub async fn coming_back(&self, buyer: &Buyer, number: &str, kind: &str, reason: &str, units: &[i64]) -> String {
        let case = buyer.applies(number, kind, reason, units).await;
        self.staff(Role::Service).await.decides(&case, "approve_return").await.goes_to();
        buyer.sends_back(&case, BACK).await.goes_to();
        case
    }

    /// The worker sends refunds to the gateway, which pays them out and says so.
    pub async fn money_goes_back(&self, case: &str) {
        // WeChat Pay takes the refunds of one payment a minute apart.
        self.wait(MINUTE).await;
        self.until("the case has succeeded", || async { self.state(case).await == StateKind::Succeeded }).await;
    }

    pub async fn state(&self, case: &str) -> StateKind {
        self.case(case).await.case.state.kind()
    }
}
