select buyer_id as id, 0 as shop_id, account || ' carried between ' || count(*) || ' shops' as kept,
    'a sum of ' || sum(amount_minor) as summed
from money_events
where cause = 'carried_over'
group by buyer_id, account
having sum(amount_minor) <> 0
