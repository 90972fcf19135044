update products
set sold = l.sold
from (select product_id, cast(sum(shipped_quantity) as bigint) as sold from order_lines group by product_id) l
where l.product_id = products.id
