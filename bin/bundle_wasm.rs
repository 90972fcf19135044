//! Turns the WASM that cargo made of the islands into what a browser loads: `target/pkg/NAME.js` and `NAME_bg.wasm`.
//! usage: bundle-wasm NAME

use std::path::Path;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

const WASM: &str = "target/wasm32-unknown-unknown/wasm/guitu.wasm";
const PACKAGE: &str = "target/pkg";

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_else(|| "guitu".to_owned());
    let made = bundle(Path::new(env!("CARGO_MANIFEST_DIR")), &name);
    if let Err(reason) = &made {
        eprintln!("{WASM}: {reason}");
    }
    if made.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn bundle(root: &Path, name: &str) -> Result<(), Box<dyn std::error::Error>> {
    Bindgen::new()
        .input_path(root.join(WASM))
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(root.join(PACKAGE))?;
    let script = root.join(PACKAGE).join(format!("{name}.js"));
    std::fs::write(&script, bare(&std::fs::read_to_string(&script)?))?;
    Ok(())
}

/// The script without comments and indentation, which are a quarter of what wasm-bindgen writes. It writes each comment on lines of its own,
/// and no string over several lines.
fn bare(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    kept
}
