insert into clocks (subject, subject_id, due_at)
select 'after_sale', c.id, c.due_at
from draft_case c
where c.due_at is not null
