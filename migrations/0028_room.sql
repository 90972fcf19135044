-- Room for what is still to be built: every kind, state, cause and tender of an order, an after-sale, money and goods has its place, and what a
-- state asks of its row is one rule with the state's name, so that a later change finds it.
--
-- The tables stand here as they shall be, under the names `…_with_room`; no row moves. What each engine does then is its own: it gives the rules to
-- the tables of those names, once their rows have been held against them (sqlite/0028_room.sql, postgres/0028_room.sql).
-- Columns stand in the order in which earlier migrations have added them.

create table orders_with_room (
    id bigint primary key,
    number text not null unique,
    shop_id bigint not null references shops (id),
    buyer_id bigint not null references buyers (id),
    request_key text not null,
    status text not null constraint orders_status check (status in ('pending_payment', 'awaiting_shipment', 'partially_shipped',
        'awaiting_receipt', 'completed', 'closed')),
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
    -- The last one that paid.
    tender text constraint orders_tender check (tender in ('points', 'balance', 'wechat', 'alipay', 'card', 'cod', 'deposit', 'offline')),
    open_cases bigint not null default 0 check (open_cases >= 0),
    unreviewed bigint not null default 0 check (unreviewed >= 0),
    shop_remark text not null default '',
    flag text not null default '' constraint orders_flag check (flag in ('', 'grey', 'purple', 'cyan', 'green', 'orange', 'red')),
    placed_at bigint not null,
    pay_by bigint,
    paid_at bigint,
    shipped_at bigint,
    receive_by bigint,
    receive_left bigint,
    received_at bigint,
    after_sale_until bigint,
    closed_at bigint,
    close_reason text constraint orders_close_reason check (close_reason in ('buyer_cancel', 'timeout', 'merchant_cancel', 'refunded_before_ship')),
    version bigint not null default 1,
    coupon_minor bigint not null default 0 check (coupon_minor >= 0 and coupon_minor <= goods_minor),
    coupon_name text not null default '',
    coupon_returned_at bigint,
    request_fingerprint text,
    recipient_extension text not null default '',
    no_reason_until bigint,
    unique (buyer_id, request_key),
    constraint orders_pending_payment check (status <> 'pending_payment' or (pay_by is not null and paid_at is null)),
    constraint orders_awaiting_shipment check (status <> 'awaiting_shipment' or paid_at is not null),
    constraint orders_partially_shipped check (status <> 'partially_shipped' or paid_at is not null),
    -- The receipt's clock runs, or it stands and keeps what is left.
    constraint orders_awaiting_receipt check (status <> 'awaiting_receipt'
        or (paid_at is not null and shipped_at is not null and (receive_by is null) <> (receive_left is null))),
    constraint orders_completed check (status <> 'completed'
        or (paid_at is not null and shipped_at is not null and received_at is not null and after_sale_until is not null and no_reason_until is not null)),
    constraint orders_closed check ((status = 'closed') = (closed_at is not null) and (status = 'closed') = (close_reason is not null))
);

