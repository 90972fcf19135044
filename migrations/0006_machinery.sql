-- Clocks and the outbox: what wakes up by itself.

create table clocks (
    subject text not null check (subject in ('order', 'after_sale')),
    subject_id bigint not null,
    due_at bigint not null,
    attempts bigint not null default 0,
    primary key (subject, subject_id)
);
create index clocks_by_due on clocks (due_at);

create table jobs (
    id bigint primary key,
    kind text not null check (kind in ('refund')),
    subject_id bigint not null,
    run_at bigint not null,
    attempts bigint not null default 0,
    trouble text not null default '',
    unique (kind, subject_id)
);
create index jobs_by_time on jobs (run_at);
