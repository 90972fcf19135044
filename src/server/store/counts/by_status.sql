select
    (select count(*) from (select 1 as one from orders where shop_id = $1 and status = 'pending_payment' limit $2) as few),
    (select count(*) from (select 1 as one from orders
        where shop_id = $1 and status in ('awaiting_shipment', 'partially_shipped') limit $2) as few),
    (select count(*) from (select 1 as one from orders where shop_id = $1 and status = 'awaiting_receipt' limit $2) as few),
    (select count(*) from (select 1 as one from orders where shop_id = $1 and status = 'completed' limit $2) as few),
    (select count(*) from (select 1 as one from orders where shop_id = $1 and status = 'closed' limit $2) as few)
