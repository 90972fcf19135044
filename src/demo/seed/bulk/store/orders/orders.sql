insert into orders (
    id, number, shop_id, buyer_id, request_key, status, recipient, recipient_phone, region, detail, buyer_name,
    buyer_phone, buyer_remark, goods_minor, freight_minor, paid_minor, refunded_minor, tender, open_cases,
    unreviewed, placed_at, pay_by, paid_at, shipped_at, receive_by, receive_left, received_at, after_sale_until,
    no_reason_until, closed_at, close_reason
)
select d.id, d.number, d.shop_id, d.buyer_id, d.number, d.status, d.name, d.phone, d.region, d.detail, d.name,
    d.phone, '', d.goods, d.freight, case when d.paid_at is null then 0 else d.goods + d.freight end,
    case when c.status = 'succeeded' and c.kind <> 'exchange' then c.amount else 0 end, d.tender,
    case when c.id is null or c.status in ('succeeded', 'closed') then 0 else 1 end,
    case when d.status = 'completed' and d.stars = 0 then d.lines else 0 end, d.placed_at, d.pay_by, d.paid_at,
    d.shipped_at, d.receive_by, d.receive_left, d.received_at, d.until_at, d.until_at - 691200000, d.closed_at,
    d.close_reason
from draft d
left join draft_case c on c.order_id = d.id
