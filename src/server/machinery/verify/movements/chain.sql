with seemingly as (
    select distinct buyer_id, shop_id, account
    from (
        select buyer_id, shop_id, account, before_minor,
            coalesce(
                lag(after_minor) over (partition by buyer_id, shop_id, account order by id), 0
            ) as left_with
        from money_events
        where account in ('balance', 'points')
    ) linked
    where before_minor <> left_with
),
ends as (
    select e.buyer_id, e.shop_id, e.account, e.before_minor as holds, 1 as sign
    from money_events e
    join seemingly s on s.buyer_id = e.buyer_id and s.shop_id = e.shop_id and s.account = e.account
    union all
    select e.buyer_id, e.shop_id, e.account, e.after_minor as holds, -1 as sign
    from money_events e
    join seemingly s on s.buyer_id = e.buyer_id and s.shop_id = e.shop_id and s.account = e.account
    union all
    select s.buyer_id, s.shop_id, s.account, 0 as holds, -1 as sign
    from seemingly s
    union all
    select s.buyer_id, s.shop_id, s.account,
        case when s.account = 'points' then m.points else m.balance_minor end as holds, 1 as sign
    from seemingly s
    join members m on m.buyer_id = s.buyer_id and m.shop_id = s.shop_id
)
select buyer_id as id, shop_id, account || ' ' || holds as kept,
    'met ' || sum(sign) || ' times too often' as summed
from ends
group by buyer_id, shop_id, account, holds
having sum(sign) <> 0
