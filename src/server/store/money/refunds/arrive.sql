update refunds
set status = 'succeeded', tender = $4, gateway_no = $5, voucher = $6, operator_name = $7, trouble = '', settled_at = $8,
    version = version + 1
where id = $1 and version = $2 and status = $3
