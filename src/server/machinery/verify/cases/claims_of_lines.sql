select l.id, l.shop_id,
    'aside ' || l.reserved_minor || ' of ' || l.reserved_quantity || ' units, refunded ' || l.refunded_minor
        || ' of ' || l.refunded_quantity || ' units, freight ' || l.freight_claimed_minor as kept,
    'aside ' || coalesce(c.aside, 0) || ' of ' || coalesce(c.units_aside, 0) || ' units, refunded '
        || coalesce(c.back, 0) || ' of ' || coalesce(c.units_back, 0) || ' units, freight '
        || coalesce(c.freight, 0) as summed
from order_lines l
left join (
    select i.order_line_id,
        sum(
            case when a.status in ('succeeded', 'closed') then 0 else i.goods_minor + i.freight_minor end
        ) as aside,
        sum(case when a.status in ('succeeded', 'closed') then 0 else i.quantity end) as units_aside,
        sum(
            case when a.status = 'succeeded' and a.kind <> 'exchange' then i.goods_minor + i.freight_minor
                else 0 end
        ) as back,
        sum(case when a.status = 'succeeded' and a.kind <> 'exchange' then i.settles else 0 end) as units_back,
        sum(
            case when a.status = 'closed' or (a.status = 'succeeded' and a.kind = 'exchange') then 0
                else i.freight_minor end
        ) as freight
    from after_sale_items i
    join after_sales a on a.id = i.after_sale_id
    group by i.order_line_id
) c on c.order_line_id = l.id
where l.reserved_minor <> coalesce(c.aside, 0) or l.reserved_quantity <> coalesce(c.units_aside, 0)
    or l.refunded_minor <> coalesce(c.back, 0) or l.refunded_quantity <> coalesce(c.units_back, 0)
    or l.freight_claimed_minor <> coalesce(c.freight, 0)
