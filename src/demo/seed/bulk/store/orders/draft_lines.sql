insert into draft_line
select d.id + k.nth, d.id, k.nth, g.product_id, g.id, g.title, g.spec, g.picture, g.price_minor,
    case k.nth when 1 then d.units_1 when 2 then d.units_2 else d.units_3 end,
    case when k.nth = 1 then d.freight else 0 end
from draft d
join (select 1 as nth union all select 2 union all select 3) k on k.nth <= d.lines
join (
    select s.id, s.product_id, s.shop_id, s.spec, s.price_minor, p.title, p.picture,
        row_number() over (partition by s.shop_id order by s.id) as nth
    from skus s
    join products p on p.id = s.product_id
) g on g.shop_id = d.shop_id and g.nth = case k.nth when 1 then d.good_1 when 2 then d.good_2 else d.good_3 end
