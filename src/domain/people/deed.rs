//! What the trail of a shop keeps: who looked at or took away what.

/// One kind of thing that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditedDeed {
    RefundAccountSeen,
    RefundSettledOutside,
    RefundSentElsewhere,
    RefundsExportBegun,
    RefundsExported,
    StaffRoleChanged,
    StaffDisabled,
    StaffEnabled,
    StaffLinkMade,
    PolicyChanged,
    BuyerErased,
    BatchStarted,
    BatchStopped,
    BatchResumed,
    BatchDropped,
}

impl AuditedDeed {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::RefundAccountSeen => "refund_account_seen",
            Self::RefundSettledOutside => "refund_settled_outside",
            Self::RefundSentElsewhere => "refund_sent_elsewhere",
            Self::RefundsExportBegun => "refunds_export_begun",
            Self::RefundsExported => "refunds_exported",
            Self::StaffRoleChanged => "staff_role_changed",
            Self::StaffDisabled => "staff_disabled",
            Self::StaffEnabled => "staff_enabled",
            Self::StaffLinkMade => "staff_link_made",
            Self::PolicyChanged => "policy_changed",
            Self::BuyerErased => "buyer_erased",
            Self::BatchStarted => "batch_started",
            Self::BatchStopped => "batch_stopped",
            Self::BatchResumed => "batch_resumed",
            Self::BatchDropped => "batch_dropped",
        }
    }
}
