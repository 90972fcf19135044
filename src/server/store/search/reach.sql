-- members_by_beginning is an index over (shop_id + 0).
select
    (
        select count(*)
        from (
            select buyer_id
            from members
            where shop_id + 0 = $1 and substr(lower(name), 1, 1) = lower($2)
            union all
            select buyer_id
            from members
            where shop_id + 0 = $1 and substr(lower(name), 1, 1) = substr(lower($2), 1, 1)
                and substr(lower(name), 1, 2) = substr(lower($2), 1, 2) and length($2) > 1
                and substr(lower(name), 1, length($2)) = lower($2)
            limit $4
        ) m
    ) as members,
    (
        select count(*)
        from (select id from products where shop_id = $1 and lower(title) like lower($3) escape '!' limit $5) p
    ) as products,
    (
        select count(*)
        from (
            select l.id
            from products p
            join order_lines l on l.product_id = p.id and l.applications > 0
            where p.shop_id = $1 and lower(p.title) like lower($3) escape '!'
            limit $6
        ) c
    ) as cased_lines
