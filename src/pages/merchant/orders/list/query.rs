//! What the URL of the list asks for: status, search, dates, flag and page.

use crate::domain::order::OrderStatus;
use crate::domain::text;
use crate::domain::{FieldErrors, OrderFlag};
use crate::pages::merchant::span;
use crate::routes::merchant as paths;
use crate::server::orders::{OrderFilter, ShopSearch};
use chrono_tz::Tz;

/// The query as it was typed.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct OrdersQuery {
    pub(super) status: String,
    pub(super) q: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) flag: String,
    /// The order that the page begins behind.
    before: String,
    /// Where the pages before this one began, so that one can leaf back.
    trail: String,
}

impl OrdersQuery {
    /// The open tab; 部分发货 stands among 待发货.
    pub(super) fn status(&self) -> Option<OrderStatus> {
        let status = OrderStatus::from_code(&self.status)?;
        Some(if status == OrderStatus::PartiallyShipped { OrderStatus::AwaitingShipment } else { status })
    }

    pub(super) fn before(&self) -> Option<i64> {
        self.before.parse().ok()
    }

    /// What to read, and what is wrong with the dates; with wrong dates nothing is read.
    pub(super) fn filter(&self, zone: Tz) -> (Option<OrderFilter>, FieldErrors) {
        let (from, until, errors) = span::parse(&self.from, &self.until, zone);
        let flag = OrderFlag::from_code(&self.flag);
        let filter = OrderFilter { status: self.status(), search: ShopSearch::parse(&self.q), from, until, flag };
        (errors.is_empty().then_some(filter), errors)
    }

    /// Is nothing looked for within the tab?
    pub(super) fn is_bare(&self) -> bool {
        text::is_blank(&self.q) && self.from.is_empty() && self.until.is_empty() && self.flag.is_empty()
    }

    /// The first page with some of the query changed; what is empty is left out.
    pub(super) fn href(&self, changes: &[(&str, &str)]) -> String {
        let own = [("status", &self.status), ("q", &self.q), ("from", &self.from), ("until", &self.until), ("flag", &self.flag)];
        let pairs =
            own.iter().map(|(name, value)| (*name, value.trim())).filter(|(name, _)| !changes.iter().any(|(other, _)| other == name));
        let pairs = pairs.chain(changes.iter().copied()).filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
        if pairs.is_empty() {
            return paths::ORDERS.to_owned();
        }
        format!("{}?{}", paths::ORDERS, serde_urlencoded::to_string(pairs).unwrap_or_default())
    }

    /// The tab without any filter.
    pub(super) fn cleared(&self) -> String {
        Self { status: self.status.clone(), ..Self::default() }.href(&[])
    }

    /// Everything, but for the tab.
    pub(super) fn everywhere(&self) -> String {
        self.href(&[("status", "")])
    }

    /// The page behind this one.
    pub(super) fn next(&self, before: i64) -> String {
        let here = if self.before.is_empty() { "0" } else { &self.before };
        let trail = if self.trail.is_empty() { here.to_owned() } else { format!("{}.{here}", self.trail) };
        self.href(&[("before", &before.to_string()), ("trail", &trail)])
    }

    /// The page in front of this one; none before the first.
    pub(super) fn previous(&self) -> Option<String> {
        self.before()?;
        let (trail, before) = self.trail.rsplit_once('.').unwrap_or(("", &self.trail));
        let before = if before == "0" { "" } else { before };
        Some(self.href(&[("before", before), ("trail", trail)]))
    }

    /// Some of the query as hidden fields of a form that asks for the rest.
    pub(super) fn kept(&self, names: &[&str]) -> Vec<(&'static str, String)> {
        let own = [("status", &self.status), ("q", &self.q), ("from", &self.from), ("until", &self.until), ("flag", &self.flag)];
        own.into_iter()
            .filter(|(name, value)| names.contains(name) && !value.is_empty())
            .map(|(name, value)| (name, value.clone()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: Tz = chrono_tz::Asia::Shanghai;

    #[test]
    fn one_day_is_from_its_midnight_to_the_next() {
        let day = "2026-11-22".to_owned();
        let (filter, _) = OrdersQuery { from: day.clone(), until: day, ..OrdersQuery::default() }.filter(ZONE);
        let span = filter.and_then(|filter| Some(filter.from?.until(filter.until?)));
        assert_eq!(span, Some(crate::domain::time::DAY));
    }

    #[test]
    fn wrong_dates_are_named_and_read_nothing() {
        let query = |from: &str, until: &str| OrdersQuery { from: from.to_owned(), until: until.to_owned(), ..OrdersQuery::default() };
        assert_eq!(query("2026-13-01", "gestern").filter(ZONE).1.fields(), ["from", "until"]);
        let (filter, errors) = query("2026-11-02", "2026-11-01").filter(ZONE);
        assert_eq!((filter.is_none(), errors.fields()), (true, vec!["until"]));
    }

    #[test]
    fn one_can_leaf_forth_and_back_with_the_filters_kept() {
        let second = OrdersQuery { q: "茶 壶".to_owned(), before: "50".to_owned(), trail: "0".to_owned(), ..OrdersQuery::default() };
        assert_eq!(second.next(30), "/merchant/orders?q=%E8%8C%B6+%E5%A3%B6&before=30&trail=0.50");
        assert_eq!(second.previous().as_deref(), Some("/merchant/orders?q=%E8%8C%B6+%E5%A3%B6"));
        let third = OrdersQuery { before: "30".to_owned(), trail: "0.50".to_owned(), ..OrdersQuery::default() };
        assert_eq!(third.previous().as_deref(), Some("/merchant/orders?before=50&trail=0"));
        assert_eq!(OrdersQuery::default().previous(), None);
    }
}
