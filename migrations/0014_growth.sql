-- For several processes: what they count together, and what they tell of the work that waits.

-- What was tried too often, or is done once only; forgotten when its time is over.
create table attempts (
    -- A digest: whose account and which address it is stays out of the database.
    key text primary key,
    tries bigint not null check (tries > 0),
    until_at bigint not null
);
create index attempts_by_end on attempts (until_at);

-- The few refunds whose money has not arrived, whatever the shop: counted for /metrics without touching the others.
create index refunds_not_arrived on refunds (status) where status <> 'succeeded';