create table after_sales_with_room (
    id bigint primary key,
    number text not null unique,
    shop_id bigint not null references shops (id),
    order_id bigint not null references orders (id),
    buyer_id bigint not null references buyers (id),
    request_key text not null,
    kind text not null constraint after_sales_kind check (kind in ('refund_only', 'return_refund', 'exchange', 'repair', 'claim', 'resend')),
    stage text not null constraint after_sales_stage check (stage in ('unshipped', 'in_transit', 'received')),
    -- A repair goes through appraisal, quote, goods_in and repaired; it is sent back and confirmed as an exchange is.
    status text not null constraint after_sales_status check (status in ('applied', 'awaiting_buyer_info', 'negotiating',
        'awaiting_second_approval', 'intercepting', 'awaiting_return', 'return_in_transit', 'appraisal', 'quote', 'goods_in', 'repaired',
        'awaiting_reship', 'awaiting_buyer_receipt', 'refunding', 'refund_failed', 'rejected', 'return_rejected', 'in_dispute', 'succeeded', 'closed')),
    reason text not null,
    note text not null,
    evidence text not null,
    amount_minor bigint not null,
    fallback_address text,
    return_leg text,
    return_tracking text,
    replacement text,
    rejection text,
    due_at bigint,
    overdue_at bigint,
    refunding_at bigint,
    ended_at bigint,
    close_cause text constraint after_sales_close_cause check (close_cause in ('withdrawn', 'return_timeout', 'reject_expired',
        'dispute_for_merchant', 'converted', 'admin')),
    applied_at bigint not null,
    version bigint not null default 1,
    request_fingerprint text,
    unique (buyer_id, request_key),
    -- What is mended or sent after may cost nobody anything.
    constraint after_sales_amount check (amount_minor > 0 or (amount_minor = 0 and kind in ('repair', 'resend'))),
    constraint after_sales_applied check (status <> 'applied' or due_at is not null),
    constraint after_sales_awaiting_buyer_info check (status <> 'awaiting_buyer_info' or due_at is not null),
    constraint after_sales_negotiating check (status <> 'negotiating' or due_at is not null),
    constraint after_sales_awaiting_second_approval check (status <> 'awaiting_second_approval' or due_at is not null),
    constraint after_sales_intercepting check (status <> 'intercepting' or due_at is not null),
    constraint after_sales_awaiting_return check (status <> 'awaiting_return' or (due_at is not null and return_leg is not null)),
    constraint after_sales_return_in_transit check (status <> 'return_in_transit' or (due_at is not null and return_leg is not null)),
    constraint after_sales_appraisal check (status <> 'appraisal' or due_at is not null),
    constraint after_sales_quote check (status <> 'quote' or due_at is not null),
    constraint after_sales_goods_in check (status <> 'goods_in' or due_at is not null),
    constraint after_sales_repaired check (status <> 'repaired' or due_at is not null),
    constraint after_sales_awaiting_reship check (status <> 'awaiting_reship' or due_at is not null),
    constraint after_sales_awaiting_buyer_receipt check (status <> 'awaiting_buyer_receipt' or (due_at is not null and replacement is not null)),
    constraint after_sales_refunding check (status <> 'refunding' or refunding_at is not null),
    constraint after_sales_refund_failed check (status <> 'refund_failed' or due_at is not null),
    constraint after_sales_rejected check (status <> 'rejected' or (due_at is not null and rejection is not null)),
    constraint after_sales_return_rejected check (status <> 'return_rejected' or (due_at is not null and rejection is not null)),
    constraint after_sales_in_dispute check (status <> 'in_dispute' or due_at is not null),
    constraint after_sales_succeeded check (status <> 'succeeded' or (ended_at is not null and close_cause is null)),
    constraint after_sales_closed check (status <> 'closed' or (ended_at is not null and close_cause is not null)),
    constraint after_sales_not_over check (status in ('succeeded', 'closed') or (ended_at is null and close_cause is null))
);

create table payments_with_room (
    id bigint primary key,
    number text not null unique,
    shop_id bigint not null,
    order_id bigint not null references orders (id),
    tender text not null constraint payments_tender check (tender in ('points', 'balance', 'wechat', 'alipay', 'card', 'cod', 'deposit', 'offline')),
    -- held: taken from the wallet at checkout; surplus: money that came when the order no longer wanted it.
    status text not null constraint payments_status check (status in ('pending', 'held', 'succeeded', 'void', 'surplus')),
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
    ask_at bigint,
    ticket text not null default 'page' constraint payments_ticket check (ticket in ('page', 'code')),
    check (refunded_minor <= amount_minor),
    constraint payments_succeeded check (status <> 'succeeded' or paid_at is not null),
    constraint payments_surplus check (status <> 'surplus' or paid_at is not null)
);

create table refunds_with_room (
    id bigint primary key,
    number text not null unique,
    shop_id bigint not null,
    order_id bigint not null references orders (id),
    -- Null: a surplus payment goes back without a case.
    after_sale_id bigint references after_sales (id),
    payment_id bigint not null references payments (id),
    -- The way the money takes: the tender it came by, or offline when it was settled outside.
    tender text not null constraint refunds_tender check (tender in ('points', 'balance', 'wechat', 'alipay', 'card', 'cod', 'deposit', 'offline')),
    status text not null constraint refunds_status check (status in ('created', 'submitted', 'unknown', 'retryable', 'failed', 'manual', 'succeeded')),
    amount_minor bigint not null check (amount_minor > 0),
    gateway_no text,
    trouble text not null default '',
    voucher text not null default '',
    operator_name text not null default '',
    created_at bigint not null,
    submitted_at bigint,
    settled_at bigint,
    version bigint not null default 1,
    asked_at bigint,
    elsewhere text constraint refunds_elsewhere check (elsewhere in ('buyer_card', 'merchant_account')),
    elsewhere_at bigint check ((elsewhere is null) = (elsewhere_at is null)),
    agreed_by text not null default '',
    constraint refunds_succeeded check ((status = 'succeeded') = (settled_at is not null))
);

