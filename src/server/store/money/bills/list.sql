select id, channel, day, sha256, payments, paid_minor, refunds, refunded_minor, matched, matched_paid_minor,
    matched_refunded_minor, differences, open_differences, uploaded_by, uploaded_at
from bills
where shop_id = $1 and id < $2
order by id desc limit $3
