-- The sums (+ 0) are those of newest_called.sql; here nothing is faster or slower by them.
select found.id
from (
    select a.id, a.due_at
    from after_sales a
    where a.number = $13 and a.shop_id + 0 = $1 and a.id + 0 < $2 and a.id + 0 >= $4 and a.id + 0 < $5
        and ($6 = '' or a.status in ($6, $7, $8, $9)) and ($10 = '' or a.kind = $10)
        and ($11 = '' or a.stage in ($11, $12))
    union
    select a.id, a.due_at
    from orders o
    join after_sales a on a.order_id = o.id
    where o.number = $14 and a.shop_id + 0 = $1 and a.id + 0 < $2 and a.id + 0 >= $4 and a.id + 0 < $5
        and ($6 = '' or a.status in ($6, $7, $8, $9)) and ($10 = '' or a.kind = $10)
        and ($11 = '' or a.stage in ($11, $12))
) found
order by found.id desc limit $3
