//! A code to scan, as an SVG: dark on white in every theme, for cameras read nothing else reliably.

use fast_qr::{ECL, QRBuilder};
use leptos::prelude::*;
use std::fmt::Write;

/// Modules of white around it, as the standard wants.
const QUIET: usize = 4;

/// `None` for a text that no code holds.
pub(super) fn draw(text: &str) -> Option<impl IntoView + use<>> {
    let (size, dark) = modules(text)?;
    let whole = size + 2 * QUIET;
    let view_box = format!("0 0 {whole} {whole}");
    Some(view! {
        <svg class="scan__code" viewBox=view_box role="img" aria-label="付款二维码" shape-rendering="crispEdges">
            <rect width=whole height=whole fill="#fff"/>
            <path d=dark fill="#000"/>
        </svg>
    })
}

/// How many modules wide, and the dark ones as one path, run by run.
fn modules(text: &str) -> Option<(usize, String)> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        let is_dark = |column: usize| code[row][column].value();
        let mut column = 0;
        while column < code.size {
            let run = (column..code.size).take_while(|column| is_dark(*column)).count();
            if run > 0 {
                write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET).ok()?;
            }
            column += run.max(1);
        }
    }
    Some((code.size, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners() {
        let (size, path) = modules("weixin://wxpay/bizpayurl?pr=AbCdEf1zz").unwrap_or_default();
        assert_eq!(size, 29, "version 3");
        for corner in ["M4 4h7v1h-7z", "M26 4h7v1h-7z", "M4 26h7v1h-7z"] {
            assert!(path.contains(corner), "{corner} in {path}");
        }
    }

    #[test]
    fn no_code_holds_a_book() {
        assert!(modules(&"书".repeat(2_000)).is_none());
    }
}
