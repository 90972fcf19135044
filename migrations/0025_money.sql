-- Who wanted a refund, rows of bills that are not known, and money of another amount that was settled outside.

-- Who agreed: a person, a clock or a rule. What happened before is read from the timeline.
alter table refunds add column agreed_by text not null default '';
update refunds set agreed_by = coalesce((
    select case e.actor_kind when 'staff' then e.actor_name when 'buyer' then '买家（换货超时改退款）' else '系统（超时自动同意）' end
    from events e
    where e.after_sale_id = refunds.after_sale_id and e.kind in ('refund_agreed', 'refunded_manually', 'converted_to_refund')
    order by e.id limit 1), '')
    where after_sale_id is not null;
update refunds set agreed_by = '系统（多付自动退回）' where after_sale_id is null;

create table bill_differences_with_rows (
    id bigint primary key,
    bill_id bigint not null references bills (id),
    kind text not null check (kind in ('only_in_bill', 'only_here', 'amount_differs', 'unknown_row')),
    entry text not null check (entry in ('payment', 'refund', 'unknown')),
    -- Of the payment or the refund; of a row that is not known, its place in the file.
    number text not null,
    gateway_no text not null,
    bill_minor bigint,
    bill_at bigint,
    own_minor bigint,
    own_at bigint,
    own_status text not null,
    -- What a row says that is not known.
    says text not null default '',
    order_number text not null,
    note text not null default '',
    settled_by text not null default '',
    settled_at bigint,
    unique (bill_id, entry, number),
    check (kind in ('only_here', 'unknown_row') or bill_minor is not null),
    check (kind in ('only_in_bill', 'unknown_row') or own_minor is not null),
    check ((kind = 'unknown_row') = (entry = 'unknown'))
);
insert into bill_differences_with_rows (id, bill_id, kind, entry, number, gateway_no, bill_minor, bill_at, own_minor, own_at, own_status, order_number,
        note, settled_by, settled_at)
    select id, bill_id, kind, entry, number, gateway_no, bill_minor, bill_at, own_minor, own_at, own_status, order_number, note, settled_by, settled_at
    from bill_differences;
drop table bill_differences;
alter table bill_differences_with_rows rename to bill_differences;
create index bill_differences_of_bill on bill_differences (bill_id, id);

-- Money of another amount that was marked as settled elsewhere: it came in, and went out by hand.
insert into refunds (id, number, shop_id, order_id, payment_id, tender, status, amount_minor, voucher, operator_name, agreed_by, created_at, settled_at)
    select a.id, 'R' || p.number || '-1-1', a.shop_id, a.order_id, a.payment_id, 'offline', 'succeeded', a.told_minor, a.note, a.resolved_by,
        a.resolved_by, a.resolved_at, a.resolved_at
    from payment_anomalies a join payments p on p.id = a.payment_id
    where a.kind = 'amount_differs' and a.refund_id is null and a.resolution = 'marked' and a.told_currency = 'CNY' and a.told_minor > 0
        and p.status in ('pending', 'void');
insert into money_events (id, shop_id, order_id, payment_id, buyer_id, account, cause, amount_minor, actor, actor_name, at)
    select a.id, a.shop_id, a.order_id, a.payment_id, o.buyer_id, p.tender, 'surplus', -a.told_minor, 'system', '系统', a.resolved_at
    from payment_anomalies a join payments p on p.id = a.payment_id join orders o on o.id = a.order_id
    where a.kind = 'amount_differs' and a.refund_id is null and a.resolution = 'marked' and a.told_currency = 'CNY' and a.told_minor > 0
        and p.status in ('pending', 'void');
insert into money_events (id, shop_id, order_id, payment_id, refund_id, buyer_id, account, cause, amount_minor, actor, actor_name, at)
    select a.payment_id, a.shop_id, a.order_id, a.payment_id, a.id, o.buyer_id, 'offline', 'settled_outside', a.told_minor, 'staff', a.resolved_by,
        a.resolved_at
    from payment_anomalies a join payments p on p.id = a.payment_id join orders o on o.id = a.order_id
    where a.kind = 'amount_differs' and a.refund_id is null and a.resolution = 'marked' and a.told_currency = 'CNY' and a.told_minor > 0
        and p.status in ('pending', 'void');
update payments set status = 'surplus', ask_at = null, version = version + 1,
        amount_minor = (select a.told_minor from payment_anomalies a
            where a.payment_id = payments.id and a.kind = 'amount_differs' and a.refund_id is null),
        refunded_minor = (select a.told_minor from payment_anomalies a
            where a.payment_id = payments.id and a.kind = 'amount_differs' and a.refund_id is null),
        paid_at = (select a.found_at from payment_anomalies a
            where a.payment_id = payments.id and a.kind = 'amount_differs' and a.refund_id is null)
    where status in ('pending', 'void') and id in (select a.payment_id from payment_anomalies a
        where a.kind = 'amount_differs' and a.refund_id is null and a.resolution = 'marked' and a.told_currency = 'CNY' and a.told_minor > 0);
update payment_anomalies set resolution = 'settled_outside'
    where kind = 'amount_differs' and refund_id is null and resolution = 'marked' and told_currency = 'CNY' and told_minor > 0;
