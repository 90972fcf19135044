select
    (select count(*) from (select 1 as one from after_sales
        where shop_id = $1 and status = 'applied' and kind = 'refund_only' and stage = 'unshipped' limit $2) as few),
    (select count(*) from (select 1 as one from after_sales
        where shop_id = $1 and status = 'applied' and kind = 'refund_only' and stage in ('in_transit', 'received') limit $2) as few),
    (select count(*) from (select 1 as one from after_sales
        where shop_id = $1 and status = 'applied' and kind = 'return_refund' limit $2) as few),
    (select count(*) from (select 1 as one from after_sales
        where shop_id = $1 and status = 'applied' and kind = 'exchange' limit $2) as few),
    (select count(*) from (select 1 as one from after_sales where shop_id = $1 and status = 'awaiting_return' limit $2) as few),
    (select count(*) from (select 1 as one from after_sales where shop_id = $1 and status = 'return_in_transit' limit $2) as few),
    (select count(*) from (select 1 as one from after_sales
        where shop_id = $1 and status in ('refunding', 'refund_failed', 'awaiting_reship', 'awaiting_buyer_receipt') limit $2) as few)
