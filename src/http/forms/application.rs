//! What a buyer says of goods: the application for an after-sale, and how they go back.

use super::parcel::parcel;
use crate::domain::after_sale::AfterSaleRequest;
use crate::domain::{OrderLineId, Parsed};
use crate::http::form::Form;
use crate::server::after_sales::{Application, EVIDENCE, Evidence, ReturnShipment};

/// The keys of pictures that an earlier try has kept.
pub const KEPT_EVIDENCE: &str = "kept_evidence";

/// Reads `quantity_{line}`, `kind`, `reason`, `amount` and `note`, with the pictures beside them.
pub fn application(form: &Form) -> Parsed<Application> {
    let asked =
        AfterSaleRequest::parse(form.get("kind"), form.get("reason"), chosen(form), form.get("amount"), form.get("note"), Vec::new())?;
    Ok(Application { asked, evidence: evidence(form) })
}

/// Units of each line; `None`: what was typed is no number.
pub fn chosen(form: &Form) -> Vec<(OrderLineId, Option<i64>)> {
    form.numbers("quantity_").into_iter().map(|(id, units)| (OrderLineId(id), units)).collect()
}

/// Pictures: new ones, and those of an earlier try.
pub fn evidence(form: &Form) -> Evidence {
    Evidence { kept: form.all(KEPT_EVIDENCE).into_iter().map(str::to_owned).collect(), new: form.files(EVIDENCE) }
}

/// Reads `carrier` and `tracking`, with pictures of the waybill.
pub fn return_shipment(form: &Form) -> Parsed<ReturnShipment> {
    Ok(ReturnShipment { parcel: parcel(form)?, waybill: evidence(form) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: [(&str, &str); 3] = [("kind", "refund_only"), ("reason", "quality"), ("quantity_7", "2")];

    #[test]
    fn units_pictures_and_keys_are_read() {
        let mut form = Form::of(&ASKED);
        form.add("quantity_8", "两");
        form.add(KEPT_EVIDENCE, "a");
        form.attach(EVIDENCE, "a picture");
        let Application { asked, evidence } = application(&form).expect("complete");
        assert_eq!(asked.chosen, [(OrderLineId(7), Some(2)), (OrderLineId(8), None)]);
        assert_eq!((evidence.kept, evidence.new.len()), (vec!["a".to_owned()], 1));
    }

    #[test]
    fn what_is_missing_is_said_beside_its_field() {
        let missing = |form: &Form| application(form).err().unwrap_or_default().fields().join(" ");
        assert_eq!(missing(&Form::default()), "lines kind reason");
        assert_eq!(missing(&Form::of(&[ASKED[1], ASKED[2], ("amount", "ten")])), "kind amount");
    }
}
