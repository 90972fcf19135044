select p.id, p.shop_id, 'surplus ' || p.amount_minor as kept, 'not listed' as summed
from payments p
left join payment_anomalies a on a.payment_id = p.id
    and a.kind in ('paid_after_closing', 'paid_twice', 'amount_differs', 'callback_missing')
where p.status = 'surplus' and a.id is null
union all
select a.id, a.shop_id, a.kind || ' is open' as kept, 'arrived ' || r.amount_minor as summed
from payment_anomalies a
join refunds r on r.id = a.refund_id
where a.resolved_at is null and r.status = 'succeeded'
