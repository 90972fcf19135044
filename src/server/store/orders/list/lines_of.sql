select l.order_id, l.id, l.title, l.spec, l.picture, l.unit_price_minor, l.quantity, l.refunded_minor,
    a.number as case_number, a.status as case_status, a.kind as case_kind, a.amount_minor as case_amount_minor,
    a.due_at as case_due_at
from order_lines l
left join after_sales a on a.id = (
    select max(i.after_sale_id) from after_sale_items i where i.order_line_id = l.id and i.quantity > 0
)
where l.order_id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
order by l.order_id desc, l.id
