//! What people read of what happened, drawn from facts for whoever reads: the buyer as 您, a role without money no amount.

mod amounts;
pub mod done;
mod notices;
mod sentences;
mod told;

pub use amounts::Amounts;
pub use notices::{NoticeSubject, NoticeWords, notice};
pub use told::to_buyer;

use crate::domain::happening::Happening;
use crate::domain::{Granted, SeeMoney};
use chrono_tz::Tz;
use sentences::{Person, Voice};

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    Buyer,
    /// With the proof that they see amounts, if they do.
    Staff(Option<Granted<SeeMoney>>),
}

impl Viewer {
    fn amounts(self) -> Amounts {
        match self {
            Self::Buyer => Amounts::Shown,
            Self::Staff(granted) => Amounts::of(granted),
        }
    }
}

/// The line of a timeline.
pub fn sentence(happening: &Happening, viewer: Viewer, zone: Tz) -> String {
    let person = match viewer {
        Viewer::Buyer => Person::Addressed,
        Viewer::Staff(_) => Person::Named,
    };
    Voice { person, amounts: viewer.amounts(), zone }.sentence(happening)
}

/// The same as a deed, after 「… 已于 10:20 处理：」: to the staff as on their timeline, to a buyer without 买家 before it.
pub fn deed(happening: &Happening, viewer: Viewer, zone: Tz) -> String {
    let person = match viewer {
        Viewer::Buyer => Person::Left,
        Viewer::Staff(_) => Person::Named,
    };
    Voice { person, amounts: viewer.amounts(), zone }.sentence(happening)
}
