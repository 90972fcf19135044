//! What each form may hold: the names of its fields and files. A form that is sent by somebody who is not logged in is read by these rules alone,
//! and only routes that name files take large bodies. A test compares every form that a page draws with its row.

/// The form that is sent to one route.
#[derive(Debug, PartialEq, Eq)]
pub struct FormRule {
    /// As in the router, `*` for whatever stands in braces there.
    path: &'static str,
    /// Names, separated by spaces; `#` stands for a number: `quantity_#` is one of each line.
    fields: &'static str,
    /// The names of fields that hold files.
    files: &'static str,
    /// Sent by anybody; a log-in form carries another one along.
    open: bool,
}

/// Before the name of a field that a log-in form carries for the form that waits.
pub const CARRIED: &str = "field:";

/// What every form may hold: the key that makes sending it twice harmless, the version it was drawn from, and that it is not meant yet.
const EVERYWHERE: &str = "request_key version recount";

const fn form(path: &'static str, fields: &'static str) -> FormRule {
    FormRule { path, fields, files: "", open: false }
}

const fn with_files(path: &'static str, fields: &'static str, files: &'static str) -> FormRule {
    FormRule { path, fields, files, open: false }
}

const fn open(path: &'static str, fields: &'static str) -> FormRule {
    FormRule { path, fields, files: "", open: true }
}

const ADDRESS: &str = "recipient phone region detail default next";
const PARCEL: &str = "carrier tracking confirmed";
/// The filters of a list, which its dialogs carry along.
const REFUND_LIST: &str = "voucher consent before status q from until tender month to bank name account";
const CASE: &str = "dialog decision reject_reason return_address refuse_collect refund_freight voucher consent goods_not_back";

const PASSWORDS: &str = "username current_password new_password";
const SHOP_RULES: &str = "before exchange_before_receipt pay_minutes auto_receive_days after_sale_days answer_hours return_days receive_days no_reason_days \
    revise_days reship_hours replacement_days max_applications points_per_yuan service_refund_limit freight free_freight_from";

/// The rows; of two that fit, the first counts.
const FORMS: &[FormRule] = &[
    open("/login", "phone password next resume_to files_in begin"),
    open("/register", "phone name password next resume_to files_in begin"),
    open("/reset", "key username new_password"),
    open("/logout", ""),
    open("/theme", "theme"),
    form("/products/*", "sku quantity action"),
    form("/cart/*/quantity", "quantity_#"),
    form("/cart/*/remove", ""),
    form("/checkout", "shop sku quantity address remark points balance coupon expected"),
    form("/coupons/*/take", "product"),
    form("/me/addresses/new", ADDRESS),
    form("/me/addresses/*", ADDRESS),
    form("/me/addresses/*/default", ""),
    form("/me/addresses/*/remove", ""),
    form("/me/messages/read", "newest"),
    form("/me/close-account", "give_up understood current_password"),
    form("/me/security/password", PASSWORDS),
    form("/me/security/others", PASSWORDS),
    form("/orders/*/cancel", ""),
    form("/orders/*/receive", ""),
    form("/orders/*/buy-again", ""),
    form("/orders/*/pay", "tender"),
    with_files("/orders/*/review", "anonymous rating_# words_#", "pictures_#"),
    with_files("/orders/*/after-sale", "quantity_# kind reason amount fixed_amount note kept_evidence", "evidence"),
    with_files("/after-sales/*/revise", "quantity_# kind reason amount fixed_amount note kept_evidence", "evidence"),
    with_files("/after-sales/*/return", "carrier tracking confirmed kept_evidence", "evidence"),
    form("/after-sales/*/refund-account", "kind bank holder number"),
    form("/after-sales/*/withdraw", ""),
    form("/after-sales/*/confirm", ""),
    form("/after-sales/*/convert", ""),
    form("/after-sales/*/to-balance", ""),
    open("/merchant/login", "login password next resume_to files_in"),
    open("/merchant/logout", ""),
    form("/merchant/orders/*/price", "goods_change freight_change restated"),
    form("/merchant/orders/*/confirm-payment", "note"),
    form("/merchant/orders/*/close", "reason"),
    form("/merchant/orders/*/address", "recipient phone region detail"),
    form("/merchant/orders/*/ship", "carrier_# tracking_# confirmed_# quantity_#_# add_parcel remove_parcel stay"),
    form("/merchant/orders/*/receive", ""),
    form("/merchant/orders/*/remark", "flag shop_remark"),
    with_files("/merchant/after-sales/*/decide", CASE, "reject_evidence"),
    with_files("/merchant/after-sales/*/settle", CASE, "reject_evidence"),
    form("/merchant/after-sales/*/receive", "dialog good_# defective_# missing_#"),
    form("/merchant/after-sales/*/reship", PARCEL),
    form("/merchant/after-sales/*/retry", ""),
    form("/merchant/after-sales/*/refund-account", ""),
    form("/merchant/after-sales/*/remark", "flag shop_remark"),
    form("/merchant/batches", "decision case all queue q from until after"),
    form("/merchant/batches/*/start", "return_address reject_reason"),
    form("/merchant/batches/*/stop", ""),
    form("/merchant/batches/*/resume", ""),
    form("/merchant/batches/*/drop", ""),
    form("/merchant/coupons/new", "name kind threshold amount from until scope product copies copies_per_buyer open"),
    form("/merchant/coupons/*/give", "phone"),
    form("/merchant/coupons/*/give-all", ""),
    form("/merchant/coupons/*/end", ""),
    form("/merchant/ledger", ""),
    form("/merchant/members/*", "account direction amount reason"),
    form("/merchant/messages/read", "newest"),
    form("/merchant/payment-anomalies/*/query", "kind state before"),
    form("/merchant/payment-anomalies/*/refund", "kind state before"),
    form("/merchant/payment-anomalies/*/resolve", "note kind state before"),
    form("/merchant/payment-anomalies/*/decide", "decision voucher consent note kind state before"),
    with_files("/merchant/reconciliation", "channel day", "file"),
    form("/merchant/reconciliation/*/*/settle", "entry number note"),
    form("/merchant/refunds/*/settle", REFUND_LIST),
    form("/merchant/refunds/*/elsewhere", REFUND_LIST),
    form("/merchant/return-addresses/new", ADDRESS),
    form("/merchant/return-addresses/*", ADDRESS),
    form("/merchant/return-addresses/*/default", ""),
    form("/merchant/return-addresses/*/remove", ""),
    form("/merchant/reviews/*/reply", "reply"),
    form("/merchant/reviews/*/hide", "reason"),
    form("/merchant/reviews/*/show", ""),
    form("/merchant/settings/clocks", SHOP_RULES),
    form("/merchant/settings/staff/*/disable", ""),
    form("/merchant/settings/staff/*/enable", ""),
    form("/merchant/settings/staff/*/link", ""),
    form("/merchant/settings/staff/*/role", "role"),
    form("/merchant/account/password", PASSWORDS),
    form("/merchant/account/others", PASSWORDS),
];

