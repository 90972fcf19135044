select s.id, s.shop_id,
    'sellable ' || s.sellable || ', reserved ' || s.reserved || ', defective ' || s.defective as kept,
    'sellable ' || coalesce(m.sellable, 0) || ', reserved ' || coalesce(m.reserved, 0) || ', defective '
        || coalesce(m.defective, 0) as summed
from skus s
left join (
    select sku_id, sum(sellable) as sellable, sum(reserved) as reserved, sum(defective) as defective
    from stock_moves
    group by sku_id
) m on m.sku_id = s.id
where s.sellable <> coalesce(m.sellable, 0) or s.reserved <> coalesce(m.reserved, 0)
    or s.defective <> coalesce(m.defective, 0)
