//! What ends a command before its time.

/// Why a command could not be carried out, in words for the one who gave it.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;