create table money_events_with_room (
    id bigint primary key,
    shop_id bigint not null,
    order_id bigint,
    payment_id bigint,
    refund_id bigint,
    buyer_id bigint,
    account text not null constraint money_events_account check (account in ('points', 'balance', 'wechat', 'alipay', 'card', 'cod', 'deposit', 'offline')),
    -- compensation: on top of what was paid (M14). advance: given before the goods are back, then settled by them or reversed (M15).
    cause text not null constraint money_events_cause check (cause in ('opening', 'held', 'released', 'paid', 'surplus', 'refunded',
        'settled_outside', 'earned', 'taken_back', 'recharged', 'corrected', 'carried_over', 'account_closed', 'compensation', 'return_freight',
        'advance', 'advance_settled', 'advance_reversed', 'withdrawn', 'expired')),
    -- From the buyer's side: paying is negative, getting back positive.
    amount_minor bigint not null check (amount_minor <> 0),
    before_minor bigint,
    after_minor bigint,
    actor text not null,
    actor_name text not null default '',
    reason text not null default '',
    request_key text unique,
    at bigint not null,
    request_fingerprint text,
    constraint money_events_recharged check (cause <> 'recharged'
        or (amount_minor > 0 and actor_name <> '' and reason <> '' and request_key is not null)),
    constraint money_events_corrected check (cause <> 'corrected'
        or (amount_minor < 0 and actor_name <> '' and reason <> '' and request_key is not null)),
    constraint money_events_carried_over check (cause <> 'carried_over' or (account in ('points', 'balance') and order_id is null)),
    constraint money_events_account_closed check (cause <> 'account_closed' or (account in ('points', 'balance') and order_id is null)),
    constraint money_events_compensation check (cause <> 'compensation' or (amount_minor > 0 and actor_name <> '' and reason <> '')),
    constraint money_events_advance check (cause <> 'advance' or amount_minor > 0),
    constraint money_events_withdrawn check (cause <> 'withdrawn' or (account = 'balance' and amount_minor < 0)),
    constraint money_events_expired check (cause <> 'expired' or (account = 'points' and amount_minor < 0))
);

create table stock_moves_with_room (
    id bigint primary key,
    sku_id bigint not null references skus (id),
    order_line_id bigint,
    -- 盘点 counted, 次品转可售 made_sellable, 报损 written_off, 补寄 resent.
    cause text not null constraint stock_moves_cause check (cause in ('stocked', 'reserved', 'released', 'shipped', 'returned', 'replaced', 'resent',
        'counted', 'made_sellable', 'written_off')),
    sellable bigint not null,
    reserved bigint not null,
    defective bigint not null,
    at bigint not null
);

create table coupon_events_with_room (
    id bigint primary key,
    buyer_coupon_id bigint not null references buyer_coupons (id),
    shop_id bigint not null,
    order_id bigint references orders (id),
    -- invalidated: it came with an order that was given back (M8).
    cause text not null constraint coupon_events_cause check (cause in ('taken', 'given', 'used', 'returned', 'lapsed', 'invalidated')),
    actor text not null,
    actor_name text not null,
    at bigint not null,
    constraint coupon_events_of_order check ((cause in ('taken', 'given')) = (order_id is null))
);
-- An order lets go of the one coupon it used; of those that came with it, there may be several.
drop index coupon_events_once;
create unique index coupon_events_once on coupon_events (order_id, cause) where order_id is not null and cause <> 'invalidated';

create table clocks_with_room (
    subject text not null constraint clocks_subject check (subject in ('order', 'after_sale', 'return_reminder', 'offer',
        'second_approval_reminder', 'dispute', 'dispute_reminder', 'rule', 'waybill', 'answer', 'virtual_code', 'group', 'repair_plan', 'follow_up')),
    subject_id bigint not null,
    due_at bigint not null,
    attempts bigint not null default 0,
    primary key (subject, subject_id)
);

create table jobs_with_room (
    id bigint primary key,
    kind text not null constraint jobs_kind check (kind in ('refund', 'message', 'tracking', 'webhook')),
    subject_id bigint not null,
    run_at bigint not null,
    attempts bigint not null default 0,
    trouble text not null default '',
    unique (kind, subject_id)
);

