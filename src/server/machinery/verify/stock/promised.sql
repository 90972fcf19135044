select s.id, s.shop_id, 'reserved ' || s.reserved as kept, 'orders ' || coalesce(l.units, 0) as summed
from skus s
left join (
    select l.sku_id, sum(l.quantity - l.shipped_quantity - l.cancelled_quantity) as units
    from order_lines l
    join orders o on o.id = l.order_id
    where o.status in ('pending_payment', 'awaiting_shipment', 'partially_shipped')
    group by l.sku_id
) l on l.sku_id = s.id
where s.reserved <> coalesce(l.units, 0)
