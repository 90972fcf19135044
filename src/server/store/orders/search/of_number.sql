select o.id
from orders o
where o.number = $8 and o.number = $9 and o.shop_id = $1 and o.id < $2 and o.id >= $4
    and ($5 = '' or o.status in ($5, $6)) and ($7 = '' or o.flag = $7)
order by o.id desc limit $3
