-- The tail leads to the phone. Without the coalesce the equality would be put into the tail, and no index would be recognized.
select r.id, r.number, o.number as order_number, a.number as after_sale_number, o.buyer_name, o.buyer_phone,
    r.tender, p.tender as source, r.status, r.amount_minor, r.trouble, r.voucher, r.decided_by, r.agreed_by, r.operator_name,
    r.created_at, r.settled_at, r.version
from refunds r
join orders o on o.id = r.order_id
join payments p on p.id = r.payment_id
left join after_sales a on a.id = r.after_sale_id
where r.order_id in (
    select f.id
    from orders f
    where f.shop_id = $1 and coalesce(f.buyer_phone, '') = $7
        and substr(f.buyer_phone, length(f.buyer_phone) - 3) = substr($7, length($7) - 3)
) and r.id < $2 and r.id >= $4 and ($5 = '' or r.status = $5) and ($6 = '' or r.tender = $6)
order by r.id desc limit $3
