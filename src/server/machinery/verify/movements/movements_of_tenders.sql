select p.id, p.shop_id, p.status || ' ' || p.amount_minor as kept,
    coalesce(e.times, 0) || ' movements of ' || coalesce(e.amount, 0) as summed
from payments p
left join (
    select payment_id, sum(amount_minor) as amount, count(*) as times
    from money_events
    where refund_id is null and payment_id is not null
    group by payment_id
) e on e.payment_id = p.id
where case when p.status in ('succeeded', 'surplus', 'held') then -p.amount_minor
    else 0 end <> coalesce(e.amount, 0)
    or coalesce(e.times, 0) not in (
        case when p.status in ('succeeded', 'surplus', 'held') then 1 else 0 end,
        case when p.status in ('succeeded', 'surplus', 'held') then 1 when p.status = 'void' then 2 else 0 end
    )
