select r.id, r.order_line_id, r.product_id, l.title, l.spec, l.picture, r.buyer_name, r.anonymous_at, r.rating,
    r.words, r.pictures, r.reply, r.replied_at, r.hidden_at, r.hidden_reason, r.at
from reviews r
join order_lines l on l.id = r.order_line_id
where r.order_id = $1 and r.buyer_id = $2
order by r.id
