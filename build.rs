//! Gathers what the server sends beside its pages (styles, pictures, the browser part) into one table of embedded files.

use std::io::Result;

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "ssr")]
    assets::gather()?;
    Ok(())
}

#[cfg(feature = "ssr")]
#[path = "src/gather.rs"]
mod assets;
