-- An account may be closed: the person goes, sums and kinds stay under a pseudonym.

alter table buyers add column erased_at bigint;
-- What was under way in the moment of closing is taken out a second time, later.
alter table buyers add column erased_again_at bigint;
create index buyers_to_erase_again on buyers (erased_at) where erased_at is not null and erased_again_at is null;
alter table members add column erased_at bigint;

-- A picture that is nobody's any more, until its files are gone.
alter table pictures add column erased_at bigint;
create index pictures_to_remove on pictures (erased_at) where erased_at is not null;
create index if not exists pictures_of_buyer on pictures (buyer_id) where buyer_id is not null;
create index pictures_of_order on pictures (order_id) where order_id is not null;

-- Movements of coupons no longer repeat the buyer's name, as those of money; buyer_coupons says who it was.
create table coupon_events_without_names (
    id bigint primary key,
    buyer_coupon_id bigint not null references buyer_coupons (id),
    shop_id bigint not null,
    order_id bigint references orders (id),
    cause text not null check (cause in ('taken', 'given', 'used', 'returned', 'lapsed')),
    actor text not null,
    actor_name text not null,
    at bigint not null,
    check ((cause in ('taken', 'given')) = (order_id is null))
);
insert into coupon_events_without_names (id, buyer_coupon_id, shop_id, order_id, cause, actor, actor_name, at)
    select id, buyer_coupon_id, shop_id, order_id, cause, actor, case when actor = 'buyer' then '买家' else actor_name end, at from coupon_events;
drop table coupon_events;
alter table coupon_events_without_names rename to coupon_events;
create index coupon_events_of_coupon on coupon_events (buyer_coupon_id, id);
create unique index coupon_events_once on coupon_events (order_id, cause) where order_id is not null;

-- What the shop was told of an order, whose words may hold what the buyer typed.
create index messages_of_order on messages (order_id);
