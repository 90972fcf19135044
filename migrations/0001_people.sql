-- Shops, their staff, and buyers with their wallets.

create table shops (
    id bigint primary key,
    code text not null unique,
    name text not null,
    phone text not null,
    time_zone text not null,
    policy text not null,
    created_at bigint not null
);

create table staff (
    id bigint primary key,
    shop_id bigint not null references shops (id),
    login text not null unique,
    name text not null,
    password_hash text not null,
    roles text not null,
    disabled_at bigint,
    created_at bigint not null
);

create table buyers (
    id bigint primary key,
    phone text not null unique,
    name text not null,
    password_hash text not null,
    -- Projections of money_events (M16); points may fall below zero by claw-back (M7).
    balance_minor bigint not null default 0 check (balance_minor >= 0),
    points bigint not null default 0,
    created_at bigint not null
);

create table buyer_addresses (
    id bigint primary key,
    buyer_id bigint not null references buyers (id),
    recipient text not null,
    phone text not null,
    region text not null,
    detail text not null,
    default_at bigint,
    removed_at bigint
);
create index buyer_addresses_by_buyer on buyer_addresses (buyer_id, id);

create table return_addresses (
    id bigint primary key,
    shop_id bigint not null references shops (id),
    recipient text not null,
    phone text not null,
    region text not null,
    detail text not null,
    default_at bigint,
    removed_at bigint
);
create index return_addresses_by_shop on return_addresses (shop_id, id);
create unique index return_addresses_one_default on return_addresses (shop_id) where default_at is not null and removed_at is null;

create table sessions (
    id text primary key,
    data text not null,
    expires_at bigint not null
);
create index sessions_by_expiry on sessions (expires_at);
