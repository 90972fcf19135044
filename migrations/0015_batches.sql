-- Many after-sales decided at once (S52): what was chosen, who answers for it, and what became of each case.

create table batches (
    id bigint primary key,
    number text not null unique,
    shop_id bigint not null references shops (id),
    request_key text not null,
    request_fingerprint text not null,
    decision text not null check (decision in ('agree_refund', 'approve_return', 'reject')),
    -- What was chosen: cases that were ticked in a queue, or all of it that matches a search and days.
    queue text not null,
    ticked bigint not null check (ticked in (0, 1)),
    sought text not null,
    from_at bigint,
    until_at bigint,
    status text not null check (status in ('collecting', 'proposed', 'running', 'stopped', 'finished', 'dropped')),
    cases bigint not null default 0 check (cases >= 0),
    amount_minor bigint not null default 0 check (amount_minor >= 0),
    -- What every buyer is told: why the shop says no, or where the goods go.
    words text not null default '',
    return_to text,
    -- Who decides: whoever began it, or went on with it after a stop.
    staff_id bigint not null references staff (id),
    staff_name text not null,
    created_at bigint not null,
    started_at bigint,
    ended_at bigint,
    trouble text not null default '',
    unique (shop_id, request_key),
    check (status not in ('running', 'stopped', 'finished') or started_at is not null),
    check ((status in ('finished', 'dropped')) = (ended_at is not null))
);
create index batches_of_shop on batches (shop_id, id);
create index batches_at_work on batches (id) where status in ('collecting', 'running');
create index batches_in_view on batches (shop_id, id) where status in ('collecting', 'proposed', 'running', 'stopped');

-- A case of a batch as it was when it was chosen: what has moved on since is passed over.
create table batch_items (
    batch_id bigint not null references batches (id),
    after_sale_id bigint not null references after_sales (id),
    order_id bigint not null references orders (id),
    due_at bigint not null,
    version bigint not null,
    amount_minor bigint not null,
    status text not null default 'waiting' check (status in ('waiting', 'done', 'skipped')),
    reason text not null default '',
    primary key (batch_id, after_sale_id),
    check ((status = 'skipped') = (reason <> ''))
);
create index batch_items_in_turn on batch_items (batch_id, status, due_at, after_sale_id);
