//! Gathers what the server sends beside its pages (styles, pictures, the browser part) into one table of embedded files.

#[cfg(feature = "ssr")]
mod assets;
#[cfg(feature = "ssr")]
mod styles;

fn main() {
    println!("cargo::rerun-if-changed=build");
    #[cfg(feature = "ssr")]
    assets::gather().expect("what is sent beside the pages can be read and pressed");
}
