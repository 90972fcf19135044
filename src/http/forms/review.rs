//! What a buyer says of the lines of an order.

use crate::domain::review::NewReview;
use crate::domain::{FieldErrors, OrderLineId, Parsed, text};
use crate::http::form::Form;
use crate::server::goods::reviews::{LineReview, field};

/// Reads every line with anything said of it, and each field that has to be mended; lines that are left empty can be reviewed later.
pub fn reviews(form: &Form) -> Parsed<Vec<LineReview>> {
    let (mut said, mut errors) = (Vec::new(), FieldErrors::default());
    for parsed in lines(form).into_iter().filter_map(|line| of_line(form, line)) {
        match parsed {
            Ok(review) => said.push(review),
            Err(wrong) => errors.0.extend(wrong.0),
        }
    }
    if errors.is_empty() { Ok(said) } else { Err(errors) }
}

/// Reads `rating_{line}`, `words_{line}` and `pictures_{line}`, and `anonymous` for all of them; `None` if nothing is said of the line.
pub fn of_line(form: &Form, line: OrderLineId) -> Option<Parsed<LineReview>> {
    let (rating, words, pictures) =
        (form.get(&field("rating", line)), form.get(&field("words", line)), form.files(&field("pictures", line)));
    if rating.is_empty() && text::is_blank(words) && pictures.is_empty() {
        return None;
    }
    let beside = |wrong: FieldErrors| FieldErrors(wrong.0.into_iter().map(|(name, words)| (field(&name, line), words)).collect());
    let review = NewReview::parse(rating, words, form.has("anonymous")).map_err(beside);
    Some(review.map(|review| LineReview { line, review, pictures }))
}

/// The lines that the form names, in its order.
fn lines(form: &Form) -> Vec<OrderLineId> {
    let names = form.fields().iter().map(|(name, _)| name.as_str()).chain(form.file_fields());
    let mut lines = Vec::new();
    for name in names {
        let id = ["rating_", "words_", "pictures_"].iter().find_map(|prefix| name.strip_prefix(prefix)?.parse().ok());
        if let Some(line) = id.map(OrderLineId)
            && !lines.contains(&line)
        {
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_in_the_forms_order_and_empty_ones_left_out() {
        let mut form = Form::of(&[("rating_8", "5"), ("words_8", ""), ("words_7", " "), ("rating_9", "4"), ("words_9", "好")]);
        form.set("anonymous", "1");
        let said = reviews(&form).expect("complete");
        assert_eq!(said.iter().map(|one| (one.line.0, one.review.rating)).collect::<Vec<_>>(), [(8, 5), (9, 4)]);
        assert!(said.iter().all(|one| one.review.anonymous));
    }

    #[test]
    fn words_and_pictures_ask_for_stars() {
        let mut form = Form::of(&[("words_7", "好")]);
        form.attach("pictures_8", "a picture");
        assert_eq!(reviews(&form).err().unwrap_or_default().fields(), ["rating_7", "rating_8"]);
    }
}
