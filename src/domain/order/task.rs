//! What the shop's staff can do to an order: the same words and permissions in the list, on the order and in its dialogs.

use super::{OrderAction, OrderStatus};
use crate::domain::Permission;

/// One thing to do, in its own dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    ConfirmPayment,
    Price,
    Ship,
    Receive,
    Address,
    Close,
    Remark,
}

impl Task {
    /// In the order of the buttons.
    pub const ALL: [Self; 7] = [Self::ConfirmPayment, Self::Price, Self::Ship, Self::Receive, Self::Address, Self::Close, Self::Remark];

    /// As the URL says it.
    pub fn code(self) -> &'static str {
        match self {
            Self::ConfirmPayment => "confirm-payment",
            Self::Price => "price",
            Self::Ship => "ship",
            Self::Receive => "receive",
            Self::Address => "address",
            Self::Close => "close",
            Self::Remark => "remark",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.code() == code)
    }

    /// As buttons and dialogs are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::ConfirmPayment => "确认付款",
            Self::Price => "修改价格",
            Self::Ship => "确认发货",
            Self::Receive => "确认收货",
            Self::Address => "修改收货信息",
            Self::Close => "关闭订单",
            Self::Remark => "备注",
        }
    }

    /// What is said once it is done.
    pub fn done(self) -> &'static str {
        match self {
            Self::ConfirmPayment => "已确认收到付款，订单待发货",
            Self::Price => "价格已修改，已通知买家",
            Self::Ship => "已发货，已通知买家",
            Self::Receive => "已代买家确认收货",
            Self::Address => "收货信息已修改，已通知买家",
            Self::Close => "订单已关闭，已通知买家",
            Self::Remark => "备注已保存",
        }
    }

    /// Is it possible in this state?
    pub fn fits(self, status: OrderStatus) -> bool {
        self.action().is_none_or(|action| action.fits(status))
    }

    pub fn permission(self) -> Permission {
        self.action().and_then(OrderAction::permission).unwrap_or(Permission::RemarkAndFlag)
    }

    /// The step of the machine behind it; a remark moves nothing.
    fn action(self) -> Option<OrderAction> {
        match self {
            Self::ConfirmPayment => Some(OrderAction::ConfirmPayment),
            Self::Price => Some(OrderAction::AdjustPrice),
            Self::Ship => Some(OrderAction::Ship),
            Self::Receive => Some(OrderAction::ConfirmReceipt),
            Self::Address => Some(OrderAction::EditAddress),
            Self::Close => Some(OrderAction::Close),
            Self::Remark => None,
        }
    }
}
