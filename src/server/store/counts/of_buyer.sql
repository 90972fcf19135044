select
    (select count(*) from (select 1 as one from orders
        where buyer_id = $1 and status = 'pending_payment' limit $2) as few) as to_pay,
    (select count(*) from (select 1 as one from orders
        where buyer_id = $1 and status in ('awaiting_shipment', 'partially_shipped') limit $2) as few) as to_ship,
    (select count(*) from (select 1 as one from orders
        where buyer_id = $1 and status = 'awaiting_receipt' limit $2) as few) as to_receive,
    (select count(*) from (select 1 as one from orders
        where buyer_id = $1 and status = 'completed' and unreviewed > 0 limit $2) as few) as to_review,
    (select count(*) from (select 1 as one from after_sales
        where buyer_id = $1 and status not in ('succeeded', 'closed') limit $2) as few) as after_sales,
    (select count(*) from (select 1 as one from messages where buyer_id = $1 and read_at is null limit $2) as few) as messages
