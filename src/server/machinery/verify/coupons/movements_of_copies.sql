select h.id, h.shop_id, case when h.order_id is null then 'in hand' else 'used' end as kept,
    'came ' || coalesce(e.came, 0) || ' times, used ' || coalesce(e.used, 0) || ', returned '
        || coalesce(e.returned, 0) as summed
from buyer_coupons h
left join (
    select buyer_coupon_id, sum(case when cause in ('taken', 'given') then 1 else 0 end) as came,
        sum(case when cause = 'used' then 1 else 0 end) as used,
        sum(case when cause = 'returned' then 1 else 0 end) as returned
    from coupon_events
    group by buyer_coupon_id
) e on e.buyer_coupon_id = h.id
where coalesce(e.came, 0) <> 1
    or coalesce(e.used, 0) - coalesce(e.returned, 0) <> case when h.order_id is null then 0 else 1 end
