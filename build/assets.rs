//! The files beside the pages, each whole, in brotli and in gzip, as a table in Rust.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Result, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::styles;

const STYLE_SHEETS: [&str; 2] = ["buyer.css", "merchant.css"];
const PACKAGE: &str = "target/pkg";
const BROWSER_PART: [&str; 4] = ["guitu.js", "guitu_bg.wasm", "guitu-light.js", "guitu-light_bg.wasm"];

pub fn gather() -> Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    // Cargo takes a watched path that is missing for one that has changed.
    fs::create_dir_all(root.join(PACKAGE))?;
    for watched in ["style", "public", PACKAGE] {
        println!("cargo::rerun-if-changed={watched}");
    }

    let mut files = BTreeMap::new();
    for name in STYLE_SHEETS {
        let bundled = out.join(name);
        fs::write(&bundled, styles::bundled(&root.join("style").join(name))?)?;
        files.insert(name.to_owned(), bundled);
    }
    for name in BROWSER_PART {
        // Copied, so that the table stays whole while the next browser part is being made. Absent, its pages work as plain forms.
        let bundled = out.join(name);
        if fs::copy(root.join(PACKAGE).join(name), &bundled).is_ok() {
            files.insert(name.to_owned(), bundled);
        }
    }
    add_folder(&root.join("public"), "", &mut files)?;
    fs::write(out.join("assets.rs"), table(&files, &out)?)
}

fn add_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, PathBuf>) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            add_folder(&path, &format!("{name}/"), files)?;
        } else {
            files.insert(name, path);
        }
    }
    Ok(())
}

/// `&[Asset { name, url, content_type, bytes, brotli, gzip }, …]`, in the order of the names.
fn table(files: &BTreeMap<String, PathBuf>, out: &Path) -> Result<String> {
    let mut code = String::from("&[\n");
    for (name, path) in files {
        let bytes = fs::read(path)?;
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let (hash, (stem, ending)) = (hasher.finish(), name.rsplit_once('.').unwrap_or((name, "")));
        let (url, content_type) = (format!("/assets/{stem}-{hash:016x}.{ending}"), content_type(ending));
        let pressed = out.join(format!("{hash:016x}"));
        let brotli = kept_if_smaller(&bytes, brotli(&bytes)?, &pressed.with_extension("br"))?;
        let gzip = kept_if_smaller(&bytes, gzip(&bytes)?, &pressed.with_extension("gz"))?;
        let _ = writeln!(
            code,
            "Asset {{ name: {name:?}, url: {url:?}, content_type: {content_type:?}, bytes: {bytes}, brotli: {brotli}, gzip: {gzip} }},",
            bytes = included(path)
        );
    }
    code.push_str("]\n");
    Ok(code)
}

/// Where the pressed file lies, if pressing was worth it, in Rust: photographs are as small as they get.
fn kept_if_smaller(bytes: &[u8], pressed: Vec<u8>, path: &Path) -> Result<String> {
    if pressed.len() >= bytes.len() {
        return Ok("None".to_owned());
    }
    fs::write(path, pressed)?;
    Ok(format!("Some({})", included(path)))
}

fn included(path: &Path) -> String {
    format!("include_bytes!({:?})", path.to_string_lossy())
}

fn brotli(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: 11, size_hint: bytes.len(), ..Default::default() };
    let mut pressed = Vec::with_capacity(bytes.len() / 2);
    brotli::BrotliCompress(&mut bytes, &mut pressed, &params)?;
    Ok(pressed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut pressing = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::best());
    pressing.write_all(bytes)?;
    pressing.finish()
}

fn content_type(ending: &str) -> &'static str {
    match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "webmanifest" | "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
