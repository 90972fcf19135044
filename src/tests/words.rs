//! Rust as words and signs: comments, strings and letters are left out.

/// Names, `::`, and every other sign by itself.
pub fn words(code: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let (length, counts) = match first {
            '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), false),
            ':' if rest.starts_with("::") => (2, true),
            '"' => (string(rest), false),
            'r' if raw_string(rest).is_some() => (raw_string(rest).unwrap_or_default(), false),
            '\'' => (letter(rest), false),
            first if is_of_name(first) => (rest.find(|sign| !is_of_name(sign)).unwrap_or(rest.len()), true),
            first => (first.len_utf8(), !first.is_whitespace()),
        };
        let (word, more) = rest.split_at(length);
        if counts {
            words.push(word);
        }
        rest = more;
    }
    words
}

fn is_of_name(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// The length of the string that begins here.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, sign)| {
        let ends = *sign == '"' && !escaped;
        escaped = *sign == '\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |(end, _)| end + 1)
}

/// Likewise of `r"…"` and `r#"…"#`.
fn raw_string(rest: &str) -> Option<usize> {
    let inner = rest[1..].trim_start_matches('#').strip_prefix('"')?;
    let begin = rest.len() - inner.len();
    let end = format!("\"{}", "#".repeat(begin - 2));
    Some(inner.find(&end).map_or(rest.len(), |at| begin + at + end.len()))
}

/// Likewise of `'a'`; of a lifetime the tick alone.
fn letter(rest: &str) -> usize {
    let mut signs = rest.char_indices().skip(1);
    match (signs.next(), signs.next()) {
        (Some((_, '\\')), Some((escaped, sign))) => {
            let behind = escaped + sign.len_utf8();
            rest[behind..].find('\'').map_or(rest.len(), |end| behind + end + 1)
        }
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 1,
    }
}
