select p.id, p.shop_id, p.status || ' ' || p.amount_minor || ', refunded ' || p.refunded_minor as kept,
    'arrived ' || coalesce(r.arrived, 0) || ' of ' || coalesce(r.begun, 0) as summed
from payments p
left join (
    select payment_id, sum(case when status = 'succeeded' then amount_minor else 0 end) as arrived,
        sum(amount_minor) as begun
    from refunds
    group by payment_id
) r on r.payment_id = p.id
where p.refunded_minor <> coalesce(r.arrived, 0) or coalesce(r.begun, 0) > p.amount_minor
    or (p.status = 'surplus' and coalesce(r.begun, 0) <> p.amount_minor)
    or (p.status in ('pending', 'held', 'void') and coalesce(r.begun, 0) <> 0)
