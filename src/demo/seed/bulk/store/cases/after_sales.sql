insert into after_sales (
    id, number, shop_id, order_id, buyer_id, request_key, kind, stage, status, reason, note, evidence,
    amount_minor, return_leg, return_tracking, replacement, rejection, due_at, refunding_at, ended_at,
    close_cause, applied_at
)
select c.id, c.number, d.shop_id, d.id, d.buyer_id, c.number, c.kind, c.stage, c.status, c.reason, '', '[]',
    c.amount, c.return_leg, c.return_tracking, c.replacement, c.rejection, c.due_at,
    case when c.status = 'refunding' then c.decided_at end, c.ended_at, c.close_cause, c.applied_at
from draft_case c
join draft d on d.id = c.order_id
