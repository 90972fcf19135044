insert into messages (id, shop_id, order_id, after_sale_id, title, words, at, read_at)
select (c.applied_at << 20) + (d.id & 1048575) + 2, d.shop_id, d.id, c.id, '售后申请待处理',
    '售后 ' || c.number || ' 待处理，超时自动退款', c.applied_at,
    case when c.status <> 'applied' then c.applied_at + 3600000 end
from draft_case c
join draft d on d.id = c.order_id
