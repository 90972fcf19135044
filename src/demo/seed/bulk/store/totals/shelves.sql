update skus
set sellable = m.sellable, reserved = m.reserved, defective = m.defective
from (
    select sku_id, cast(sum(sellable) as bigint) as sellable, cast(sum(reserved) as bigint) as reserved,
        cast(sum(defective) as bigint) as defective
    from stock_moves
    group by sku_id
) m
where m.sku_id = skus.id
