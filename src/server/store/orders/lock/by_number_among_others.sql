select o.*, s.name as shop_name, s.phone as shop_phone, s.time_zone, s.policy
from orders o
join shops s on s.id = o.shop_id
where o.number = $1 and ($2 = 0 or o.buyer_id = $2) and ($3 = 0 or o.shop_id = $3)
for update of o
