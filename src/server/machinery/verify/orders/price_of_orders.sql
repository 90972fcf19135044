select id, shop_id, 'paid ' || paid_minor as kept,
    'payable '
        || case when paid_at is null then 0
            else goods_minor + goods_adjust_minor - coupon_minor + freight_minor end as summed
from orders
where paid_minor <> case when paid_at is null then 0
    else goods_minor + goods_adjust_minor - coupon_minor + freight_minor end
