//! Stock: what lies on the shelf, what is promised, and what moved for each line.

use super::{Invariant, Table};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "stock is the sum of its movements",
        words: "每个规格的可售、占用和残次库存，等于各自变动之和",
        reads: &[Table::Skus, Table::StockMoves],
        differing:
            "select s.id, s.shop_id, 'sellable ' || s.sellable || ', reserved ' || s.reserved || ', defective ' || s.defective as kept,
                'sellable ' || coalesce(m.sellable, 0) || ', reserved ' || coalesce(m.reserved, 0) || ', defective '
                    || coalesce(m.defective, 0) as summed
            from skus s left join (select sku_id, sum(sellable) as sellable, sum(reserved) as reserved, sum(defective) as defective
                from stock_moves group by sku_id) m on m.sku_id = s.id
            where s.sellable <> coalesce(m.sellable, 0) or s.reserved <> coalesce(m.reserved, 0) or s.defective <> coalesce(m.defective, 0)",
    },
    Invariant {
        name: "stock set aside is what open orders wait for",
        words: "每个规格的占用库存，等于未发完的订单所要的件数",
        reads: &[Table::Skus, Table::Lines, Table::Orders],
        differing: "select s.id, s.shop_id, 'reserved ' || s.reserved as kept, 'orders ' || coalesce(l.units, 0) as summed
            from skus s left join (
                select l.sku_id, sum(l.quantity - l.shipped_quantity - l.cancelled_quantity) as units
                from order_lines l join orders o on o.id = l.order_id
                where o.status in ('pending_payment', 'awaiting_shipment', 'partially_shipped')
                group by l.sku_id) l on l.sku_id = s.id
            where s.reserved <> coalesce(l.units, 0)",
    },
    Invariant {
        name: "units of a line moved as the line says, and no more came back than left",
        words: "每行的占用、已发与库存变动一致，退回的不多于发出的",
        reads: &[Table::Lines, Table::Orders, Table::StockMoves],
        differing: "select l.id, l.shop_id,
                'waiting ' || case when o.status = 'closed' and o.paid_at is null then 0
                    else l.quantity - l.shipped_quantity - l.cancelled_quantity end || ', shipped ' || l.shipped_quantity as kept,
                'waiting ' || coalesce(m.waiting, 0) || ', shipped ' || coalesce(m.shipped, 0) || ', replaced ' || coalesce(m.replaced, 0)
                    || ', returned ' || coalesce(m.returned, 0) as summed
            from order_lines l join orders o on o.id = l.order_id left join (
                select order_line_id, sum(reserved) as waiting, sum(case when cause = 'shipped' then -reserved else 0 end) as shipped,
                    sum(case when cause = 'replaced' then -sellable else 0 end) as replaced,
                    sum(case when cause = 'returned' then sellable + defective else 0 end) as returned
                from stock_moves where order_line_id is not null group by order_line_id) m on m.order_line_id = l.id
            where case when o.status = 'closed' and o.paid_at is null then 0
                    else l.quantity - l.shipped_quantity - l.cancelled_quantity end <> coalesce(m.waiting, 0)
                or l.shipped_quantity <> coalesce(m.shipped, 0)
                or coalesce(m.returned, 0) > l.shipped_quantity + coalesce(m.replaced, 0)",
    },
];
