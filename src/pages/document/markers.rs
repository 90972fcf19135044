//! The empty comments by which Leptos finds its way when it wakes an island. Outside of islands nothing ever wakes, and nobody reads them.

use memchr::memmem;

const MARKER: &str = "<!>";
const ISLAND: &str = "leptos-island";

/// The same page, marked within its islands alone. No words are lost: a `<` that somebody wrote is escaped.
pub fn within_islands_alone(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut from = 0;
    for (start, end) in islands(html) {
        push_unmarked(&mut kept, &html[from..start]);
        kept.push_str(&html[start..end]);
        from = end;
    }
    push_unmarked(&mut kept, &html[from..]);
    kept
}

fn push_unmarked(kept: &mut String, html: &str) {
    let mut from = 0;
    for at in memmem::find_iter(html.as_bytes(), MARKER) {
        kept.push_str(&html[from..at]);
        from = at + MARKER.len();
    }
    kept.push_str(&html[from..]);
}

/// From the first to the last byte of each island that stands in no other.
fn islands(html: &str) -> Vec<(usize, usize)> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for at in memmem::find_iter(html.as_bytes(), ISLAND) {
        if html[..at].ends_with("</") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                found.push((start, at));
            }
        } else if html[..at].ends_with('<') {
            if depth == 0 {
                start = at;
            }
            depth += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::within_islands_alone;

    #[test]
    fn what_never_wakes_is_not_marked() {
        let page = "<ul><!><li>茶<!></li><!></ul>";
        assert_eq!(within_islands_alone(page), "<ul><li>茶</li></ul>");
    }

    #[test]
    fn an_island_keeps_its_markers_and_those_of_the_islands_in_it() {
        let island = "leptos-island a=\"1\">b<!><leptos-island>c<!></leptos-island><!></";
        let page = format!("<p>leptos-island<!></p><{island}leptos-island><!>d<leptos-island>e<!></leptos-island><!>");
        assert_eq!(within_islands_alone(&page), format!("<p>leptos-island</p><{island}leptos-island>d<leptos-island>e<!></leptos-island>"));
    }
}
