update refunds
set status = $4, trouble = $5, submitted_at = coalesce(submitted_at, $6), asked_at = $7, elsewhere = $8, elsewhere_at = $9,
    version = version + 1
where id = $1 and version = $2 and status = $3
