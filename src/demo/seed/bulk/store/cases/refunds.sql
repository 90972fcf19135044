insert into refunds (
    id, number, shop_id, order_id, after_sale_id, payment_id, tender, status, amount_minor, gateway_no, trouble,
    decided_by, agreed_by, operator_name, created_at, submitted_at, asked_at, settled_at
)
select (c.decided_at << 20) + (d.id & 1048575), 'R' || replace(c.number, '-', '') || '-1-1', d.shop_id, d.id,
    c.id, d.id + 4, d.tender,
    case c.status when 'succeeded' then 'succeeded' when 'refund_failed' then 'failed' else 'created' end,
    c.amount, case when c.status = 'succeeded' then 'B' || replace(c.number, '-', '') end,
    case when c.status = 'refund_failed' then 'USER_ACCOUNT_ABNORMAL' else '' end, 'deadline', '',
    case when c.status = 'succeeded' then '系统' else '' end, c.decided_at,
    case when c.status <> 'refunding' then c.decided_at end,
    case when c.status <> 'refunding' then c.decided_at end, c.ended_at
from draft_case c
join draft d on d.id = c.order_id
where c.kind <> 'exchange' and c.status in ('refunding', 'refund_failed', 'succeeded')
