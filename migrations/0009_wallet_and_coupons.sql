-- Points that orders earn, what shops put into wallets, their members, coupons, and where cash that was handed over goes back to.

alter table order_lines add column coupon_minor bigint not null default 0
    check (coupon_minor >= 0 and goods_minor + adjust_minor - coupon_minor >= 0);
-- What the line earned when its order was completed, what was left of its payment then, and what refunds have taken back (M7).
alter table order_lines add column points_earned bigint not null default 0 check (points_earned >= 0);
alter table order_lines add column points_base_minor bigint not null default 0 check (points_base_minor >= 0);
alter table order_lines add column points_taken_back bigint not null default 0 check (points_taken_back >= 0 and points_taken_back <= points_earned);

alter table orders add column coupon_minor bigint not null default 0 check (coupon_minor >= 0 and coupon_minor <= goods_minor);
alter table orders add column coupon_name text not null default '';
-- Null: no coupon, or it stays with the order.
alter table orders add column coupon_returned_at bigint;

-- Movements say who made them by name and why; a form that was sent twice finds its first one by its key.
create table money_events_with_reasons (
    id bigint primary key,
    shop_id bigint,
    order_id bigint,
    payment_id bigint,
    refund_id bigint,
    buyer_id bigint,
    account text not null check (account in ('points', 'balance', 'wechat', 'alipay', 'cod', 'offline')),
    cause text not null check (cause in ('opening', 'held', 'released', 'paid', 'surplus', 'refunded', 'settled_outside',
        'earned', 'taken_back', 'recharged', 'corrected')),
    -- From the buyer's side: paying is negative, getting back positive.
    amount_minor bigint not null check (amount_minor <> 0),
    before_minor bigint,
    after_minor bigint,
    actor text not null,
    actor_name text not null default '',
    reason text not null default '',
    request_key text unique,
    at bigint not null,
    check (cause not in ('recharged', 'corrected') or (actor_name <> '' and reason <> '' and request_key is not null)),
    check (cause <> 'recharged' or amount_minor > 0),
    check (cause <> 'corrected' or amount_minor < 0)
);
insert into money_events_with_reasons (id, shop_id, order_id, payment_id, refund_id, buyer_id, account, cause, amount_minor, before_minor, after_minor, actor, at)
    select id, shop_id, order_id, payment_id, refund_id, buyer_id, account, cause, amount_minor, before_minor, after_minor, actor, at from money_events;
drop table money_events;
alter table money_events_with_reasons rename to money_events;
create index money_events_of_wallet on money_events (buyer_id, account, id);
create index money_events_of_order on money_events (order_id, id);

-- Who belongs to a shop: they bought there, or registered at its front.
create table members (
    shop_id bigint not null references shops (id),
    buyer_id bigint not null references buyers (id),
    name text not null,
    phone text not null,
    -- Orders that were completed; what was placed and not completed does not count (S10).
    completed_orders bigint not null default 0 check (completed_orders >= 0),
    joined_at bigint not null,
    primary key (shop_id, buyer_id)
);
create unique index members_by_phone on members (shop_id, phone);
create index members_by_name on members (shop_id, name, buyer_id);
insert into members (shop_id, buyer_id, name, phone, joined_at)
    select (select min(id) from shops), b.id, b.name, b.phone, b.created_at from buyers b where exists (select 1 from shops);
insert into members (shop_id, buyer_id, name, phone, joined_at)
    select o.shop_id, b.id, b.name, b.phone, min(o.placed_at) from orders o join buyers b on b.id = o.buyer_id
    where o.shop_id <> (select min(id) from shops) group by o.shop_id, b.id, b.name, b.phone;
update members set completed_orders = (
    select count(*) from orders o where o.shop_id = members.shop_id and o.buyer_id = members.buyer_id and o.status = 'completed');

-- A kind of coupon, as its shop made it. Nothing of its promise changes; it may be ended, which hands out no more.
create table coupons (
    id bigint primary key,
    shop_id bigint not null references shops (id),
    request_key text not null,
    name text not null,
    -- Zero: takes off whatever the goods come to.
    threshold_minor bigint not null check (threshold_minor >= 0),
    amount_minor bigint not null check (amount_minor > 0),
    valid_from bigint not null,
    valid_until bigint not null,
    copies bigint not null check (copies > 0),
    copies_per_buyer bigint not null check (copies_per_buyer > 0),
    handed_out bigint not null default 0 check (handed_out between 0 and copies),
    used bigint not null default 0 check (used between 0 and handed_out),
    -- May buyers take it themselves?
    open_at bigint,
    ended_at bigint,
    created_by text not null,
    created_at bigint not null,
    unique (shop_id, request_key),
    check (valid_until > valid_from),
    check (threshold_minor = 0 or threshold_minor >= amount_minor)
);
create index coupons_of_shop on coupons (shop_id, id);
create index coupons_open on coupons (shop_id, valid_until, id) where open_at is not null and ended_at is null;

-- The products it suits; none: all of the shop.
create table coupon_products (
    coupon_id bigint not null references coupons (id),
    product_id bigint not null references products (id),
    primary key (coupon_id, product_id)
);

-- A coupon in somebody's hands.
create table buyer_coupons (
    id bigint primary key,
    coupon_id bigint not null references coupons (id),
    shop_id bigint not null,
    buyer_id bigint not null references buyers (id),
    -- The buyer's first, second … of this kind: the limit holds whoever asks at once.
    nth bigint not null check (nth > 0),
    valid_until bigint not null,
    order_id bigint references orders (id),
    used_at bigint,
    got_at bigint not null,
    unique (coupon_id, buyer_id, nth),
    check ((order_id is null) = (used_at is null))
);
create index buyer_coupons_of_buyer on buyer_coupons (buyer_id, id);
create unique index buyer_coupons_one_an_order on buyer_coupons (order_id) where order_id is not null;

-- Every movement of a coupon with its cause; append-only.
create table coupon_events (
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
create index coupon_events_of_coupon on coupon_events (buyer_coupon_id, id);
-- An order uses a coupon once, and lets go of it once.
create unique index coupon_events_once on coupon_events (order_id, cause) where order_id is not null;

-- Where a cash-on-delivery buyer wants the money of a case; sealed, for finance alone (S48).
create table refund_accounts (
    after_sale_id bigint primary key references after_sales (id),
    shop_id bigint not null,
    buyer_id bigint not null references buyers (id),
    sealed text not null,
    given_at bigint not null
);

-- The buyer agreed that what a case pays back goes to the balance, and not the way it came (S73).
create table refund_consents (
    after_sale_id bigint primary key references after_sales (id),
    shop_id bigint not null,
    buyer_id bigint not null references buyers (id),
    given_at bigint not null
);
