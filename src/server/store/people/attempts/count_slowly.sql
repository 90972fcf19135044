insert into attempts (key, tries, until_at) values ($1, 1, $2)
on conflict (key) do update set
    tries = case when attempts.until_at <= $3 then 1 else attempts.tries + 1 end,
    until_at = excluded.until_at,
    next_at = case
        when attempts.until_at <= $3 or attempts.tries + 1 < $4 then 0
        when attempts.tries + 1 < $4 + 1 then $3 + $5
        when attempts.tries + 1 < $4 + 2 then $3 + $6
        else $3 + $7
    end
where attempts.until_at <= $3 or attempts.next_at <= $3
