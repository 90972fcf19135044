insert into clocks (subject, subject_id, due_at)
select 'order', d.id, coalesce(d.pay_by, d.receive_by)
from draft d
where d.status in ('pending_payment', 'awaiting_receipt') and coalesce(d.pay_by, d.receive_by) is not null
