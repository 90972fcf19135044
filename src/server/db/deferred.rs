//! Statements flushed together before COMMIT: SQLite hears them as one text, for each that is sent alone is a change of threads.

use super::Conn;
use crate::server::error::Result;
use sqlx::any::AnyArguments;
use sqlx::{Any, Arguments, Encode, Type};
use std::fmt::Write;

/// A statement with its values, whose answer nobody needs.
#[must_use = "nothing is written until a transaction is told of it"]
pub struct DeferredStatement {
    text: &'static str,
    values: sqlx::Result<AnyArguments>,
}

impl DeferredStatement {
    pub fn new(text: &'static str) -> Self {
        Self { text, values: Ok(AnyArguments::default()) }
    }

    /// The value of the next `$n`.
    pub fn bind<'v, T: Encode<'v, Any> + Type<Any>>(mut self, value: T) -> Self {
        if let Ok(values) = &mut self.values
            && let Err(error) = values.add(value)
        {
            self.values = Err(sqlx::Error::Encode(error));
        }
        self
    }

    /// At once, for those whose refusal says something.
    pub async fn now(self, conn: &mut Conn) -> Result<()> {
        sqlx::query_with(self.text, self.values?).execute(conn).await?;
        Ok(())
    }
}

/// One text, in which each statement's values are counted on from those before.
pub(super) fn at_once(statements: Vec<DeferredStatement>) -> sqlx::Result<(String, AnyArguments)> {
    let (mut all, mut values) = (String::new(), AnyArguments::default());
    for DeferredStatement { text, values: more } in statements {
        let (before, more) = (values.len(), more?);
        let mut pieces = text.split('$');
        all.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
            let nth: usize = piece[..digits].parse().unwrap_or_default();
            // Into a string.
            let _ = write!(all, "${}{}", before + nth, &piece[digits..]);
        }
        all.push(';');
        values.values.0.extend(more.values.0);
    }
    Ok((all, values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_on() {
        let statements = vec![
            DeferredStatement::new("insert into a values ($1, $2, $1)").bind(1_i64).bind("x"),
            DeferredStatement::new("delete from b where c = $2 and d = $1").bind(None::<i64>).bind(2_i64),
        ];
        let (text, values) = at_once(statements).unwrap();
        assert_eq!(text, "insert into a values ($1, $2, $1);delete from b where c = $4 and d = $3;");
        assert_eq!(values.len(), 4);
    }
}
