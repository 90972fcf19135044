select a.id, a.number, a.kind, a.status, a.stage, a.reason, a.amount_minor, a.due_at, a.overdue_at,
    a.applied_at, o.number as order_number, s.name as shop_name, o.buyer_name, o.buyer_phone, o.paid_minor,
    o.flag, o.shop_remark, l.title, l.spec, l.picture, i.quantity,
    cast((
        select count(*) from after_sale_items n where n.after_sale_id = a.id and n.quantity > 0
    ) as bigint) as items
from after_sales a
join orders o on o.id = a.order_id
join shops s on s.id = a.shop_id
join after_sale_items i on i.after_sale_id = a.id and i.order_line_id = (
    select min(f.order_line_id) from after_sale_items f where f.after_sale_id = a.id and f.quantity > 0
)
join order_lines l on l.id = i.order_line_id
where a.buyer_id = $1 and a.status in ('succeeded', 'closed') and a.id < $2
order by a.id desc limit $3
