-- After-sales and the money that goes back.

create table after_sales (
    id bigint primary key,
    number text not null unique,
    shop_id bigint not null references shops (id),
    order_id bigint not null references orders (id),
    buyer_id bigint not null references buyers (id),
    request_key text not null,
    kind text not null check (kind in ('refund_only', 'return_refund', 'exchange', 'repair', 'claim', 'resend')),
    stage text not null check (stage in ('unshipped', 'in_transit', 'received')),
    status text not null check (status in ('applied', 'awaiting_buyer_info', 'negotiating', 'awaiting_second_approval', 'intercepting',
        'awaiting_return', 'return_in_transit', 'awaiting_reship', 'awaiting_buyer_receipt', 'refunding', 'refund_failed',
        'rejected', 'return_rejected', 'succeeded', 'closed')),
    reason text not null,
    note text not null,
    evidence text not null,
    amount_minor bigint not null check (amount_minor > 0),
    fallback_address text,
    return_leg text,
    return_tracking text,
    replacement text,
    rejection text,
    due_at bigint,
    overdue_at bigint,
    refunding_at bigint,
    ended_at bigint,
    close_cause text check (close_cause in ('withdrawn', 'return_timeout', 'reject_expired', 'dispute_for_merchant', 'converted', 'admin')),
    applied_at bigint not null,
    version bigint not null default 1,
    unique (buyer_id, request_key),
    check (status not in ('applied', 'rejected', 'awaiting_return', 'return_in_transit', 'return_rejected', 'awaiting_reship',
        'awaiting_buyer_receipt', 'refund_failed') or due_at is not null),
    check (status not in ('awaiting_return', 'return_in_transit') or return_leg is not null),
    check (status <> 'awaiting_buyer_receipt' or replacement is not null),
    check (status not in ('rejected', 'return_rejected') or rejection is not null),
    check (status <> 'refunding' or refunding_at is not null),
    check ((status in ('succeeded', 'closed')) = (ended_at is not null)),
    check ((status = 'closed') = (close_cause is not null))
);
create index after_sales_of_shop on after_sales (shop_id, id);
create index after_sales_of_shop_by_status on after_sales (shop_id, status, kind, stage, due_at, id);
create index after_sales_of_buyer on after_sales (buyer_id, id);
create index after_sales_of_order on after_sales (order_id, id);
-- A parcel comes back once: the same number in two living cases is a mistake or worse (S88).
create unique index after_sales_one_return_parcel on after_sales (return_tracking) where return_tracking is not null and status <> 'closed';

create table after_sale_items (
    after_sale_id bigint not null references after_sales (id),
    order_line_id bigint not null references order_lines (id),
    quantity bigint not null check (quantity >= 0),
    goods_minor bigint not null check (goods_minor >= 0),
    freight_minor bigint not null check (freight_minor >= 0),
    settles bigint not null check (settles between 0 and quantity),
    primary key (after_sale_id, order_line_id)
);
create index after_sale_items_of_line on after_sale_items (order_line_id);

create table refunds (
    id bigint primary key,
    number text not null unique,
    shop_id bigint not null,
    order_id bigint not null references orders (id),
    -- Null: a surplus payment goes back without a case.
    after_sale_id bigint references after_sales (id),
    payment_id bigint not null references payments (id),
    -- The way the money takes: the tender it came by, or offline when it was settled outside.
    tender text not null check (tender in ('points', 'balance', 'wechat', 'alipay', 'cod', 'offline')),
    status text not null check (status in ('created', 'submitted', 'unknown', 'retryable', 'failed', 'manual', 'succeeded')),
    amount_minor bigint not null check (amount_minor > 0),
    gateway_no text,
    trouble text not null default '',
    voucher text not null default '',
    operator_name text not null default '',
    created_at bigint not null,
    submitted_at bigint,
    settled_at bigint,
    version bigint not null default 1,
    check ((status = 'succeeded') = (settled_at is not null))
);
create index refunds_of_shop on refunds (shop_id, id);
create index refunds_of_after_sale on refunds (after_sale_id, id);
create index refunds_of_order on refunds (order_id, id);
create index refunds_of_payment on refunds (payment_id, id);

create table refund_lines (
    refund_id bigint not null references refunds (id),
    order_line_id bigint not null references order_lines (id),
    amount_minor bigint not null check (amount_minor > 0),
    primary key (refund_id, order_line_id)
);

-- Every movement of money, append-only (M16). Wallet balances are the sums of their accounts.
create table money_events (
    id bigint primary key,
    shop_id bigint,
    order_id bigint,
    payment_id bigint,
    refund_id bigint,
    buyer_id bigint,
    account text not null check (account in ('points', 'balance', 'wechat', 'alipay', 'cod', 'offline')),
    cause text not null check (cause in ('opening', 'held', 'released', 'paid', 'surplus', 'refunded', 'settled_outside')),
    -- From the buyer's side: paying is negative, getting back positive.
    amount_minor bigint not null check (amount_minor <> 0),
    before_minor bigint,
    after_minor bigint,
    actor text not null,
    at bigint not null
);
create index money_events_of_wallet on money_events (buyer_id, account, id);
create index money_events_of_order on money_events (order_id, id);
