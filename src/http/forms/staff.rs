//! The forms of 「员工」.

use crate::domain::{FieldErrors, Parsed, Role};
use crate::http::form::Form;

/// Reads `role`.
pub fn role(form: &Form) -> Parsed<Role> {
    Role::from_code(form.get("role")).ok_or_else(|| FieldErrors::one("role", "请选择角色"))
}
