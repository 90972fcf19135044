//! What an engine says when the statement is not to blame: it cannot do now what it can do later.

use std::{fmt, io};

/// Why the database does not do its part. All of it passes, or is mended outside; the same request may be sent again then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    DiskFull,
    /// It can be reached, and does not take or give what it is asked for.
    DiskFails,
    ReadOnly,
    /// Somebody else holds what the statement needs, for longer than one waits.
    Locked,
    /// Too many want something of it at once.
    Overloaded,
    /// It is not there, or going away.
    Unreachable,
}

impl Trouble {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is open: later versions of the library add errors")]
    pub fn of(error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::PoolTimedOut => Some(Self::Overloaded),
            // The writer's own word for it.
            sqlx::Error::Io(error) if error.kind() == io::ErrorKind::WouldBlock => Some(Self::Locked),
            // A connection that is cut off in the middle of an answer is a breach of protocol.
            sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => {
                Some(Self::Unreachable)
            }
            sqlx::Error::Database(error) => error.code().and_then(|code| Self::of_code(&code)),
            _ => None,
        }
    }

    /// PostgreSQL's codes have five letters, SQLite's are numbers of which the lowest byte says what it is.
    fn of_code(code: &str) -> Option<Self> {
        if code.len() == 5 {
            return Self::of_postgres(code);
        }
        Self::of_sqlite(code.parse::<u32>().ok()? & 0xff)
    }

    fn of_sqlite(code: u32) -> Option<Self> {
        match code {
            // BUSY, LOCKED, PROTOCOL: the lock of a file in the end.
            5 | 6 | 15 => Some(Self::Locked),
            // NOMEM, INTERRUPT
            7 | 9 => Some(Self::Overloaded),
            8 => Some(Self::ReadOnly),
            // IOERR, CANTOPEN
            10 | 14 => Some(Self::DiskFails),
            13 => Some(Self::DiskFull),
            _ => None,
        }
    }

    fn of_postgres(code: &str) -> Option<Self> {
        match code {
            "25006" => Some(Self::ReadOnly),
            "53100" => Some(Self::DiskFull),
            // Lock not available, deadlock, serialisation, a statement that was cancelled.
            "55P03" | "40P01" | "40001" | "57014" => Some(Self::Locked),
            // It lets nobody in: no such database or role (any more), a wrong password.
            "3D000" => Some(Self::Unreachable),
            _ => match &code[..2] {
                "53" => Some(Self::Overloaded),
                // Its system.
                "58" => Some(Self::DiskFails),
                // A statement of ours that is wrong.
                _ if code == "08P01" => None,
                // Connections, log-ins, an operator's intervention.
                "08" | "28" | "57" => Some(Self::Unreachable),
                _ => None,
            },
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DiskFull => "the disk is full",
            Self::DiskFails => "the disk fails",
            Self::ReadOnly => "the database is read-only",
            Self::Locked => "the database is locked",
            Self::Overloaded => "the database has too much to do",
            Self::Unreachable => "the database does not answer",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_engines_are_told_apart() {
        for (code, trouble) in [
            ("13", Some(Trouble::DiskFull)),
            ("5", Some(Trouble::Locked)),
            ("517", Some(Trouble::Locked)),
            ("1032", Some(Trouble::ReadOnly)),
            ("778", Some(Trouble::DiskFails)),
            ("4874", Some(Trouble::DiskFails)),
            ("2067", None),
            ("275", None),
            ("53100", Some(Trouble::DiskFull)),
            ("53300", Some(Trouble::Overloaded)),
            ("57P03", Some(Trouble::Unreachable)),
            ("08006", Some(Trouble::Unreachable)),
            ("08P01", None),
            ("25006", Some(Trouble::ReadOnly)),
            ("55P03", Some(Trouble::Locked)),
            ("23505", None),
            ("42P01", None),
            ("", None),
        ] {
            assert_eq!(Trouble::of_code(code), trouble, "{code}");
        }
    }
}
