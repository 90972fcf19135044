select r.id, r.shop_id, 'amount ' || r.amount_minor as kept, 'lines ' || coalesce(l.amount, 0) as summed
from refunds r
left join (
    select refund_id, sum(amount_minor) as amount from refund_lines group by refund_id
) l on l.refund_id = r.id
where case when r.after_sale_id is null then 0 else r.amount_minor end <> coalesce(l.amount, 0)
