//! What our sources name: their `use` trees and paths, followed to the file that defines the thing.

use crate::sources::Source;
use crate::words::words;
use std::collections::{BTreeMap, BTreeSet};

/// A file names things of another: both files, and the things.
pub type Edges = BTreeMap<(String, String), BTreeSet<String>>;

/// The modules of a crate by their paths: `server::orders`, and the root without a name.
pub struct Crate {
    modules: BTreeMap<String, Module>,
}

#[derive(Default)]
struct Module {
    file: String,
    defined: BTreeSet<String>,
    imports: Vec<Import>,
    /// Paths of two words and more outside of imports.
    paths: Vec<Vec<String>>,
}

/// One leaf of a `use` tree, and the name that it has here; `*` for all of a module.
struct Import {
    path: Vec<String>,
    name: String,
}

/// What a path leads to: a module, or an item of one.
enum Target {
    Module(String),
    Item(String),
}

impl Target {
    fn module(self) -> String {
        match self {
            Self::Module(module) | Self::Item(module) => module,
        }
    }
}

impl Crate {
    /// Reads the files below `src/`. What a macro defines counts as the module's that is asked for it.
    pub fn of(sources: &[Source]) -> Self {
        let modules = sources.iter().map(|source| (module_name(&source.path), Module::read(source))).collect();
        Self { modules }
    }

    /// Which file names things that another one defines, without parents and children.
    pub fn edges(&self) -> Edges {
        let mut edges = Edges::new();
        for (from, module) in &self.modules {
            let imported = module.imports.iter().filter_map(|import| Some((&import.path, self.imported(from, &import.path)?)));
            let written = module.paths.iter().filter_map(|path| Some((path, self.followed(from, path, &mut BTreeSet::new())?.module())));
            for (path, to) in imported.chain(written).filter(|(_, to)| !is_within(to, from) && !is_within(from, to)) {
                edges.entry((module.file.clone(), self.modules[&to].file.clone())).or_default().insert(path.join("::"));
            }
        }
        edges
    }

    /// The paths that a file writes out, from the root: `server::orders::Payment`.
    pub fn named_by(&self, file: &str) -> BTreeSet<String> {
        let from = module_name(file);
        let module = &self.modules[&from];
        let mut named = BTreeSet::new();
        for path in module.imports.iter().map(|import| &import.path).chain(&module.paths) {
            let import = module.imports.iter().find(|import| import.name == path[0]);
            let whole = import.map_or(path.clone(), |import| [&import.path[..], &path[1..]].concat());
            if let Some((start, rest)) = self.begun(&from, &whole) {
                named.insert(rest.iter().fold(start, |path, name| joined(&path, name)));
            }
        }
        named
    }

    /// The module that defines what is imported. That of a module which is imported by name counts where something of it is named.
    fn imported(&self, from: &str, path: &[String]) -> Option<String> {
        let (last, all_of) = path.split_last()?;
        if last == "*" {
            return Some(self.followed(from, all_of, &mut BTreeSet::new())?.module());
        }
        match self.followed(from, path, &mut BTreeSet::new())? {
            Target::Item(module) => Some(module),
            Target::Module(_) => None,
        }
    }

    fn followed(&self, from: &str, path: &[String], seen: &mut BTreeSet<(String, String)>) -> Option<Target> {
        let (mut at, rest) = match self.begun(from, path) {
            Some(begun) => begun,
            None => match self.found(from, path.first()?, seen)? {
                Target::Module(module) => (module, &path[1..]),
                item @ Target::Item(_) => return Some(item),
            },
        };
        for name in rest {
            match self.found(&at, name, seen) {
                Some(Target::Module(module)) => at = module,
                Some(item) => return Some(item),
                None => return self.modules.contains_key(&at).then_some(Target::Item(at)),
            }
        }
        Some(Target::Module(at))
    }

