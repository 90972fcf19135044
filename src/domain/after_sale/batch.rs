//! Many after-sales decided at once (S52): what is decided, and how far the work has come.

mod answer;

pub use answer::BatchAnswer;

use crate::domain::people::actor::Permission;
use crate::domain::people::deed::AuditedDeed;

/// The one decision that every case of a batch gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchDecision {
    AgreeRefund,
    ApproveReturn,
    Reject,
}

impl BatchDecision {
    const ALL: [Self; 3] = [Self::AgreeRefund, Self::ApproveReturn, Self::Reject];

    /// As stored and as forms send it; the names of the single decisions.
    pub fn code(self) -> &'static str {
        match self {
            Self::AgreeRefund => "agree_refund",
            Self::ApproveReturn => "approve_return",
            Self::Reject => "reject",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.code() == code)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AgreeRefund => "批量同意退款",
            Self::ApproveReturn => "批量同意退货",
            Self::Reject => "批量驳回",
        }
    }

    /// What staff need for it, as for a single case.
    pub fn permission(self) -> Permission {
        match self {
            Self::AgreeRefund => Permission::AgreeRefund,
            Self::ApproveReturn | Self::Reject => Permission::DecideAfterSale,
        }
    }
}

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchState {
    /// Its cases are still being put down.
    Collecting,
    /// All its cases are known; somebody has to say yes.
    Proposed,
    Running,
    Stopped,
    Finished,
    /// Nobody wanted it.
    Dropped,
}

impl BatchState {
    const ALL: [Self; 6] = [Self::Collecting, Self::Proposed, Self::Running, Self::Stopped, Self::Finished, Self::Dropped];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Collecting => "collecting",
            Self::Proposed => "proposed",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Finished => "finished",
            Self::Dropped => "dropped",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Collecting => "正在汇总",
            Self::Proposed => "待确认",
            Self::Running => "处理中",
            Self::Stopped => "已停止",
            Self::Finished => "已完成",
            Self::Dropped => "已放弃",
        }
    }

    /// Does it change by itself?
    pub fn is_moving(self) -> bool {
        matches!(self, Self::Collecting | Self::Running)
    }
}

/// What a person does with a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchAction {
    Start,
    Stop,
    Resume,
    Drop,
}

impl BatchAction {
    /// From where to where it leads.
    pub fn step(self) -> (BatchState, BatchState) {
        match self {
            Self::Start => (BatchState::Proposed, BatchState::Running),
            Self::Stop => (BatchState::Running, BatchState::Stopped),
            Self::Resume => (BatchState::Stopped, BatchState::Running),
            Self::Drop => (BatchState::Proposed, BatchState::Dropped),
        }
    }

    /// As the trail of the shop names it.
    pub fn deed(self) -> AuditedDeed {
        match self {
            Self::Start => AuditedDeed::BatchStarted,
            Self::Stop => AuditedDeed::BatchStopped,
            Self::Resume => AuditedDeed::BatchResumed,
            Self::Drop => AuditedDeed::BatchDropped,
        }
    }
}
