//! How people are called and reached, as somebody may read it: in full with the proof, masked without.

use super::{Granted, Guarded, SeeContact};
use crate::domain::people::address::{Address, mask_name, mask_phone, mask_place};

/// A person by name and phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub phone: String,
}

/// Where something goes to, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownAddress {
    pub name: String,
    pub phone: String,
    pub place: String,
}

impl Guarded<Contact, SeeContact> {
    pub fn shown(&self, granted: Option<Granted<SeeContact>>) -> Contact {
        self.clone().open(granted).unwrap_or_else(|| self.masked())
    }

    /// `王**`, `138****8000`.
    pub fn masked(&self) -> Contact {
        Contact { name: mask_name(&self.content.name), phone: mask_phone(&self.content.phone) }
    }
}

impl Guarded<&Address, SeeContact> {
    pub fn shown(self, granted: Option<Granted<SeeContact>>) -> ShownAddress {
        let hidden = || {
            let to = self.content;
            ShownAddress { name: mask_name(&to.recipient), phone: mask_phone(&to.phone), place: mask_place(to) }
        };
        let whole = |to: &Address| ShownAddress { name: to.recipient.clone(), phone: to.phone_in_words(), place: to.place() };
        self.open(granted).map_or_else(hidden, whole)
    }
}

/// `王**` to those who do not see names in full.
pub fn shown_name(name: &str, granted: Option<Granted<SeeContact>>) -> String {
    if granted.is_some() { name.to_owned() } else { mask_name(name) }
}
