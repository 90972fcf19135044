insert into order_lines (
    id, order_id, shop_id, product_id, sku_id, title, spec, picture, unit_price_minor, quantity, goods_minor,
    freight_minor, paid_minor, refunded_minor, reserved_minor, freight_claimed_minor, shipped_quantity,
    cancelled_quantity, refunded_quantity, reserved_quantity, applications, reviewed_at
)
select l.id, l.order_id, d.shop_id, l.product_id, l.sku_id, l.title, l.spec, l.picture, l.price, l.units,
    l.price * l.units, l.freight, case when d.paid_at is null then 0 else l.price * l.units + l.freight end,
    case when c.status = 'succeeded' and c.kind <> 'exchange' then l.price * l.units + l.freight * c.whole
        else 0 end,
    case when c.id is null or c.status in ('succeeded', 'closed') then 0
        else l.price * l.units + l.freight * c.whole end,
    case when c.status = 'closed' or (c.status = 'succeeded' and c.kind = 'exchange') then 0
        else coalesce(l.freight * c.whole, 0) end,
    case when l.nth <= d.sent then l.units else 0 end,
    case when d.close_reason = 'refunded_before_ship' then l.units else 0 end,
    case when c.status = 'succeeded' and c.kind <> 'exchange' then l.units else 0 end,
    case when c.id is null or c.status in ('succeeded', 'closed') then 0 else l.units end,
    case when c.id is null then 0 else 1 end, case when d.stars > 0 then d.received_at + 86400000 end
from draft_line l
join draft d on d.id = l.order_id
left join draft_case c on c.order_id = l.order_id and (c.whole = 1 or l.nth = 1)
