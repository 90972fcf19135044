//! What people read of what happened: exactly these words, and nothing that a role may not see.

mod every;
mod hidden;
mod kept;
mod notices;
mod sentences;
