select found.id
from (
    select id
    from (
        select o.id
        from orders o
        where substr(o.buyer_phone, length(o.buyer_phone) - 3) = $8 and ($9 = '' or o.buyer_phone = $9)
            and o.shop_id = $1 and o.id < $2 and o.id >= $4 and ($5 = '' or o.status in ($5, $6))
            and ($7 = '' or o.flag = $7)
        order by o.id desc limit $3
    ) b
    union
    select id
    from (
        select o.id
        from orders o
        where substr(o.recipient_phone, length(o.recipient_phone) - 3) = $8
            and ($9 = '' or o.recipient_phone = $9) and o.shop_id = $1 and o.id < $2 and o.id >= $4
            and ($5 = '' or o.status in ($5, $6)) and ($7 = '' or o.flag = $7)
        order by o.id desc limit $3
    ) r
) found
order by found.id desc limit $3
