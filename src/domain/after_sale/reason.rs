//! 退款原因: why a buyer asks, and whose fault that is; fault decides the freight (M5).

use super::{AfterSaleKind, Stage};
use serde::{Deserialize, Serialize};

/// Who answers for the trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Buyer,
    Shop,
}

macro_rules! reasons {
    ($($name:ident $code:literal $words:literal $fault:ident $kinds:expr, $stages:expr;)+) => {
        /// A preset reason (S33).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Reason { $($name),+ }

        impl Reason {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// As stored.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// As people read it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $words),+ }
            }

            pub fn fault(self) -> Fault {
                match self { $(Self::$name => Fault::$fault),+ }
            }

            fn fits(self) -> (&'static [AfterSaleKind], &'static [Stage]) {
                match self { $(Self::$name => ($kinds, $stages)),+ }
            }
        }
    };
}

const REFUND: &[AfterSaleKind] = &[AfterSaleKind::RefundOnly];
const RETURN: &[AfterSaleKind] = &[AfterSaleKind::ReturnRefund];
const EXCHANGE: &[AfterSaleKind] = &[AfterSaleKind::Exchange];
const GOODS: &[AfterSaleKind] = &[AfterSaleKind::ReturnRefund, AfterSaleKind::Exchange];
const ANY: &[AfterSaleKind] = &AfterSaleKind::ALL;
const UNSHIPPED: &[Stage] = &[Stage::Unshipped];
const TRAVELLING: &[Stage] = &[Stage::InTransit];
const SHIPPED: &[Stage] = &[Stage::InTransit, Stage::Received];
const ALWAYS: &[Stage] = &[Stage::Unshipped, Stage::InTransit, Stage::Received];

reasons! {
    Unwanted "unwanted" "拍错/不想要" Buyer REFUND, UNSHIPPED;
    WrongDetails "wrong_details" "信息填写错误" Buyer REFUND, UNSHIPPED;
    OrderedTwice "ordered_twice" "重复下单" Buyer REFUND, UNSHIPPED;
    TooSlow "too_slow" "发货太慢" Shop REFUND, UNSHIPPED;
    OutOfStock "out_of_stock" "商家缺货" Shop REFUND, UNSHIPPED;
    NotArrived "not_arrived" "未收到货" Shop REFUND, TRAVELLING;
    Intercepted "intercepted" "已与商家协商拦截包裹" Buyer REFUND, TRAVELLING;
    Refused "refused" "已拒收包裹" Buyer RETURN, TRAVELLING;
    Missing "missing" "少件/漏发" Shop REFUND, SHIPPED;
    NoReason "no_reason" "七天无理由退货" Buyer RETURN, SHIPPED;
    NotAsDescribed "not_as_described" "商品与描述不符" Shop ANY, SHIPPED;
    Quality "quality" "商品质量问题" Shop ANY, SHIPPED;
    Damaged "damaged" "收到时已破损" Shop ANY, SHIPPED;
    WrongGoods "wrong_goods" "商家发错货" Shop GOODS, SHIPPED;
    DoesNotFit "does_not_fit" "规格/颜色不合适" Buyer EXCHANGE, SHIPPED;
    Agreed "agreed" "与商家协商一致" Buyer ANY, ALWAYS;
}

impl Reason {
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.code() == code)
    }

    /// May the reason be given for this kind at this stage?
    pub fn suits(self, kind: AfterSaleKind, stage: Stage) -> bool {
        let (kinds, stages) = self.fits();
        kinds.contains(&kind) && stages.contains(&stage)
    }
}
