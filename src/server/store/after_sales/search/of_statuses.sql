select found.id
from (
    select id
    from (
        select a.id
        from after_sales a
        where a.status = $6 and a.shop_id = $1 and a.id < $2 and a.id >= $4 and a.id < $5
            and ($10 = '' or a.kind = $10) and ($11 = '' or a.stage in ($11, $12))
            and (
                $13 = ''
                or (
                    select 1
                    from orders o
                    where o.id = a.order_id and substr(lower(o.buyer_name), 1, length($13)) = lower($13)
                ) is not null
                or (
                    $14 <> ''
                    and (
                        select 1
                        from after_sale_items i
                        where i.after_sale_id = a.id and i.quantity > 0
                            and (
                                select lower(p.title)
                                from order_lines l
                                join products p on p.id = l.product_id
                                where l.id = i.order_line_id
                            ) like lower($14) escape '!'
                        limit 1
                    ) is not null
                )
            )
        order by a.id desc limit $3
    ) w
    union
    select id
    from (
        select a.id
        from after_sales a
        where a.status = $7 and a.shop_id = $1 and a.id < $2 and a.id >= $4 and a.id < $5
            and ($10 = '' or a.kind = $10) and ($11 = '' or a.stage in ($11, $12))
            and (
                $13 = ''
                or (
                    select 1
                    from orders o
                    where o.id = a.order_id and substr(lower(o.buyer_name), 1, length($13)) = lower($13)
                ) is not null
                or (
                    $14 <> ''
                    and (
                        select 1
                        from after_sale_items i
                        where i.after_sale_id = a.id and i.quantity > 0
                            and (
                                select lower(p.title)
                                from order_lines l
                                join products p on p.id = l.product_id
                                where l.id = i.order_line_id
                            ) like lower($14) escape '!'
                        limit 1
                    ) is not null
                )
            )
        order by a.id desc limit $3
    ) x
    union
    select id
    from (
        select a.id
        from after_sales a
        where a.status = $8 and a.shop_id = $1 and a.id < $2 and a.id >= $4 and a.id < $5
            and ($10 = '' or a.kind = $10) and ($11 = '' or a.stage in ($11, $12))
            and (
                $13 = ''
                or (
                    select 1
                    from orders o
                    where o.id = a.order_id and substr(lower(o.buyer_name), 1, length($13)) = lower($13)
                ) is not null
                or (
                    $14 <> ''
                    and (
                        select 1
                        from after_sale_items i
                        where i.after_sale_id = a.id and i.quantity > 0
                            and (
                                select lower(p.title)
                                from order_lines l
                                join products p on p.id = l.product_id
                                where l.id = i.order_line_id
                            ) like lower($14) escape '!'
                        limit 1
                    ) is not null
                )
            )
        order by a.id desc limit $3
    ) y
    union
    select id
    from (
        select a.id
        from after_sales a
        where a.status = $9 and a.shop_id = $1 and a.id < $2 and a.id >= $4 and a.id < $5
            and ($10 = '' or a.kind = $10) and ($11 = '' or a.stage in ($11, $12))
            and (
                $13 = ''
                or (
                    select 1
                    from orders o
                    where o.id = a.order_id and substr(lower(o.buyer_name), 1, length($13)) = lower($13)
                ) is not null
                or (
                    $14 <> ''
                    and (
                        select 1
                        from after_sale_items i
                        where i.after_sale_id = a.id and i.quantity > 0
                            and (
                                select lower(p.title)
                                from order_lines l
                                join products p on p.id = l.product_id
                                where l.id = i.order_line_id
                            ) like lower($14) escape '!'
                        limit 1
                    ) is not null
                )
            )
        order by a.id desc limit $3
    ) z
) found
order by found.id desc limit $3
