-- Payments and refunds that did not go as they should (S16), when to ask about which, and the runs of the ledger's check.

create table payment_anomalies (
    id bigint primary key,
    shop_id bigint not null references shops (id),
    order_id bigint not null references orders (id),
    payment_id bigint not null references payments (id),
    -- The refund it is about; of money that came unwanted, the one that takes it back.
    refund_id bigint references refunds (id),
    kind text not null check (kind in ('paid_after_closing', 'paid_twice', 'amount_differs', 'callback_missing', 'refund_stuck', 'refund_refused')),
    amount_minor bigint not null check (amount_minor > 0),
    -- What the gateway says instead, where it says something else.
    told_minor bigint,
    told_currency text,
    since_at bigint not null,
    found_at bigint not null,
    resolved_at bigint,
    resolution text check (resolution in ('recorded', 'returned', 'arrived', 'settled_outside', 'marked')),
    resolved_by text not null default '',
    note text not null default '',
    check ((resolved_at is null) = (resolution is null)),
    check ((kind = 'amount_differs') = (told_minor is not null)),
    check ((told_minor is null) = (told_currency is null)),
    check (kind not in ('refund_stuck', 'refund_refused') or refund_id is not null)
);
-- A scan and a callback, and any number of either, list one happening once.
create unique index payment_anomalies_once_a_payment on payment_anomalies (payment_id, kind) where refund_id is null;
create unique index payment_anomalies_once_a_refund on payment_anomalies (refund_id, kind) where refund_id is not null;
create index payment_anomalies_open on payment_anomalies (shop_id, id) where resolved_at is null;
create index payment_anomalies_resolved on payment_anomalies (shop_id, id) where resolved_at is not null;
create index payment_anomalies_of_order on payment_anomalies (order_id);

-- When the gateway is asked about a payment that it has not spoken of; once more after it was voided.
alter table payments add column ask_at bigint;
create index payments_to_ask on payments (ask_at) where ask_at is not null;
update payments set ask_at = created_at where status = 'pending';

-- What was already so: the row takes the id of what it is about.
insert into payment_anomalies (id, shop_id, order_id, payment_id, refund_id, kind, amount_minor, since_at, found_at)
    select r.id, r.shop_id, r.order_id, r.payment_id, r.id, 'refund_refused', r.amount_minor, r.created_at, r.created_at
    from refunds r where r.status = 'failed';
insert into payment_anomalies (id, shop_id, order_id, payment_id, refund_id, kind, amount_minor, since_at, found_at, resolved_at, resolution, resolved_by)
    select p.id, p.shop_id, p.order_id, p.id, r.id, case when o.paid_at is null then 'paid_after_closing' else 'paid_twice' end, p.amount_minor,
        p.paid_at, p.paid_at, r.settled_at, case when r.settled_at is null then null else 'returned' end,
        case when r.settled_at is null then '' else r.operator_name end
    from payments p join orders o on o.id = p.order_id join refunds r on r.payment_id = p.id and r.after_sale_id is null
    where p.status = 'surplus';

-- What one process of all does now and then.
create table rounds (
    name text primary key,
    due_at bigint not null
);
insert into rounds (name, due_at) values ('stuck_refunds', 0), ('ledger_check', 0);

-- Every run of the ledger's check, with what it found.
create table ledger_checks (
    id bigint primary key,
    started_by text not null,
    started_at bigint not null,
    finished_at bigint,
    -- One at a time from the page: the run that is under way holds it.
    slot bigint unique check (slot = 1),
    millis bigint not null default 0,
    rows_checked bigint not null default 0,
    differences bigint not null default 0,
    report text not null default '[]',
    trouble text not null default '',
    check (slot is null or finished_at is null)
);
