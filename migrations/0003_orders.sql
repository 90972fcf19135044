-- Orders with their lines, tenders and parcels.

create table orders (
    id bigint primary key,
    number text not null unique,
    shop_id bigint not null references shops (id),
    buyer_id bigint not null references buyers (id),
    request_key text not null,
    status text not null check (status in ('pending_payment', 'awaiting_shipment', 'partially_shipped', 'awaiting_receipt', 'completed', 'closed')),
    recipient text not null,
    recipient_phone text not null,
    region text not null,
    detail text not null,
    buyer_name text not null,
    buyer_phone text not null,
    buyer_remark text not null,
    first_order_at bigint,
    goods_minor bigint not null check (goods_minor >= 0),
    goods_adjust_minor bigint not null default 0,
    freight_minor bigint not null check (freight_minor >= 0),
    freight_adjust_minor bigint not null default 0,
    -- Points and balance put in when the order was placed.
    held_minor bigint not null default 0 check (held_minor >= 0),
    paid_minor bigint not null default 0 check (paid_minor >= 0),
    refunded_minor bigint not null default 0 check (refunded_minor between 0 and paid_minor),
    tender text,
    open_cases bigint not null default 0 check (open_cases >= 0),
    unreviewed bigint not null default 0 check (unreviewed >= 0),
    shop_remark text not null default '',
    flag text not null default '' check (flag in ('', 'grey', 'purple', 'cyan', 'green', 'orange', 'red')),
    placed_at bigint not null,
    pay_by bigint,
    paid_at bigint,
    shipped_at bigint,
    receive_by bigint,
    receive_left bigint,
    received_at bigint,
    after_sale_until bigint,
    closed_at bigint,
    close_reason text check (close_reason in ('buyer_cancel', 'timeout', 'merchant_cancel', 'refunded_before_ship')),
    version bigint not null default 1,
    unique (buyer_id, request_key),
    check (status <> 'pending_payment' or (pay_by is not null and paid_at is null)),
    check (status in ('pending_payment', 'closed') or paid_at is not null),
    check (status <> 'awaiting_receipt' or (shipped_at is not null and (receive_by is null) <> (receive_left is null))),
    check (status <> 'completed' or (received_at is not null and after_sale_until is not null)),
    check ((status = 'closed') = (closed_at is not null)),
    check ((closed_at is null) = (close_reason is null))
);
create index orders_of_shop on orders (shop_id, id);
create index orders_of_shop_by_status on orders (shop_id, status, id);
create index orders_of_shop_by_name on orders (shop_id, buyer_name, id);
create index orders_of_shop_by_recipient on orders (shop_id, recipient, id);
create index orders_of_shop_by_phone on orders (shop_id, buyer_phone, id);
create index orders_of_shop_by_recipient_phone on orders (shop_id, recipient_phone, id);
create index orders_of_buyer on orders (buyer_id, id);
create index orders_of_buyer_by_status on orders (buyer_id, status, id);
create index orders_to_review on orders (buyer_id, id) where status = 'completed' and unreviewed > 0;

create table order_lines (
    id bigint primary key,
    order_id bigint not null references orders (id),
    shop_id bigint not null,
    product_id bigint not null references products (id),
    sku_id bigint not null references skus (id),
    title text not null,
    spec text not null,
    picture text not null,
    unit_price_minor bigint not null check (unit_price_minor >= 0),
    quantity bigint not null check (quantity > 0),
    goods_minor bigint not null check (goods_minor >= 0),
    adjust_minor bigint not null default 0,
    freight_minor bigint not null default 0 check (freight_minor >= 0),
    paid_minor bigint not null default 0 check (paid_minor >= 0),
    refunded_minor bigint not null default 0 check (refunded_minor >= 0),
    reserved_minor bigint not null default 0 check (reserved_minor >= 0),
    freight_claimed_minor bigint not null default 0 check (freight_claimed_minor between 0 and freight_minor),
    shipped_quantity bigint not null default 0 check (shipped_quantity >= 0),
    cancelled_quantity bigint not null default 0 check (cancelled_quantity >= 0),
    refunded_quantity bigint not null default 0 check (refunded_quantity >= 0),
    reserved_quantity bigint not null default 0 check (reserved_quantity >= 0),
    applications bigint not null default 0,
    reviewed_at bigint,
    check (goods_minor + adjust_minor >= 0),
    check (refunded_minor + reserved_minor <= paid_minor),
    check (shipped_quantity + cancelled_quantity <= quantity),
    check (refunded_quantity + reserved_quantity <= quantity)
);
create index order_lines_of_order on order_lines (order_id, id);
create index order_lines_of_shop_by_title on order_lines (shop_id, title, order_id);

create table payments (
    id bigint primary key,
    number text not null unique,
    shop_id bigint not null,
    order_id bigint not null references orders (id),
    tender text not null check (tender in ('points', 'balance', 'wechat', 'alipay', 'cod', 'offline')),
    -- held: taken from the wallet at checkout; surplus: money that came when the order no longer wanted it.
    status text not null check (status in ('pending', 'held', 'succeeded', 'void', 'surplus')),
    amount_minor bigint not null check (amount_minor > 0),
    refunded_minor bigint not null default 0 check (refunded_minor >= 0),
    cashier_url text not null default '',
    trade_no text,
    operator_id bigint,
    note text not null default '',
    created_at bigint not null,
    paid_at bigint,
    collected_at bigint,
    version bigint not null default 1,
    check (refunded_minor <= amount_minor),
    check (status not in ('succeeded', 'surplus') or paid_at is not null)
);
create index payments_of_order on payments (order_id, id);
create unique index payments_one_pending on payments (order_id) where status = 'pending';

-- How each tender lies on the lines (M6); refunds of a line are divided by what is left here.
create table line_tenders (
    order_line_id bigint not null references order_lines (id),
    payment_id bigint not null references payments (id),
    paid_minor bigint not null check (paid_minor >= 0),
    refunded_minor bigint not null default 0 check (refunded_minor >= 0),
    primary key (order_line_id, payment_id),
    check (refunded_minor <= paid_minor)
);

create table shipments (
    id bigint primary key,
    shop_id bigint not null,
    order_id bigint not null references orders (id),
    carrier text not null,
    tracking text not null,
    shipped_at bigint not null
);
create index shipments_of_order on shipments (order_id, id);
create index shipments_by_tracking on shipments (tracking);

create table shipment_lines (
    shipment_id bigint not null references shipments (id),
    order_line_id bigint not null references order_lines (id),
    quantity bigint not null check (quantity > 0),
    primary key (shipment_id, order_line_id)
);
