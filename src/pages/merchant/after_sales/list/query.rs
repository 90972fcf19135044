//! What the URL of the workbench asks for: queue, search, dates and page.

use crate::domain::FieldErrors;
use crate::domain::after_sale::Queue;
use crate::domain::text;
use crate::http::form::Form;
use crate::pages::merchant::span;
use crate::routes::merchant as paths;
use crate::server::store::after_sales::{QueueFilter, QueuedCase};
use crate::server::store::orders::ShopSearch;
use chrono_tz::Tz;

/// The query as it was typed; nothing in it is an empty text.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct AfterSalesQuery {
    pub(super) queue: String,
    pub(super) q: String,
    pub(super) from: String,
    pub(super) until: String,
    /// Deadline and id of the last row of the page before.
    pub(super) after: String,
}

impl AfterSalesQuery {
    /// As a form that came from this page carries it.
    pub(super) fn of(form: &Form) -> Self {
        let typed = |name: &str| form.get(name).to_owned();
        Self { queue: typed("queue"), q: typed("q"), from: typed("from"), until: typed("until"), after: typed("after") }
    }

    /// The queue that is asked for; else everything while something is looked for, and otherwise the first in which something waits.
    pub(super) fn queue(&self, counts: &[(Queue, i64)]) -> Queue {
        let waiting = || counts.iter().find(|(_, count)| *count > 0).map(|(queue, _)| *queue);
        Queue::from_code(&self.queue).or_else(|| if self.is_bare() { waiting() } else { None }).unwrap_or(Queue::All)
    }

    /// Is nothing looked for?
    pub(super) fn is_bare(&self) -> bool {
        text::is_blank(&self.q) && self.from.is_empty() && self.until.is_empty()
    }

    /// What to read, and what is wrong with the dates; a wrong date filters nothing.
    pub(super) fn filter(&self, queue: Queue, zone: Tz) -> (QueueFilter, FieldErrors) {
        let (from, until, errors) = span::parse(&self.from, &self.until, zone);
        let after = self.after.split_once('-').and_then(|(due, id)| Some((due.parse().ok()?, id.parse().ok()?)));
        (QueueFilter { queue, search: ShopSearch::of_cases(&self.q), from, until, after }, errors)
    }

    /// This page with some of the query changed; what becomes empty is left out.
    pub(super) fn href(&self, changes: &[(&str, &str)]) -> String {
        let own = [("queue", &self.queue), ("q", &self.q), ("from", &self.from), ("until", &self.until), ("after", &self.after)];
        let altered = |name: &str| changes.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
        let pairs = own.into_iter().map(|(name, value)| (name, altered(name).unwrap_or_else(|| value.trim())));
        let encoded = serde_urlencoded::to_string(pairs.filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>()).unwrap_or_default();
        if encoded.is_empty() { paths::AFTER_SALES.to_owned() } else { format!("{}?{encoded}", paths::AFTER_SALES) }
    }

    /// The page behind this row.
    pub(super) fn behind(&self, queue: Queue, last: &QueuedCase) -> String {
        self.href(&[("queue", queue.code()), ("after", &format!("{}-{}", last.due_at.unwrap_or(0), last.id))])
    }

    /// The queue without any filter.
    pub(super) fn cleared(queue: Queue) -> String {
        Self::default().href(&[("queue", queue.code())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTS: [(Queue, i64); 2] = [(Queue::Unshipped, 0), (Queue::Return, 3)];

    #[test]
    fn the_workbench_opens_where_something_waits_and_searches_everywhere() {
        assert_eq!(AfterSalesQuery::default().queue(&COUNTS), Queue::Return);
        let searching = AfterSalesQuery { q: "王小满".to_owned(), ..AfterSalesQuery::default() };
        assert_eq!(searching.queue(&COUNTS), Queue::All);
        assert_eq!(AfterSalesQuery { queue: "exchange".to_owned(), ..searching }.queue(&COUNTS), Queue::Exchange);
    }

    #[test]
    fn the_named_last_day_counts_and_a_wrong_one_is_told() {
        let zone = chrono_tz::Asia::Shanghai;
        let day = AfterSalesQuery { from: "2026-11-19".to_owned(), until: "2026-11-19".to_owned(), ..AfterSalesQuery::default() };
        let (filter, errors) = day.filter(Queue::All, zone);
        assert!(errors.is_empty());
        assert_eq!(filter.from.zip(filter.until).map(|(from, until)| until.0 - from.0), Some(crate::domain::time::DAY));
        let (_, errors) = AfterSalesQuery { from: "2026-11-20".to_owned(), until: "19.11.".to_owned(), ..AfterSalesQuery::default() }
            .filter(Queue::All, zone);
        assert_eq!(errors.fields(), ["until"]);
        let (_, errors) = AfterSalesQuery { from: "2026-11-20".to_owned(), ..day }.filter(Queue::All, zone);
        assert_eq!(errors.fields(), ["until"]);
    }
}
