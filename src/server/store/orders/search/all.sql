select o.id
from orders o
where o.shop_id = $1 and o.id < $2 and o.id >= $4 and ($5 = '' or o.status in ($5, $6))
    and ($7 = '' or o.flag = $7)
    and (
        $8 = '' or substr(lower(o.buyer_name), 1, length($8)) = lower($8) or o.recipient = $8
        or (
            $9 <> ''
            and (
                select 1
                from order_lines l
                where l.order_id = o.id
                    and (
                        select lower(p.title) from products p where p.id = l.product_id
                    ) like lower($9) escape '!'
                limit 1
            ) is not null
        )
    )
order by o.id desc limit $3
