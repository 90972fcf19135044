insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, words, evidence, at)
select (d.closed_at << 20) + (d.id & 1048575) + 4, d.shop_id, d.id, 'system', '系统', 'order_closed',
    case d.close_reason when 'buyer_cancel' then '买家取消订单' when 'refunded_before_ship' then '发货前全额退款，订单关闭'
        else '超时未付款，订单关闭' end,
    '[]', d.closed_at
from draft d
where d.closed_at is not null
