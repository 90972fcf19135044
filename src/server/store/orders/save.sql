update orders
set status = $3, goods_adjust_minor = $4, freight_minor = $5, freight_adjust_minor = $6, paid_minor = $7,
    refunded_minor = $8, open_cases = $9, pay_by = $10, paid_at = $11, shipped_at = $12, receive_by = $13,
    receive_left = $14, received_at = $15, after_sale_until = $16, closed_at = $17, close_reason = $18,
    unreviewed = $19, no_reason_until = $20, version = version + 1
where id = $1 and version = $2
