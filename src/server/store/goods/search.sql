select p.id, p.title, p.picture, p.sold,
    coalesce((select min(s.price_minor) from skus s where s.product_id = p.id), 0) as price_minor,
    cast(coalesce((select sum(s.sellable) from skus s where s.product_id = p.id), 0) as bigint) as sellable
from products p
where p.listed_at is not null and p.id < $1 and lower(p.title) like lower($2) escape '!'
order by p.id desc limit $3