    /// The module that a path starts at, and the path from there; `None` for a name that the file has imported, and for foreign crates.
    fn begun<'a>(&self, from: &str, path: &'a [String]) -> Option<(String, &'a [String])> {
        match path.first()?.as_str() {
            "crate" => Some((String::new(), &path[1..])),
            "self" => Some((from.to_owned(), &path[1..])),
            "super" => {
                let up = path.iter().take_while(|name| *name == "super").count();
                Some(((0..up).fold(from.to_owned(), |module, _| parent(&module)), &path[up..]))
            }
            child => self.modules.contains_key(&joined(from, child)).then(|| (from.to_owned(), path)),
        }
    }

    /// What a name means within a module, behind whatever it is imported from.
    fn found(&self, at: &str, name: &str, seen: &mut BTreeSet<(String, String)>) -> Option<Target> {
        let child = joined(at, name);
        if self.modules.contains_key(&child) {
            return Some(Target::Module(child));
        }
        let module = self.modules.get(at)?;
        if !seen.insert((at.to_owned(), name.to_owned())) {
            return None;
        }
        if module.defined.contains(name) {
            return Some(Target::Item(at.to_owned()));
        }
        let mut by_name = module.imports.iter().filter(|import| import.name == name);
        by_name.find_map(|import| self.followed(at, &import.path, seen)).or_else(|| {
            let mut all = module.imports.iter().filter(|import| import.name == "*");
            all.find_map(|import| match self.followed(at, &import.path[..import.path.len() - 1], seen)? {
                Target::Module(module) => self.found(&module, name, seen),
                Target::Item(_) => None,
            })
        })
    }
}

impl Module {
    fn read(source: &Source) -> Self {
        let code = source.code();
        let words = words(&code);
        let at = |place: usize| words.get(place).copied().unwrap_or_default();
        let mut module = Self { file: source.path.clone(), ..Self::default() };
        let mut place = 0;
        while place < words.len() {
            let behind = [place.checked_sub(2), place.checked_sub(1)].map(|place| place.map_or("", at));
            match at(place) {
                // `use<>` says what an opaque type holds on to.
                "use" if at(place + 1) != "<" => place = module.import(&words, place + 1, &[]),
                "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "mod" => {
                    module.defined.insert(at(place + 1).to_owned());
                }
                first if is_name(first) && at(place + 1) == "::" && ![".", "::"].contains(&behind[1]) && behind != ["(", "in"] => {
                    let mut path = vec![first.to_owned()];
                    while at(place + 1) == "::" && is_name(at(place + 2)) {
                        path.push(at(place + 2).to_owned());
                        place += 2;
                    }
                    module.paths.push(path);
                }
                _ => {}
            }
            place += 1;
        }
        module.paths.retain(|path| path.len() > 1);
        module
    }

    /// Reads one branch of a `use` tree; the place of the sign that ends it.
    fn import(&mut self, words: &[&str], mut place: usize, trunk: &[String]) -> usize {
        let (mut path, mut name, mut is_empty) = (trunk.to_vec(), None, true);
        while let Some(word) = words.get(place) {
            match *word {
                "{" => loop {
                    place = self.import(words, place + 1, &path);
                    if words.get(place) != Some(&",") {
                        return place + 1;
                    }
                },
                "as" => {
                    place += 1;
                    name = words.get(place).map(|name| (*name).to_owned());
                }
                "," | "}" | ";" => break,
                "::" => {}
                "self" if !path.is_empty() => is_empty = false,
                word => {
                    path.push(word.to_owned());
                    is_empty = false;
                }
            }
            place += 1;
        }
        if let Some(last) = path.last().cloned().filter(|_| !is_empty) {
            self.imports.push(Import { name: name.unwrap_or(last), path });
        }
        place
    }
}

/// `server::orders` of `src/server/orders.rs` and of `src/server/orders/mod.rs`.
fn module_name(file: &str) -> String {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    if path == "lib" { String::new() } else { path.replace('/', "::") }
}

fn joined(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

fn parent(module: &str) -> String {
    module.rsplit_once("::").map_or_else(String::new, |(parent, _)| parent.to_owned())
}

fn is_within(module: &str, outer: &str) -> bool {
    module == outer || outer.is_empty() || module.strip_prefix(outer).is_some_and(|rest| rest.starts_with("::"))
}

fn is_name(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}
