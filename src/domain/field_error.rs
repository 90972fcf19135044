//! What is wrong with a form, field by field, in words that say what to do.

use super::text;

/// The value, or every field that has to be mended.
pub type Parsed<T> = Result<T, FieldErrors>;

/// Fields and the words beside them, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<(String, String)>);

impl FieldErrors {
    /// One field, one sentence.
    pub fn one(field: &str, words: impl Into<String>) -> Self {
        Self(vec![(field.to_owned(), words.into())])
    }

    pub fn add(&mut self, field: &str, words: impl Into<String>) {
        self.0.push((field.to_owned(), words.into()));
    }

    /// Keeps the value, or notes what is wrong with `field`.
    pub fn check<T>(&mut self, field: &str, parsed: Result<T, impl Into<String>>) -> Option<T> {
        parsed.map_err(|words| self.add(field, words)).ok()
    }

    /// The same of one line.
    pub fn line(&mut self, field: &str, typed: &str, least: usize, most: usize, missing: &str) -> Option<String> {
        self.text(field, &text::one_line(typed), least, most, missing)
    }

    /// A tidy text of at least `least` visible characters and at most `most` in all; `missing` is said when it is too short.
    pub fn text(&mut self, field: &str, typed: &str, least: usize, most: usize, missing: &str) -> Option<String> {
        let text = text::tidy(typed);
        if text::visible_length(&text) < least {
            self.add(field, missing);
            None
        } else if text.chars().count() > most {
            self.add(field, format!("最多 {most} 个字"));
            None
        } else {
            Some(text)
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of the fields.
    pub fn fields(&self) -> Vec<&str> {
        self.0.iter().map(|(field, _)| field.as_str()).collect()
    }

    /// The words beside `field`.
    pub fn of(&self, field: &str) -> Option<String> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, words)| words.clone())
    }
}
