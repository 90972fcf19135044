insert into members (shop_id, buyer_id, name, phone, completed_orders, joined_at)
select o.shop_id, o.buyer_id, min(o.buyer_name), min(o.buyer_phone),
    sum(case when o.status = 'completed' then 1 else 0 end), min(o.placed_at)
from orders o
where true
group by o.shop_id, o.buyer_id
on conflict (shop_id, buyer_id) do update set completed_orders = excluded.completed_orders
