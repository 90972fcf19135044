insert into events (id, shop_id, order_id, after_sale_id, actor_kind, actor_name, kind, facts, words, evidence, at)
select (c.decided_at << 20) + (d.id & 1048575) + 6, d.shop_id, d.id, c.id, c.by_kind,
    case c.by_kind when 'buyer' then d.name when 'staff' then '客服小林' else '系统' end, c.event, c.facts, '', '[]',
    c.decided_at
from draft_case c
join draft d on d.id = c.order_id
where c.event <> ''
