select r.id
from reviews r
where r.shop_id = $1 and r.rating = $4 and r.id < $2 and ($4 = 0 or r.rating = $4)
    and ($5 = 0 or ($5 = 1 and r.hidden_at is null) or ($5 = 2 and r.hidden_at is not null))
    and (
        $6 = '' or substr(lower(r.buyer_name), 1, length($6)) = lower($6)
        or (
            $7 <> ''
            and (
                select 1 from products p where p.id = r.product_id and lower(p.title) like lower($7) escape '!'
            ) is not null
        )
    )
order by r.id desc limit $3
