//! After-sales: what they set aside and give back, on the lines, on the orders and by their refunds (M3, M4).

use super::{Invariant, Table};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "M3 what is set aside and given back of a line belongs to cases",
        words: "每行预留和已退的金额、件数、运费，等于各售后单之和",
        reads: &[Table::Lines, Table::Cases, Table::Items],
        differing: "select l.id, l.shop_id,
                'aside ' || l.reserved_minor || ' of ' || l.reserved_quantity || ' units, refunded ' || l.refunded_minor || ' of '
                    || l.refunded_quantity || ' units, freight ' || l.freight_claimed_minor as kept,
                'aside ' || coalesce(c.aside, 0) || ' of ' || coalesce(c.units_aside, 0) || ' units, refunded ' || coalesce(c.back, 0) || ' of '
                    || coalesce(c.units_back, 0) || ' units, freight ' || coalesce(c.freight, 0) as summed
            from order_lines l left join (
                select i.order_line_id,
                    sum(case when a.status in ('succeeded', 'closed') then 0 else i.goods_minor + i.freight_minor end) as aside,
                    sum(case when a.status in ('succeeded', 'closed') then 0 else i.quantity end) as units_aside,
                    sum(case when a.status = 'succeeded' and a.kind <> 'exchange' then i.goods_minor + i.freight_minor else 0 end) as back,
                    sum(case when a.status = 'succeeded' and a.kind <> 'exchange' then i.settles else 0 end) as units_back,
                    sum(case when a.status = 'closed' or (a.status = 'succeeded' and a.kind = 'exchange') then 0 else i.freight_minor end) as freight
                from after_sale_items i join after_sales a on a.id = i.after_sale_id group by i.order_line_id) c on c.order_line_id = l.id
            where l.reserved_minor <> coalesce(c.aside, 0) or l.reserved_quantity <> coalesce(c.units_aside, 0)
                or l.refunded_minor <> coalesce(c.back, 0) or l.refunded_quantity <> coalesce(c.units_back, 0)
                or l.freight_claimed_minor <> coalesce(c.freight, 0)",
    },
    Invariant {
        name: "M4 the cases of an order are what it gave back, and the open ones are counted",
        words: "订单已退的金额等于成功的售后之和，处理中的售后数正确",
        reads: &[Table::Orders, Table::Cases],
        differing: "select o.id, o.shop_id, 'refunded ' || o.refunded_minor || ', open cases ' || o.open_cases as kept,
                'refunded ' || coalesce(a.back, 0) || ', open cases ' || coalesce(a.open, 0) as summed
            from orders o left join (
                select order_id, sum(case when status = 'succeeded' and kind <> 'exchange' then amount_minor else 0 end) as back,
                    sum(case when status in ('succeeded', 'closed') then 0 else 1 end) as open
                from after_sales group by order_id) a on a.order_id = o.id
            where o.refunded_minor <> coalesce(a.back, 0) or o.open_cases <> coalesce(a.open, 0)",
    },
    Invariant {
        name: "M4 a case asks for what its lines do, and gives back what its refunds were",
        words: "售后单的金额等于各行之和，成功的售后等于到账的退款之和",
        reads: &[Table::Cases, Table::Items, Table::Refunds],
        differing: "select a.id, a.shop_id, 'amount ' || a.amount_minor as kept,
                'lines ' || coalesce(i.amount, 0) || ', arrived ' || coalesce(r.amount, 0) as summed
            from after_sales a
            left join (select after_sale_id, sum(goods_minor + freight_minor) as amount from after_sale_items group by after_sale_id) i
                on i.after_sale_id = a.id
            left join (select after_sale_id, sum(amount_minor) as amount from refunds where status = 'succeeded' and after_sale_id is not null
                group by after_sale_id) r on r.after_sale_id = a.id
            where a.amount_minor <> coalesce(i.amount, 0)
                or (a.status = 'succeeded' and a.kind <> 'exchange' and a.amount_minor <> coalesce(r.amount, 0))",
    },
];
