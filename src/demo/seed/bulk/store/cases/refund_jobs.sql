insert into jobs (id, kind, subject_id, run_at)
select (c.decided_at << 20) + (d.id & 1048575), 'refund', (c.decided_at << 20) + (d.id & 1048575),
    c.decided_at + 31536000000
from draft_case c
join draft d on d.id = c.order_id
where c.status = 'refunding'
