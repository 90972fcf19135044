-- The sums (+ 0) keep the primary key from leading: 0.05 ms instead of 1.9 on PostgreSQL with 200,000 orders.
select cast(count(*) as bigint)
from (
    select 1 as one
    from after_sales a
    where a.shop_id = $1 and a.status = 'applied' and a.kind = $2 and ($3 = '' or a.stage in ($3, $4))
        and (a.due_at > $5 or (a.due_at = $5 and a.id > $6)) and a.id + 0 >= $7 and a.id + 0 < $8
    limit $9
) as few
