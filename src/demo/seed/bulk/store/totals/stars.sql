update products
set review_count = r.reviews, review_stars = r.stars
from (
    select product_id, count(*) as reviews, cast(sum(rating) as bigint) as stars
    from reviews
    group by product_id
) r
where r.product_id = products.id
