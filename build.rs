//! Gathers what the server sends beside its pages (styles, pictures, the browser part) into one table of embedded files.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "ssr")]
    assets::gather().expect("what is sent beside the pages can be read and pressed");
}

#[cfg(feature = "ssr")]
#[path = "src/gather.rs"]
mod assets;
