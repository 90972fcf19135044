insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, words, evidence, at)
select (d.paid_at << 20) + (d.id & 1048575) + 1, d.shop_id, d.id, 'system', '系统', 'order_paid',
    case d.tender when 'wechat' then '微信支付' else '支付宝支付' end, '[]', d.paid_at
from draft d
where d.paid_at is not null
