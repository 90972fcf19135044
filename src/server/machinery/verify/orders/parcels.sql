select l.id, l.shop_id, 'shipped ' || l.shipped_quantity as kept,
    'in parcels ' || coalesce(s.units, 0) as summed
from order_lines l
left join (
    select order_line_id, sum(quantity) as units from shipment_lines group by order_line_id
) s on s.order_line_id = l.id
where l.shipped_quantity <> coalesce(s.units, 0)
