select o.id, o.shop_id, 'refunded ' || o.refunded_minor || ', open cases ' || o.open_cases as kept,
    'refunded ' || coalesce(a.back, 0) || ', open cases ' || coalesce(a.open, 0) as summed
from orders o
left join (
    select order_id,
        sum(case when status = 'succeeded' and kind <> 'exchange' then amount_minor else 0 end) as back,
        sum(case when status in ('succeeded', 'closed') then 0 else 1 end) as open
    from after_sales
    group by order_id
) a on a.order_id = o.id
where o.refunded_minor <> coalesce(a.back, 0) or o.open_cases <> coalesce(a.open, 0)
