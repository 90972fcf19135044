select c.quantity, s.id, s.product_id, s.shop_id, h.name as shop_name, p.title, s.spec, p.picture,
    s.price_minor, s.sellable, p.listed_at
from cart_items c
join skus s on s.id = c.sku_id
join products p on p.id = s.product_id
join shops h on h.id = s.shop_id
where c.buyer_id = $1 and s.shop_id = $2
order by s.shop_id, c.added_at desc, s.id
