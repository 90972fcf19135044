select p.id, p.shop_id, p.status || ' ' || p.amount_minor as kept,
    'the gateway took ' || coalesce(a.told_minor, a.amount_minor) as summed
from payment_anomalies a
join payments p on p.id = a.payment_id
where a.kind in ('amount_differs', 'callback_missing') and a.refund_id is null and a.resolved_at is not null
    and coalesce(a.told_currency, 'CNY') = 'CNY' and coalesce(a.told_minor, a.amount_minor) > 0
    and (
        p.status not in ('succeeded', 'held', 'surplus')
        or p.amount_minor not in (a.amount_minor, coalesce(a.told_minor, a.amount_minor))
    )
