-- Getting in: sessions that tell whose they are, links that set a password, and waits that grow.

-- A session's id is kept as a digest, so that whoever reads the table can take over nobody's. The old ids could be read: their sessions end here,
-- and everybody logs in once more.
drop table sessions;
create table sessions (
    -- SHA-256 of what the browser holds.
    id text primary key,
    data text not null,
    buyer_id bigint,
    buyer_seen_at bigint,
    staff_id bigint,
    staff_seen_at bigint,
    expires_at bigint not null,
    check ((buyer_id is null) = (buyer_seen_at is null)),
    check ((staff_id is null) = (staff_seen_at is null))
);
create index sessions_by_expiry on sessions (expires_at);
create index sessions_of_buyer on sessions (buyer_id) where buyer_id is not null;
create index sessions_of_staff on sessions (staff_id) where staff_id is not null;

-- A session carries its account's generation and ends once that has moved on: with a new password, another role, or by its owner's wish.
alter table buyers add column generation bigint not null default 0;
alter table staff add column generation bigint not null default 0;

-- Links that set a new password, once.
create table one_time_links (
    -- SHA-256 of what the link holds.
    id text primary key,
    buyer_id bigint references buyers (id),
    staff_id bigint references staff (id),
    expires_at bigint not null,
    check ((buyer_id is null) <> (staff_id is null))
);
create index one_time_links_by_expiry on one_time_links (expires_at);
create unique index one_time_links_of_buyer on one_time_links (buyer_id) where buyer_id is not null;
create unique index one_time_links_of_staff on one_time_links (staff_id) where staff_id is not null;

-- Tries are counted before they are made and given back when they went well, so there may be none; and from a number of them on, each waits.
create table attempts_with_waits (
    -- A digest: whose account and which address it is stays out of the database.
    key text primary key,
    tries bigint not null check (tries >= 0),
    until_at bigint not null,
    -- When the next try is let through; 0: at once.
    next_at bigint not null default 0
);
insert into attempts_with_waits (key, tries, until_at) select key, tries, until_at from attempts;
drop table attempts;
alter table attempts_with_waits rename to attempts;
create index attempts_by_end on attempts (until_at);

-- A check of the books names who began it to the same shop only. Whose an old row is can be told where the name is borne in one shop alone.
alter table ledger_checks add column shop_id bigint;
update ledger_checks set shop_id = (
    select min(f.shop_id) from staff f where f.name = ledger_checks.started_by having count(distinct f.shop_id) = 1
);
update ledger_checks set started_by = '员工'
where shop_id is null and started_by in (select name from staff);
