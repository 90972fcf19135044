//! What a shop notes on an order for itself: buyers never see it (S54).

use super::flag::OrderFlag;
use crate::domain::field_error::{FieldErrors, Parsed};

/// 「备注」 and the flag beside it; both may be nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopNote {
    remark: String,
    flag: Option<OrderFlag>,
}

impl ShopNote {
    /// Reads a remark of at most 200 characters and the code of a flag, empty for none; the fields are named `shop_remark` and `flag`.
    pub fn parse(remark: &str, flag: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let remark = errors.text("shop_remark", remark, 0, 200, "");
        let color = OrderFlag::from_code(flag);
        if color.is_none() && !flag.is_empty() {
            errors.add("flag", "请选择旗帜颜色");
        }
        match remark {
            Some(remark) if errors.is_empty() => Ok(Self { remark, flag: color }),
            _ => Err(errors),
        }
    }

    pub fn remark(&self) -> &str {
        &self.remark
    }

    pub fn flag(&self) -> Option<OrderFlag> {
        self.flag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_may_be_empty_and_names_what_is_wrong() {
        assert_eq!(ShopNote::parse("", ""), Ok(ShopNote { remark: String::new(), flag: None }));
        assert_eq!(ShopNote::parse(" 易碎 ", "red"), Ok(ShopNote { remark: "易碎".to_owned(), flag: Some(OrderFlag::Red) }));
        let errors = ShopNote::parse(&"长".repeat(201), "pink").err().unwrap_or_default();
        assert_eq!(errors.fields(), ["shop_remark", "flag"]);
    }
}
