select coalesce(m.buyer_id, e.buyer_id) as id, coalesce(m.shop_id, e.shop_id) as shop_id,
    'balance ' || coalesce(m.balance_minor, 0) || ', points ' || coalesce(m.points, 0) as kept,
    'balance ' || coalesce(e.balance, 0) || ', points ' || coalesce(e.points, 0) as summed
from members m
full join (
    select buyer_id, shop_id, sum(case when account = 'balance' then amount_minor else 0 end) as balance,
        sum(case when account = 'points' then amount_minor else 0 end) as points
    from money_events
    where account in ('balance', 'points')
    group by buyer_id, shop_id
) e on e.buyer_id = m.buyer_id and e.shop_id = m.shop_id
where coalesce(m.balance_minor, 0) <> coalesce(e.balance, 0) or coalesce(m.points, 0) <> coalesce(e.points, 0)
