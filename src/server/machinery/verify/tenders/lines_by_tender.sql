select l.id, l.shop_id, 'paid ' || l.paid_minor as kept, 'tenders ' || coalesce(t.paid, 0) as summed
from order_lines l
left join (
    select order_line_id, sum(paid_minor) as paid from line_tenders group by order_line_id
) t on t.order_line_id = l.id
where l.paid_minor <> coalesce(t.paid, 0)
