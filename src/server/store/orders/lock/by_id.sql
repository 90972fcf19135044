select o.*, s.name as shop_name, s.phone as shop_phone, s.time_zone, s.policy
from orders o
join shops s on s.id = o.shop_id
where o.id = $1
