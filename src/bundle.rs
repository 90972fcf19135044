//! Turns the WASM that cargo made of the islands into what a browser loads: `target/pkg/guitu.js` and `guitu_bg.wasm`.

use std::path::Path;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

const WASM: &str = "target/wasm32-unknown-unknown/wasm/guitu.wasm";
const PACKAGE: &str = "target/pkg";

fn main() -> ExitCode {
    let made = bundle(Path::new(env!("CARGO_MANIFEST_DIR")));
    if let Err(reason) = &made {
        eprintln!("{WASM}: {reason}");
    }
    if made.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn bundle(root: &Path) -> Result<(), Box<dyn std::error::Error>> {
    Bindgen::new()
        .input_path(root.join(WASM))
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(root.join(PACKAGE))?;
    Ok(())
}
