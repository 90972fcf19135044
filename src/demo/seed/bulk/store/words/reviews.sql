insert into reviews (
    id, shop_id, order_id, order_line_id, product_id, buyer_id, buyer_name, rating, words, pictures, at
)
select ((d.received_at + 86400000) << 20) + (l.id & 1048575), d.shop_id, d.id, l.id, l.product_id, d.buyer_id,
    d.name, d.stars, d.review, '[]', d.received_at + 86400000
from draft_line l
join draft d on d.id = l.order_id
where d.stars > 0
