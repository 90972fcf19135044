-- members_by_beginning is an index over (shop_id + 0): 1 ms instead of 2 on PostgreSQL with 200,000 orders.
-- An order has one bound alone from below, or the wrong one leads; its own shop_id + 0 was measured and changes nothing.
select found.id
from (
    select o.id
    from (
        select buyer_id
        from members
        where shop_id + 0 = $1 and substr(lower(name), 1, 1) = lower($8)
        union all
        select buyer_id
        from members
        where shop_id + 0 = $1 and substr(lower(name), 1, 1) = substr(lower($8), 1, 1)
            and substr(lower(name), 1, 2) = substr(lower($8), 1, 2) and length($8) > 1
            and substr(lower(name), 1, length($8)) = lower($8)
    ) m
    join orders o on o.buyer_id = m.buyer_id and o.id < $2 and o.id >= coalesce((
        select o.id
        from orders o
        where o.buyer_id = m.buyer_id and o.shop_id + 0 = $1 and o.id < $2 and o.id >= $4
            and ($5 = '' or o.status in ($5, $6)) and ($7 = '' or o.flag = $7)
        order by o.id desc limit 1 offset $3
    ), $4)
    where o.shop_id + 0 = $1 and ($5 = '' or o.status in ($5, $6)) and ($7 = '' or o.flag = $7)
    union
    select id
    from (
        select o.id
        from orders o
        where o.recipient = $8 and o.shop_id = $1 and o.id < $2 and o.id >= $4
            and ($5 = '' or o.status in ($5, $6)) and ($7 = '' or o.flag = $7)
        order by o.id desc limit $3
    ) r
    union
    select o.id
    from products p
    join order_lines l on l.product_id = p.id and l.order_id < $2 and l.order_id >= coalesce((
        select distinct l.order_id
        from order_lines l
        join orders o on o.id = l.order_id
        where l.product_id = p.id and l.order_id < $2 and l.order_id >= $4 and ($5 = '' or o.status in ($5, $6))
            and ($7 = '' or o.flag = $7)
        order by l.order_id desc limit 1 offset $3
    ), $4)
    join orders o on o.id = l.order_id
    where p.shop_id = $1 and lower(p.title) like lower($9) escape '!' and ($5 = '' or o.status in ($5, $6))
        and ($7 = '' or o.flag = $7)
) found
order by found.id desc limit $3