/// Where forms are answered where they stand, by server functions: behind it the address of the page without what it is about.
pub const IN_PLACE: &str = "/api/in-place";

/// The rule of the form that is sent to this path; what stands behind a `?` does not matter.
pub fn rule_of(path: &str) -> Option<&'static FormRule> {
    let path = path.split('?').next().unwrap_or_default();
    match path.strip_prefix(IN_PLACE) {
        Some(function) => FORMS.iter().find(|rule| rule.is_answered_by(function)),
        None => FORMS.iter().find(|rule| rule.is_for(path)),
    }
}

impl FormRule {
    fn is_for(&self, path: &str) -> bool {
        let mut asked = path.split('/');
        self.path.split('/').all(|own| asked.next().is_some_and(|part| own == part || (own == "*" && !part.is_empty())))
            && asked.next().is_none()
    }

    /// `/merchant/orders/price` answers what is sent to `/merchant/orders/*/price`.
    fn is_answered_by(&self, function: &str) -> bool {
        self.path.split_once("/*").is_some_and(|(before, behind)| function.strip_prefix(before) == Some(behind))
    }

    /// Where the form about `number` is sent; `None` where no such address can be.
    pub fn page_of(&self, number: &str) -> Option<String> {
        let fits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        fits.then(|| self.path.replacen('*', number, 1))
    }

    /// Is this the name of one of its fields?
    pub fn knows(&self, name: &str) -> bool {
        if self.open && name.starts_with(CARRIED) {
            return true;
        }
        [EVERYWHERE, self.fields].iter().flat_map(|names| names.split_whitespace()).any(|known| fits(known, name))
    }

    /// Is this the name of one of its fields for files?
    pub fn knows_file(&self, name: &str) -> bool {
        self.files.split_whitespace().any(|known| fits(known, name))
    }

    /// Is it for people who are not logged in?
    pub fn is_open(&self) -> bool {
        self.open
    }

    pub fn takes_files(&self) -> bool {
        !self.files.is_empty()
    }
}

/// `#` stands for a number.
fn fits(known: &str, name: &str) -> bool {
    let (mut known, mut name) = (known.split('_'), name.split('_'));
    loop {
        match (known.next(), name.next()) {
            (None, None) => return true,
            (Some("#"), Some(number)) if is_number(number) => {}
            (Some(word), Some(part)) if word == part => {}
            _ => return false,
        }
    }
}

fn is_number(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_finds_its_rule_whatever_number_stands_in_it() {
        assert!(rule_of("/orders/G2611-1/after-sale?line=1").is_some_and(|rule| rule.knows_file("evidence")));
        assert!(rule_of("/me/addresses/7").is_some_and(|rule| rule.knows("region") && !rule.takes_files()));
        for nowhere in ["", "/", "/orders//pay", "/orders/G1/pay/more", "/orders/G1"] {
            assert_eq!(rule_of(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn a_field_is_known_by_its_name_and_a_number_in_it() {
        let ship = rule_of("/merchant/orders/G1/ship").unwrap();
        for known in ["carrier_0", "quantity_3_71", "request_key", "version"] {
            assert!(ship.knows(known), "{known}");
        }
        for unknown in ["", "a", "carrier", "carrier_", "carrier_x", "quantity_3", "quantity_3_7_1", "quantity_3_-7", "carrier_0\n"] {
            assert!(!ship.knows(unknown), "{unknown}");
        }
    }
}
