select o.id, o.shop_id,
    'paid ' || o.paid_minor || ', held '
        || case when o.status = 'pending_payment' then o.held_minor else 0 end as kept,
    'paid ' || coalesce(p.paid, 0) || ', held ' || coalesce(p.held, 0) as summed
from orders o
left join (
    select order_id, sum(case when status = 'succeeded' then amount_minor else 0 end) as paid,
        sum(case when status = 'held' then amount_minor else 0 end) as held
    from payments
    group by order_id
) p on p.order_id = o.id
where o.paid_minor <> coalesce(p.paid, 0)
    or case when o.status = 'pending_payment' then o.held_minor else 0 end <> coalesce(p.held, 0)
