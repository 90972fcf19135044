//! Our own sources, read as text by the tests about them.

use std::path::Path;

/// A file of ours.
pub struct Source {
    /// Below the project: `src/server/db/mod.rs`.
    pub path: String,
    pub text: String,
}

impl Source {
    /// Without its unit tests and its comments.
    pub fn code(&self) -> String {
        let tested = self.text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let comment = if self.is_sql() { "--" } else { "//" };
        let lines = tested.lines().filter(|line| !line.trim_start().starts_with(comment));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Is it one statement, and no Rust?
    pub fn is_sql(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == "sql")
    }
}

/// Every file of Rust or SQL below a folder of the project, or the one file of this name.
pub fn below(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(&root.join(folder), &mut |path| {
        let text = std::fs::read_to_string(path).expect("a source");
        let path = path.strip_prefix(root).expect("below the project").display().to_string();
        found.push(Source { path, text });
    });
    assert!(!found.is_empty(), "there is nothing in {folder}");
    found
}

fn collect(path: &Path, found: &mut impl FnMut(&Path)) {
    if path.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        entries.sort();
        for entry in &entries {
            collect(entry, found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "sql") {
        found(path);
    }
}
