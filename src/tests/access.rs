//! A1: who may open and send what. One row for every route, taken from the router itself: a route without a row fails, and so does a row without a route.

mod doors;
mod table;
mod unseen;

pub use doors::{COLUMNS, Doors};

use crate::support::{Browser, Form, Page, TestApp, on_both_engines};
use guitu::domain::Role;
use guitu::pages;
use guitu::routes::forms::{IN_PLACE, rule_of};
use std::collections::BTreeMap;
use unseen::no_amount_is_on_a_page_of_a_role_without_money;

on_both_engines!(
    everybody_comes_exactly_as_far_as_the_table_says,
    who_counts_money_sees_no_telephone,
    no_amount_is_on_a_page_of_a_role_without_money,
    an_address_that_takes_forms_alone_leads_to_its_page_when_it_is_opened,
);

async fn everybody_comes_exactly_as_far_as_the_table_says(app: TestApp) {
    let routes = routes_of(&app);
    let expected = table::rows();
    let doors = Doors::of(&app).await;
    let mut seen = BTreeMap::new();
    for (path, method) in &routes {
        let declared = method != "POST" || path.starts_with("/gateway/") || rule_of(path).is_some();
        assert!(declared, "routes/forms.rs says nothing of the form that is sent to {path}");
        let mut statuses = Vec::with_capacity(COLUMNS);
        for column in 0..COLUMNS {
            let browser = doors.somebody(column, path).await;
            let page = knock(&browser, method, &doors.address(path).await).await;
            assert!(page.status.as_u16() < 500, "{method} {page}");
            statuses.push(page.status.as_u16());
        }
        seen.insert((path.clone(), method.clone()), statuses);
    }
    assert!(seen == expected, "not as the table says:\n{}", difference(&seen, &expected));
}

/// After an error the address of the form stays in the browser: reloaded there, it must lead on.
async fn an_address_that_takes_forms_alone_leads_to_its_page_when_it_is_opened(app: TestApp) {
    let doors = Doors::of(&app).await;
    let routes = routes_of(&app);
    let mut opened = 0;
    for (path, method) in &routes {
        let is_opened = routes.iter().any(|(other, method)| other == path && method == "GET");
        if method == "GET" || is_opened || path.starts_with("/gateway/") || path.starts_with(IN_PLACE) {
            continue;
        }
        let person = doors.somebody(if path.starts_with("/merchant/") { 3 } else { 1 }, "").await;
        let address = doors.address(path).await;
        let led = person.get(&address).await;
        let page = led.goes_to();
        let status = person.get(page).await.status;
        assert!(matches!(status.as_u16(), 200 | 303), "{address} leads to {page}: {status}");
        opened += 1;
    }
    assert!(opened > 40, "only {opened} were opened");
}

async fn who_counts_money_sees_no_telephone(app: TestApp) {
    let doors = Doors::of(&app).await;
    let pages = [
        "/merchant",
        "/merchant/orders",
        "/merchant/orders/{number}",
        "/merchant/after-sales",
        "/merchant/after-sales/{number}",
        "/merchant/messages",
    ];
    for path in pages {
        let address = doors.address(path).await;
        let counting = app.staff(Role::Finance).await.get(&address).await;
        assert!(counting.status == 200 && !counting.html.contains("13900000000") && !counting.html.contains("13800000001"), "{counting}");
    }
}

/// Opens the address, or sends an empty form to it.
async fn knock(browser: &Browser, method: &str, address: &str) -> Page {
    match method {
        "GET" => browser.get(address).await,
        _ => browser.send(&Form::to(address)).await,
    }
}

type Rows = BTreeMap<(String, String), Vec<u16>>;

fn difference(seen: &Rows, expected: &Rows) -> String {
    let row = |sign: &str, (path, method): &(String, String), statuses: &[u16]| {
        let statuses: Vec<String> = statuses.iter().map(u16::to_string).collect();
        format!("{sign} {method:4} {path:46} {}\n", statuses.join(" "))
    };
    let gone =
        expected.iter().filter(|(route, statuses)| seen.get(*route) != Some(statuses)).map(|(route, statuses)| row("-", route, statuses));
    let come =
        seen.iter().filter(|(route, statuses)| expected.get(*route) != Some(statuses)).map(|(route, statuses)| row("+", route, statuses));
    gone.chain(come).collect()
}

/// Path and method of every route.
pub fn routes_of(app: &TestApp) -> Vec<(String, String)> {
    routes(&format!("{:?}", pages::router(&app.server)))
}

/// Read from what the router tells of itself.
fn routes(told: &str) -> Vec<(String, String)> {
    let (routes, rest) = told.split_once("node: Node").expect("the router tells its paths");
    let paths: BTreeMap<usize, &str> =
        rest.split("fallback_router").next().unwrap_or_default().split("RouteId(").filter_map(path_of).collect();
    let mut found = Vec::new();
    for endpoint in routes.split("RouteId(").skip(1) {
        let (id, endpoint) = endpoint.split_once("): MethodRouter(MethodRouter {").expect("every route is one of methods");
        let path = paths[&id.parse::<usize>().expect("a number")];
        for (method, field) in [("GET", "get: "), ("POST", "post: "), ("PUT", "put: "), ("PATCH", "patch: "), ("DELETE", "delete: ")] {
            let behind = endpoint.split_once(field).expect("every method is told").1;
            if !behind.starts_with("None") {
                found.push((path.to_owned(), method.to_owned()));
            }
        }
    }
    assert!(found.len() > 70, "only {} routes were found", found.len());
    found
}

/// `7): "/orders"`
fn path_of(text: &str) -> Option<(usize, &str)> {
    let (id, rest) = text.split_once("): \"")?;
    Some((id.parse().ok()?, rest.split_once('"')?.0))
}
