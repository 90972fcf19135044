//! A style sheet as it is served: with its imports in one file, without comments and spaces. What is no CSS stops the build.

use std::fs;
use std::io::{Error, Result};
use std::path::Path;

use lightningcss::stylesheet::{ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Features, Targets};

/// The sheet at `path`, bundled and minified.
pub fn bundled(path: &Path) -> Result<String> {
    let whole = with_imports(path)?;
    let sheet = StyleSheet::parse(&whole, ParserOptions::default()).map_err(|error| {
        let line = error.loc.as_ref().and_then(|loc| whole.lines().nth(loc.line as usize)).unwrap_or_default();
        Error::other(format!("{}: {} in {line:?}", path.display(), error.kind))
    })?;
    // Written as it stands but for (width >= 1px), which the printer would make of (min-width: 1px) and older browsers that know layers do not read.
    let targets = Targets { include: Features::MediaRangeSyntax, ..Targets::default() };
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() });
    Ok(printed.map_err(Error::other)?.code)
}

/// The text of a style sheet with every `@import "file" layer(name);` replaced by that file. The crate's own bundler brings threads and source maps
/// along, which cost ten seconds of a first build.
fn with_imports(path: &Path) -> Result<String> {
    let mut whole = String::new();
    for line in fs::read_to_string(path)?.lines() {
        let Some(import) = line.trim().strip_prefix("@import ") else {
            whole.push_str(line);
            whole.push('\n');
            continue;
        };
        let name = import.split(['"', '\'']).nth(1).unwrap_or_default();
        let imported = with_imports(&path.with_file_name("").join(name))?;
        match import.split_once("layer(").and_then(|(_, rest)| rest.split_once(')')) {
            Some((layer, _)) => whole.extend(["@layer ", layer, " {\n", &imported, "}\n"]),
            None => whole.push_str(&imported),
        }
    }
    Ok(whole)
}
