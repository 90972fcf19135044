insert into payments (
    id, number, shop_id, order_id, tender, status, amount_minor, refunded_minor, trade_no, created_at, paid_at
)
select d.id + 4, 'P' || replace(d.number, '-', ''), d.shop_id, d.id, d.tender, 'succeeded', d.goods + d.freight,
    case when c.status = 'succeeded' and c.kind <> 'exchange' then c.amount else 0 end,
    'T' || replace(d.number, '-', ''), d.placed_at, d.paid_at
from draft d
left join draft_case c on c.order_id = d.id
where d.paid_at is not null
