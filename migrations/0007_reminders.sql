-- A clock may also remind: the buyer, a day before a return has to be on its way (T9).

create table clocks_with_reminders (
    subject text not null check (subject in ('order', 'after_sale', 'return_reminder')),
    subject_id bigint not null,
    due_at bigint not null,
    attempts bigint not null default 0,
    primary key (subject, subject_id)
);
insert into clocks_with_reminders (subject, subject_id, due_at, attempts) select subject, subject_id, due_at, attempts from clocks;
drop table clocks;
alter table clocks_with_reminders rename to clocks;
create index clocks_by_due on clocks (due_at);
