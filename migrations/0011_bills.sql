-- What is looked up and exported of refunds, what somebody did with it, and the channels' daily bills.

create index refunds_of_shop_by_status on refunds (shop_id, status, id);
create index refunds_of_shop_by_tender on refunds (shop_id, tender, id);
create index refunds_of_shop_by_both on refunds (shop_id, tender, status, id);
-- The last two columns let a month be summed without touching the rows.
create index refunds_of_shop_by_arrival on refunds (shop_id, settled_at, id, tender, amount_minor);
create index payments_of_shop_by_arrival on payments (shop_id, tender, paid_at);

-- Who looked at or took away what; append-only.
create table audits (
    id bigint primary key,
    shop_id bigint not null,
    actor_id bigint not null,
    actor text not null,
    what text not null,
    subject text not null,
    detail text not null,
    at bigint not null
);
create index audits_of_shop on audits (shop_id, id);

-- A day of a channel, as the channel tells it.
create table bills (
    id bigint primary key,
    shop_id bigint not null references shops (id),
    channel text not null check (channel in ('wechat', 'alipay')),
    day text not null,
    sha256 text not null,
    bytes bigint not null check (bytes > 0),
    payments bigint not null check (payments >= 0),
    paid_minor bigint not null check (paid_minor >= 0),
    refunds bigint not null check (refunds >= 0),
    refunded_minor bigint not null check (refunded_minor >= 0),
    matched bigint not null check (matched >= 0),
    matched_paid_minor bigint not null check (matched_paid_minor >= 0),
    matched_refunded_minor bigint not null check (matched_refunded_minor >= 0),
    differences bigint not null check (differences >= 0),
    open_differences bigint not null check (open_differences between 0 and differences),
    uploaded_by text not null,
    uploaded_at bigint not null,
    unique (shop_id, channel, day),
    unique (shop_id, sha256)
);
create index bills_of_shop on bills (shop_id, id);

create table bill_lines (
    bill_id bigint not null references bills (id),
    shop_id bigint not null,
    entry text not null check (entry in ('payment', 'refund')),
    number text not null,
    gateway_no text not null,
    amount_minor bigint not null check (amount_minor > 0),
    at bigint not null,
    primary key (bill_id, entry, number)
);
create index bill_lines_by_number on bill_lines (shop_id, entry, number);

-- Where a bill and our rows do not agree, with what both sides say.
create table bill_differences (
    id bigint primary key,
    bill_id bigint not null references bills (id),
    kind text not null check (kind in ('only_in_bill', 'only_here', 'amount_differs')),
    entry text not null check (entry in ('payment', 'refund')),
    number text not null,
    gateway_no text not null,
    bill_minor bigint,
    bill_at bigint,
    own_minor bigint,
    own_at bigint,
    own_status text not null,
    order_number text not null,
    note text not null default '',
    settled_by text not null default '',
    settled_at bigint,
    unique (bill_id, entry, number),
    check (kind = 'only_here' or bill_minor is not null),
    check (kind = 'only_in_bill' or own_minor is not null)
);
create index bill_differences_of_bill on bill_differences (bill_id, id);
