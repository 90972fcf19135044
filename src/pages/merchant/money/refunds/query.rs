//! What the URL of the list asks for: search, filters, month, page and dialog.

use crate::domain::{FieldErrors, Month, RefundStatus, Tender, Timestamp};
use crate::http::form::Form;
use crate::pages::merchant::span;
use crate::routes::merchant as paths;
use crate::server::money::refunds::ExportFormat;
use crate::server::store::money::refunds::{RefundFilter, RefundSearch};
use chrono_tz::Tz;

/// The query as it was typed.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct RefundsQuery {
    pub(super) q: String,
    pub(super) status: String,
    pub(super) tender: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) month: String,
    pub(super) before: String,
    pub(super) dialog: String,
    /// The number of the refund that the dialog is about.
    pub(super) refund: String,
    pub(super) done: String,
    /// `csv` or `xlsx`, of an export.
    pub(super) format: String,
    /// `list` or `month`, of an export.
    pub(super) of: String,
}

impl RefundsQuery {
    /// The list as the hidden fields of a form keep it.
    pub(super) fn kept_in(form: &Form) -> Self {
        let kept = |name: &str| form.get(name).to_owned();
        Self {
            q: kept("q"),
            status: kept("status"),
            tender: kept("tender"),
            from: kept("from"),
            until: kept("until"),
            month: kept("month"),
            before: kept("before"),
            ..Self::default()
        }
    }

    pub(super) fn status(&self) -> Option<RefundStatus> {
        RefundStatus::from_code(&self.status)
    }

    pub(super) fn format(&self) -> Option<ExportFormat> {
        match self.format.as_str() {
            "csv" => Some(ExportFormat::Csv),
            "xlsx" => Some(ExportFormat::Xlsx),
            _ => None,
        }
    }

    /// The month whose sums are shown: this one, unless another is asked for.
    pub(super) fn month(&self, now: Timestamp, zone: Tz) -> Month {
        Month::parse(&self.month).unwrap_or_else(|| Month::of(now, zone))
    }

    /// What to read, and what is wrong with the dates; with wrong dates nothing is read.
    pub(super) fn filter(&self, zone: Tz) -> (Option<RefundFilter>, FieldErrors) {
        let (from, until, errors) = span::parse(&self.from, &self.until, zone);
        let tender = Tender::from_code(&self.tender);
        let filter = RefundFilter { search: RefundSearch::parse(&self.q), status: self.status(), tender, from, until };
        (errors.is_empty().then_some(filter), errors)
    }

    fn own(&self) -> [(&'static str, &str); 6] {
        [
            ("q", self.q.trim()),
            ("status", &self.status),
            ("tender", &self.tender),
            ("from", &self.from),
            ("until", &self.until),
            ("month", &self.month),
        ]
    }

    /// The same page with `more` in its query, which also says what else of it is changed.
    pub(super) fn href(&self, more: &[(&str, &str)]) -> String {
        self.link(paths::REFUNDS, more)
    }

    /// The file of what is listed, or of the month.
    pub(super) fn export_href(&self, of: &str, format: &str, month: &str) -> String {
        self.link(paths::REFUNDS_EXPORT, &[("before", ""), ("of", of), ("format", format), ("month", month)])
    }

    fn link(&self, path: &str, more: &[(&str, &str)]) -> String {
        let own = self.own().into_iter().chain([("before", self.before.as_str())]);
        let mut pairs: Vec<(&str, &str)> = own.filter(|(name, _)| !more.iter().any(|(other, _)| other == name)).collect();
        pairs.extend_from_slice(more);
        pairs.retain(|(_, value)| !value.is_empty());
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", serde_urlencoded::to_string(pairs).unwrap_or_default()) }
    }

    /// The query as hidden fields of a form that asks for the rest.
    pub(super) fn kept(&self, but: &[&str]) -> Vec<(&'static str, String)> {
        let own = self.own().into_iter().filter(|(name, value)| !but.contains(name) && !value.is_empty());
        own.map(|(name, value)| (name, value.to_owned())).collect()
    }

    /// Is nothing looked for within the tab?
    pub(super) fn is_bare(&self) -> bool {
        self.own().iter().all(|(name, value)| matches!(*name, "status" | "month") || value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_view_stands_in_the_url() {
        let query = RefundsQuery { q: " G1 ".to_owned(), status: "failed".to_owned(), before: "7".to_owned(), ..RefundsQuery::default() };
        assert_eq!(query.href(&[]), "/merchant/refunds?q=G1&status=failed&before=7");
        assert_eq!(query.href(&[("before", ""), ("status", "")]), "/merchant/refunds?q=G1");
        assert_eq!(query.export_href("list", "csv", ""), "/merchant/refunds/export?q=G1&status=failed&of=list&format=csv");
        assert!(RefundsQuery { month: "2026-10".to_owned(), ..RefundsQuery::default() }.is_bare() && !query.is_bare());
    }
}
