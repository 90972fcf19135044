select l.id, l.shop_id,
    'waiting '
        || case when o.status = 'closed' and o.paid_at is null then 0
            else l.quantity - l.shipped_quantity - l.cancelled_quantity end
        || ', shipped ' || l.shipped_quantity as kept,
    'waiting ' || coalesce(m.waiting, 0) || ', shipped ' || coalesce(m.shipped, 0) || ', replaced '
        || coalesce(m.replaced, 0) || ', returned ' || coalesce(m.returned, 0) as summed
from order_lines l
join orders o on o.id = l.order_id
left join (
    select order_line_id, sum(reserved) as waiting,
        sum(case when cause = 'shipped' then -reserved else 0 end) as shipped,
        sum(case when cause = 'replaced' then -sellable else 0 end) as replaced,
        sum(case when cause = 'returned' then sellable + defective else 0 end) as returned
    from stock_moves
    where order_line_id is not null
    group by order_line_id
) m on m.order_line_id = l.id
where case when o.status = 'closed' and o.paid_at is null then 0
    else l.quantity - l.shipped_quantity - l.cancelled_quantity end <> coalesce(m.waiting, 0)
    or l.shipped_quantity <> coalesce(m.shipped, 0)
    or coalesce(m.returned, 0) > l.shipped_quantity + coalesce(m.replaced, 0)
