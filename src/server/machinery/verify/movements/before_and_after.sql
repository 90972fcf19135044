select id, shop_id,
    account || ' before ' || coalesce(before_minor, 0) || ', after ' || coalesce(after_minor, 0) as kept,
    'amount ' || amount_minor as summed
from money_events
where account in ('balance', 'points')
    and (before_minor is null or after_minor is null or before_minor + amount_minor <> after_minor)
