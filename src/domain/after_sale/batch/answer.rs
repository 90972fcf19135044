//! What somebody who begins a batch says with its decision.

use super::BatchDecision;
use crate::domain::after_sale::RejectionWords;
use crate::domain::field_error::{FieldErrors, Parsed};
use crate::domain::id::ReturnAddressId;

/// The decision with what every buyer is told beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchAnswer {
    AgreeRefund,
    /// Where the goods go.
    ApproveReturn(ReturnAddressId),
    /// Why not.
    Reject(RejectionWords),
}

impl BatchAnswer {
    /// Reads what this decision has to say, from the field `return_address` or `reject_reason`.
    pub fn parse(decision: BatchDecision, return_address: &str, reject_reason: &str) -> Parsed<Self> {
        match decision {
            BatchDecision::AgreeRefund => Ok(Self::AgreeRefund),
            BatchDecision::ApproveReturn => {
                let id = return_address.parse().map_err(|_| FieldErrors::one("return_address", "请选择退货地址"))?;
                Ok(Self::ApproveReturn(ReturnAddressId(id)))
            }
            BatchDecision::Reject => RejectionWords::parse(reject_reason).map(Self::Reject),
        }
    }

    pub fn decision(&self) -> BatchDecision {
        match self {
            Self::AgreeRefund => BatchDecision::AgreeRefund,
            Self::ApproveReturn(_) => BatchDecision::ApproveReturn,
            Self::Reject(_) => BatchDecision::Reject,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_decision_asks_for_its_own_field() {
        let read = |decision, address, reason| BatchAnswer::parse(decision, address, reason);
        let wrong = |decision| read(decision, "", "").err().unwrap_or_default().0;
        assert_eq!(read(BatchDecision::AgreeRefund, "", ""), Ok(BatchAnswer::AgreeRefund));
        assert_eq!(wrong(BatchDecision::ApproveReturn), [("return_address".to_owned(), "请选择退货地址".to_owned())]);
        assert_eq!(wrong(BatchDecision::Reject), [("reject_reason".to_owned(), "请填写驳回原因".to_owned())]);
        for decision in [BatchDecision::AgreeRefund, BatchDecision::ApproveReturn, BatchDecision::Reject] {
            assert_eq!(read(decision, "7", "凭证不足").map(|answer| answer.decision()), Ok(decision));
        }
    }
}
