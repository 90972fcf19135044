select r.id, r.order_line_id, r.product_id, l.title, l.spec, l.picture, r.buyer_name, r.anonymous_at, r.rating,
    r.words, r.pictures, r.reply, r.replied_at, r.hidden_at, r.hidden_reason, r.at
from reviews r
join order_lines l on l.id = r.order_line_id
where r.id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
order by r.id desc
