insert into line_tenders (order_line_id, payment_id, paid_minor, refunded_minor)
select l.id, l.order_id + 4, l.price * l.units + l.freight,
    case when c.kind <> 'exchange' and c.status in ('succeeded', 'refunding', 'refund_failed')
        then l.price * l.units + l.freight * c.whole else 0 end
from draft_line l
join draft d on d.id = l.order_id
left join draft_case c on c.order_id = l.order_id and (c.whole = 1 or l.nth = 1)
where d.paid_at is not null
