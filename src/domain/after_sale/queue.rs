//! The queues of the after-sale workbench (S45): which cases lie in each, and what the shop can say to all of them.

use super::{AfterSaleKind, Stage, StateKind};
use crate::domain::after_sale::batch::BatchDecision;

/// Cases that wait for the same thing; 待处理队列.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    Unshipped,
    ShippedRefund,
    Return,
    Exchange,
    AwaitingReturn,
    AwaitingReceipt,
    /// Agreed refunds that did not arrive, and replacements to be shipped.
    ToFinish,
    Done,
    All,
}

impl Queue {
    pub const ALL: [Self; 9] = [
        Self::Unshipped,
        Self::ShippedRefund,
        Self::Return,
        Self::Exchange,
        Self::AwaitingReturn,
        Self::AwaitingReceipt,
        Self::ToFinish,
        Self::Done,
        Self::All,
    ];

    /// As the URL says it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unshipped => "unshipped",
            Self::ShippedRefund => "shipped",
            Self::Return => "return",
            Self::Exchange => "exchange",
            Self::AwaitingReturn => "awaiting-return",
            Self::AwaitingReceipt => "awaiting-receipt",
            Self::ToFinish => "to-finish",
            Self::Done => "done",
            Self::All => "all",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.code() == code)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unshipped => "未发货退款待处理",
            Self::ShippedRefund => "已发货仅退款待处理",
            Self::Return => "退货待处理",
            Self::Exchange => "换货待处理",
            Self::AwaitingReturn => "待买家退货",
            Self::AwaitingReceipt => "商家待收货",
            Self::ToFinish => "待完结",
            Self::Done => "已完成",
            Self::All => "全部",
        }
    }

    /// The states of its cases; none named: every state.
    pub const fn states(self) -> &'static [StateKind] {
        match self {
            Self::Unshipped | Self::ShippedRefund | Self::Return | Self::Exchange => &[StateKind::Applied],
            Self::AwaitingReturn => &[StateKind::AwaitingReturn],
            Self::AwaitingReceipt => &[StateKind::ReturnInTransit],
            Self::ToFinish => &[StateKind::Refunding, StateKind::RefundFailed, StateKind::AwaitingReship, StateKind::AwaitingBuyerReceipt],
            Self::Done => &[StateKind::Succeeded, StateKind::Closed, StateKind::Rejected, StateKind::ReturnRejected],
            Self::All => &[],
        }
    }

    /// The kind of its cases, if it is one kind's.
    pub fn kind(self) -> Option<AfterSaleKind> {
        match self {
            Self::Unshipped | Self::ShippedRefund => Some(AfterSaleKind::RefundOnly),
            Self::Return => Some(AfterSaleKind::ReturnRefund),
            Self::Exchange => Some(AfterSaleKind::Exchange),
            Self::AwaitingReturn | Self::AwaitingReceipt | Self::ToFinish | Self::Done | Self::All => None,
        }
    }

    /// How far the goods of its cases are; none named: anywhere.
    pub const fn stages(self) -> &'static [Stage] {
        match self {
            Self::Unshipped => &[Stage::Unshipped],
            Self::ShippedRefund => &[Stage::InTransit, Stage::Received],
            Self::Return | Self::Exchange | Self::AwaitingReturn | Self::AwaitingReceipt | Self::ToFinish | Self::Done | Self::All => &[],
        }
    }

    /// Does the shop's own time run in it? Then the most urgent comes first, otherwise the newest.
    pub fn by_time_left(self) -> bool {
        matches!(self, Self::Unshipped | Self::ShippedRefund | Self::Return | Self::Exchange | Self::AwaitingReturn | Self::AwaitingReceipt)
    }

    /// What the shop can say to all of a queue. Goods that were shipped are rejected one by one, with evidence (S42).
    pub fn batch_decisions(self) -> &'static [BatchDecision] {
        match self {
            Self::Unshipped => &[BatchDecision::AgreeRefund, BatchDecision::Reject],
            Self::ShippedRefund => &[BatchDecision::AgreeRefund],
            Self::Return | Self::Exchange => &[BatchDecision::ApproveReturn],
            Self::AwaitingReturn | Self::AwaitingReceipt | Self::ToFinish | Self::Done | Self::All => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_lies_in_one_queue_besides_the_one_of_all() {
        let any = |among: bool, named: bool| among || !named;
        for state in StateKind::ALL {
            for kind in AfterSaleKind::ALL {
                let stages: &[Stage] = if kind == AfterSaleKind::RefundOnly { &Stage::ALL } else { &Stage::ALL[1..] };
                for stage in stages {
                    let holds = |queue: &Queue| {
                        any(queue.states().contains(&state), !queue.states().is_empty())
                            && any(queue.kind() == Some(kind), queue.kind().is_some())
                            && any(queue.stages().contains(stage), !queue.stages().is_empty())
                    };
                    let queues: Vec<Queue> = Queue::ALL.into_iter().filter(holds).collect();
                    assert!(matches!(queues[..], [_, Queue::All]), "{state:?} {kind:?} {stage:?}: {queues:?}");
                }
            }
        }
    }
}
