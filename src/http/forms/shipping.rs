//! The parcels as the form names them: `carrier_0`, `tracking_0`, `quantity_0_{line}`, and so on; indexes may have gaps.

use crate::domain::order::ParcelPlan;
use crate::domain::{FieldErrors, OrderLineId, Parcel, Parsed};
use crate::http::form::Form;
use crate::server::orders::ShopLine;

/// Parcels of one shipment.
pub const MOST: u32 = 9;

/// The name of a quantity.
pub fn quantity(index: impl std::fmt::Display, line: ShopLine<'_>) -> String {
    format!("quantity_{index}_{}", line.id.0)
}

/// Which parcels the form has; an empty form begins with one.
pub fn indexes(form: &Form) -> Vec<u32> {
    // A question that was answered makes no parcel: its own may be gone.
    let parcels = form.fields().iter().filter(|(name, _)| !name.starts_with("confirmed_"));
    let mut indexes: Vec<u32> = parcels.filter_map(|(name, _)| index_of(name)).collect();
    indexes.sort_unstable();
    indexes.dedup();
    indexes.truncate(MOST as usize);
    if indexes.is_empty() { vec![0] } else { indexes }
}

fn index_of(name: &str) -> Option<u32> {
    let rest = ["carrier_", "tracking_", "quantity_", "confirmed_"].iter().find_map(|prefix| name.strip_prefix(prefix))?;
    let index: u32 = rest.split('_').next()?.parse().ok()?;
    (index < 1_000).then_some(index)
}

/// 「添加包裹」, 「删除包裹」 or Enter in a field was pressed without scripts: the form with one more or one less, otherwise as it was typed.
pub fn redrawn(form: &Form) -> Option<Form> {
    let indexes = indexes(form);
    if form.has("stay") {
        return Some(without(form, &[]));
    }
    if form.has("add_parcel") {
        let mut form = without(form, &[]);
        if indexes.len() < MOST as usize {
            let next = indexes.last().map_or(0, |last| last + 1);
            form.set(&format!("carrier_{next}"), "");
        }
        return Some(form);
    }
    let removed: u32 = form.get("remove_parcel").parse().ok()?;
    Some(if indexes.len() > 1 { without(form, &[removed]) } else { without(form, &[]) })
}

fn without(form: &Form, parcels: &[u32]) -> Form {
    let mut kept = Form::default();
    for (name, value) in form.fields() {
        let pressed = matches!(name.as_str(), "add_parcel" | "remove_parcel" | "stay");
        if !pressed && !index_of(name).is_some_and(|index| parcels.contains(&index)) {
            kept.add(name, value.clone());
        }
    }
    kept
}

/// Reads every parcel; what is missing is said beside its field.
fn parse(form: &Form) -> Parsed<Vec<ParcelPlan>> {
    let mut errors = FieldErrors::default();
    let mut plans = Vec::new();
    for index in indexes(form) {
        match parcel(form, index) {
            Ok(parcel) => plans.push(ParcelPlan { parcel, units: Vec::new() }),
            Err(wrong) => wrong.0.into_iter().for_each(|(field, words)| errors.add(&format!("{field}_{index}"), words)),
        }
        let units = form.numbers(&format!("quantity_{index}_"));
        let first = units.first().map(|(line, _)| format!("quantity_{index}_{line}"));
        if let Some((line, _)) = units.iter().find(|(_, units)| units.is_none_or(|units| units < 0)) {
            errors.add(&format!("quantity_{index}_{line}"), "数量请填写整数，不发的商品填 0");
        } else if units.iter().all(|(_, units)| *units == Some(0)) {
            errors.add(first.as_deref().unwrap_or_default(), "请填写这个包裹里的商品数量");
        }
        if let Some(plan) = plans.last_mut() {
            plan.units = units.into_iter().filter_map(|(line, units)| Some((OrderLineId(line), units?))).collect();
        }
    }
    if errors.is_empty() { Ok(plans) } else { Err(errors) }
}

/// Parcels whose numbers look right or were confirmed.
pub fn confirmed(form: &Form) -> Parsed<Vec<ParcelPlan>> {
    let parcels = parse(form)?;
    let asked = asked_about(form);
    if asked.is_empty() { Ok(parcels) } else { Err(asked) }
}

/// Numbers that do not look like their courier's are asked about once, each beside its field.
fn asked_about(form: &Form) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for index in indexes(form) {
        let words = parcel(form, index).ok().and_then(|parcel| parcel.ask(form.get(&format!("confirmed_{index}"))));
        if let Some(words) = words {
            errors.add(&format!("tracking_{index}"), words);
        }
    }
    errors
}

/// The parcel of this index, if its number is an odd one.
pub fn in_doubt(form: &Form, index: impl std::fmt::Display) -> Option<String> {
    let parcel = parcel(form, index).ok()?;
    parcel.doubt().map(|_| parcel.show())
}

fn parcel(form: &Form, index: impl std::fmt::Display) -> Parsed<Parcel> {
    Parcel::parse(form.get(&format!("carrier_{index}")), form.get(&format!("tracking_{index}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: [(&str, &str); 3] = [("carrier_0", "sf"), ("tracking_0", "SF1234567890123"), ("quantity_0_7", "2")];

    #[test]
    fn parcels_are_read_by_their_index_with_gaps() {
        let mut form = Form::of(&ONE);
        for (name, value) in [("carrier_3", "yto"), ("tracking_3", "YT1234567890123"), ("quantity_3_7", "1"), ("quantity_3_8", "")] {
            form.add(name, value);
        }
        let plans = parse(&form).unwrap();
        assert_eq!(plans[1].units, [(OrderLineId(7), 1), (OrderLineId(8), 0)]);
        assert_eq!((plans.len(), plans[0].parcel.carrier.as_str()), (2, "sf"));
    }

    #[test]
    fn what_is_missing_is_said_beside_its_field() {
        let errors = parse(&Form::of(&[("carrier_0", ""), ("quantity_0_7", "x"), ("tracking_1", "1"), ("quantity_1_7", "0")]))
            .err()
            .unwrap_or_default();
        assert_eq!(errors.fields(), ["carrier_0", "tracking_0", "quantity_0_7", "carrier_1", "tracking_1", "quantity_1_7"]);
    }

    #[test]
    fn an_odd_number_is_asked_about_until_it_is_confirmed() {
        let mut form = Form::of(&ONE);
        assert!(asked_about(&form).is_empty());
        form.set("tracking_0", "1234567890");
        assert_eq!(asked_about(&form).fields(), ["tracking_0"]);
        form.set("confirmed_0", in_doubt(&form, 0).unwrap_or_default());
        assert!(asked_about(&form).is_empty());
        form.set("tracking_0", "1234567899");
        assert_eq!(asked_about(&form).fields(), ["tracking_0"]);
    }

    #[test]
    fn a_parcel_more_or_less_keeps_what_was_typed() {
        let mut form = Form::of(&ONE);
        form.set("add_parcel", "1");
        let mut more = redrawn(&form).unwrap();
        assert_eq!((indexes(&more), more.get("tracking_0")), (vec![0, 1], "SF1234567890123"));
        more.set("remove_parcel", "1");
        assert_eq!(redrawn(&more).map(|less| indexes(&less)), Some(vec![0]));
        let mut entered = Form::of(&ONE);
        entered.set("stay", "1");
        assert_eq!(redrawn(&entered).map(|same| same.fields().to_vec()), Some(Form::of(&ONE).fields().to_vec()));
        assert_eq!(redrawn(&Form::of(&ONE)).map(|form| indexes(&form)), None);
    }
}
