select l.order_id as id, l.shop_id, 'earned ' || l.earned || ', taken back ' || l.taken_back as kept,
    'earned ' || coalesce(e.earned, 0) || ', taken back ' || coalesce(e.taken_back, 0) as summed
from (
    select order_id, shop_id, sum(points_earned) as earned, sum(points_taken_back) as taken_back
    from order_lines
    group by order_id, shop_id
) l
left join (
    select order_id, sum(case when cause = 'earned' then amount_minor else 0 end) as earned,
        -sum(case when cause = 'taken_back' then amount_minor else 0 end) as taken_back
    from money_events
    where account = 'points' and cause in ('earned', 'taken_back')
    group by order_id
) e on e.order_id = l.order_id
where l.earned <> coalesce(e.earned, 0) or l.taken_back <> coalesce(e.taken_back, 0)
