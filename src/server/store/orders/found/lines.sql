select l.*, cast(coalesce(c.holding, 0) as bigint) as holding,
    cast(coalesce(c.undecided, 0) as bigint) as undecided_quantity
from order_lines l
left join (
    select i.order_line_id,
        sum(case when a.status in ('rejected', 'return_rejected') then 0 else 1 end) as holding,
        sum(case when a.status in ('refunding', 'refund_failed') then 0 else i.quantity end) as undecided
    from after_sales a
    join after_sale_items i on i.after_sale_id = a.id
    where a.order_id = $1 and a.status not in ('succeeded', 'closed') and i.quantity > 0
    group by i.order_line_id
) c on c.order_line_id = l.id
where l.order_id = $1
order by l.id
