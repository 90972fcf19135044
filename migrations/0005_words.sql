-- What people say and see: timelines, notices, reviews, pictures.

create table events (
    id bigint primary key,
    shop_id bigint not null,
    order_id bigint not null references orders (id),
    after_sale_id bigint references after_sales (id),
    actor_kind text not null check (actor_kind in ('buyer', 'staff', 'system')),
    actor_id bigint,
    actor_name text not null,
    kind text not null,
    words text not null,
    evidence text not null,
    -- The key of the form that caused it: a form sent twice finds its first effect here.
    request_key text unique,
    at bigint not null
);
create index events_of_order on events (order_id, id);
create index events_of_after_sale on events (after_sale_id, id);

create table messages (
    id bigint primary key,
    shop_id bigint not null,
    -- Null: for the shop's staff.
    buyer_id bigint,
    order_id bigint not null,
    after_sale_id bigint,
    title text not null,
    words text not null,
    at bigint not null,
    read_at bigint
);
create index messages_of_buyer on messages (buyer_id, id) where buyer_id is not null;
create index messages_of_shop on messages (shop_id, id) where buyer_id is null;

create table reviews (
    id bigint primary key,
    shop_id bigint not null,
    order_id bigint not null references orders (id),
    order_line_id bigint not null unique references order_lines (id),
    product_id bigint not null references products (id),
    buyer_id bigint not null references buyers (id),
    buyer_name text not null,
    rating bigint not null check (rating between 1 and 5),
    words text not null,
    pictures text not null,
    anonymous_at bigint,
    reply text not null default '',
    replied_at bigint,
    hidden_at bigint,
    hidden_reason text not null default '',
    at bigint not null
);
create index reviews_of_product on reviews (product_id, id) where hidden_at is null;
create index reviews_of_shop on reviews (shop_id, id);

create table pictures (
    key text primary key,
    shop_id bigint,
    buyer_id bigint,
    order_id bigint,
    public_at bigint,
    created_at bigint not null
);
