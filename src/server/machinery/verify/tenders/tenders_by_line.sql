select p.id, p.shop_id, p.status || ' ' || p.amount_minor as kept, 'lines ' || coalesce(t.paid, 0) as summed
from payments p
left join (
    select payment_id, sum(paid_minor) as paid from line_tenders group by payment_id
) t on t.payment_id = p.id
where case when p.status = 'succeeded' then p.amount_minor else 0 end <> coalesce(t.paid, 0)
