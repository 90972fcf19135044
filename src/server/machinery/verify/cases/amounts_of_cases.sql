select a.id, a.shop_id, 'amount ' || a.amount_minor as kept,
    'lines ' || coalesce(i.amount, 0) || ', arrived ' || coalesce(r.amount, 0) as summed
from after_sales a
left join (
    select after_sale_id, sum(goods_minor + freight_minor) as amount
    from after_sale_items
    group by after_sale_id
) i on i.after_sale_id = a.id
left join (
    select after_sale_id, sum(amount_minor) as amount
    from refunds
    where status = 'succeeded' and after_sale_id is not null
    group by after_sale_id
) r on r.after_sale_id = a.id
where a.amount_minor <> coalesce(i.amount, 0)
    or (a.status = 'succeeded' and a.kind <> 'exchange' and a.amount_minor <> coalesce(r.amount, 0))
