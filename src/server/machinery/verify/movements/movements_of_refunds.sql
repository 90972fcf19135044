select r.id, r.shop_id, r.status || ' ' || r.amount_minor as kept,
    coalesce(e.times, 0) || ' movements of ' || coalesce(e.amount, 0) as summed
from refunds r
left join (
    select refund_id, sum(amount_minor) as amount, count(*) as times
    from money_events
    where refund_id is not null
    group by refund_id
) e on e.refund_id = r.id
where case when r.status = 'succeeded' then r.amount_minor else 0 end <> coalesce(e.amount, 0)
    or case when r.status = 'succeeded' then 1 else 0 end <> coalesce(e.times, 0)
