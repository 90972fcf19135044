//! Stock: what lies on the shelf, what is promised, and what moved for each line.

use super::{CheckedTable, Invariant};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "stock is the sum of its movements",
        words: "每个规格的可售、占用和残次库存，等于各自变动之和",
        reads: &[CheckedTable::Skus, CheckedTable::StockMoves],
        differing: include_str!("stock/shelves.sql"),
    },
    Invariant {
        name: "stock set aside is what open orders wait for",
        words: "每个规格的占用库存，等于未发完的订单所要的件数",
        reads: &[CheckedTable::Skus, CheckedTable::Lines, CheckedTable::Orders],
        differing: include_str!("stock/promised.sql"),
    },
    Invariant {
        name: "units of a line moved as the line says, and no more came back than left",
        words: "每行的占用、已发与库存变动一致，退回的不多于发出的",
        reads: &[CheckedTable::Lines, CheckedTable::Orders, CheckedTable::StockMoves],
        differing: include_str!("stock/units_of_lines.sql"),
    },
];
