-- What a form asked for, beside its key: the same key with another content is refused (M9). Null: from before this was kept, taken as the same.

alter table orders add column request_fingerprint text;
alter table after_sales add column request_fingerprint text;
alter table events add column request_fingerprint text;
alter table money_events add column request_fingerprint text;
alter table coupons add column request_fingerprint text;

-- Forms that have put something into a cart, kept for as long as anybody sends them again.
create table cart_requests (
    buyer_id bigint not null references buyers (id),
    request_key text not null,
    request_fingerprint text not null,
    at bigint not null,
    primary key (buyer_id, request_key)
);
