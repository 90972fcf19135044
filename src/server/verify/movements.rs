//! Movements of money: each belongs to one tender or refund, and the wallets are their sums (M16).

use super::{Invariant, Table};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "M16 a tender moved its money once",
        words: "每笔支付恰有一条资金流水，作废的没有或已退还",
        reads: &[Table::Payments, Table::Movements],
        differing: "select p.id, p.shop_id, p.status || ' ' || p.amount_minor as kept,
                coalesce(e.times, 0) || ' movements of ' || coalesce(e.amount, 0) as summed
            from payments p left join (select payment_id, sum(amount_minor) as amount, count(*) as times from money_events
                where refund_id is null and payment_id is not null group by payment_id) e on e.payment_id = p.id
            where case when p.status in ('succeeded', 'surplus', 'held') then -p.amount_minor else 0 end <> coalesce(e.amount, 0)
                or coalesce(e.times, 0) not in (case when p.status in ('succeeded', 'surplus', 'held') then 1 else 0 end,
                    case when p.status in ('succeeded', 'surplus', 'held') then 1 when p.status = 'void' then 2 else 0 end)",
    },
    Invariant {
        name: "M16 a refund moved its money once",
        words: "每笔到账的退款恰有一条资金流水，未到账的没有",
        reads: &[Table::Refunds, Table::Movements],
        differing: "select r.id, r.shop_id, r.status || ' ' || r.amount_minor as kept,
                coalesce(e.times, 0) || ' movements of ' || coalesce(e.amount, 0) as summed
            from refunds r left join (select refund_id, sum(amount_minor) as amount, count(*) as times from money_events
                where refund_id is not null group by refund_id) e on e.refund_id = r.id
            where case when r.status = 'succeeded' then r.amount_minor else 0 end <> coalesce(e.amount, 0)
                or case when r.status = 'succeeded' then 1 else 0 end <> coalesce(e.times, 0)",
    },
    Invariant {
        name: "M16 every movement belongs to its order, its tender and its refund",
        words: "每条资金流水都对应它的订单、支付和退款",
        reads: &[Table::Movements, Table::Orders, Table::Payments, Table::Refunds],
        differing: "select e.id, e.shop_id, e.account || ' ' || e.cause || ' ' || e.amount_minor as kept,
                'order ' || coalesce(o.id, 0) || ', payment ' || coalesce(p.id, 0) || ', refund ' || coalesce(r.id, 0) as summed
            from money_events e left join orders o on o.id = e.order_id left join payments p on p.id = e.payment_id
            left join refunds r on r.id = e.refund_id
            where (e.order_id is not null and (o.id is null or o.buyer_id <> e.buyer_id or o.shop_id <> e.shop_id))
                or (e.payment_id is not null and (p.id is null or p.order_id <> e.order_id or (e.refund_id is null and p.tender <> e.account)))
                or (e.refund_id is not null and (r.id is null or r.payment_id <> e.payment_id or r.tender <> e.account))",
    },
    Invariant {
        name: "M16 balance and points are the sums of their movements",
        words: "每位会员在每家店的余额和积分，等于各自流水之和",
        reads: &[Table::Members, Table::Movements],
        differing: "select coalesce(m.buyer_id, e.buyer_id) as id, coalesce(m.shop_id, e.shop_id) as shop_id,
                'balance ' || coalesce(m.balance_minor, 0) || ', points ' || coalesce(m.points, 0) as kept,
                'balance ' || coalesce(e.balance, 0) || ', points ' || coalesce(e.points, 0) as summed
            from members m full join (
                select buyer_id, shop_id, sum(case when account = 'balance' then amount_minor else 0 end) as balance,
                    sum(case when account = 'points' then amount_minor else 0 end) as points
                from money_events where account in ('balance', 'points') group by buyer_id, shop_id) e
                on e.buyer_id = m.buyer_id and e.shop_id = m.shop_id
            where coalesce(m.balance_minor, 0) <> coalesce(e.balance, 0) or coalesce(m.points, 0) <> coalesce(e.points, 0)",
    },
    Invariant {
        name: "M16 what was carried between the wallets of a buyer adds up to nothing",
        words: "钱包按店铺分开时，各店之间的结转相抵为零",
        reads: &[Table::Movements],
        differing: "select buyer_id as id, 0 as shop_id, account || ' carried between ' || count(*) || ' shops' as kept,
                'a sum of ' || sum(amount_minor) as summed
            from money_events where cause = 'carried_over' group by buyer_id, account having sum(amount_minor) <> 0",
    },
    Invariant {
        name: "M16 a movement of a wallet says what it held before and after",
        words: "每条余额和积分流水的变动前后与金额一致",
        reads: &[Table::Movements],
        differing: "select id, shop_id, account || ' before ' || coalesce(before_minor, 0) || ', after ' || coalesce(after_minor, 0) as kept,
                'amount ' || amount_minor as summed
            from money_events
            where account in ('balance', 'points')
                and (before_minor is null or after_minor is null or before_minor + amount_minor <> after_minor)",
    },
    // Two processes may write down a movement in another sequence than their ids have. So only a wallet whose chain seems to break by its
    // ids is looked at closely: whatever it is left with by one movement, and where it begins and ends, is met by another.
    Invariant {
        name: "M16 the chain of a wallet's movements is unbroken",
        words: "每位会员在每家店的余额和积分流水首尾相接，没有断开",
        reads: &[Table::Members, Table::Movements],
        differing: "with seemingly as (
                select distinct buyer_id, shop_id, account from (
                    select buyer_id, shop_id, account, before_minor,
                        coalesce(lag(after_minor) over (partition by buyer_id, shop_id, account order by id), 0) as left_with
                    from money_events where account in ('balance', 'points')) linked
                where before_minor <> left_with),
            ends as (
                select e.buyer_id, e.shop_id, e.account, e.before_minor as holds, 1 as sign
                from money_events e join seemingly s on s.buyer_id = e.buyer_id and s.shop_id = e.shop_id and s.account = e.account
                union all
                select e.buyer_id, e.shop_id, e.account, e.after_minor as holds, -1 as sign
                from money_events e join seemingly s on s.buyer_id = e.buyer_id and s.shop_id = e.shop_id and s.account = e.account
                union all
                select s.buyer_id, s.shop_id, s.account, 0 as holds, -1 as sign from seemingly s
                union all
                select s.buyer_id, s.shop_id, s.account, case when s.account = 'points' then m.points else m.balance_minor end as holds, 1 as sign
                from seemingly s join members m on m.buyer_id = s.buyer_id and m.shop_id = s.shop_id)
            select buyer_id as id, shop_id, account || ' ' || holds as kept, 'met ' || sum(sign) || ' times too often' as summed
            from ends group by buyer_id, shop_id, account, holds having sum(sign) <> 0",
    },
    Invariant {
        name: "M7 points that orders earned and gave back are movements",
        words: "每笔订单赠送和扣回的积分，等于各自流水之和",
        reads: &[Table::Lines, Table::Movements],
        differing: "select l.order_id as id, l.shop_id, 'earned ' || l.earned || ', taken back ' || l.taken_back as kept,
                'earned ' || coalesce(e.earned, 0) || ', taken back ' || coalesce(e.taken_back, 0) as summed
            from (select order_id, shop_id, sum(points_earned) as earned, sum(points_taken_back) as taken_back
                from order_lines group by order_id, shop_id) l
            left join (select order_id, sum(case when cause = 'earned' then amount_minor else 0 end) as earned,
                -sum(case when cause = 'taken_back' then amount_minor else 0 end) as taken_back
                from money_events where account = 'points' and cause in ('earned', 'taken_back') group by order_id) e
                on e.order_id = l.order_id
            where l.earned <> coalesce(e.earned, 0) or l.taken_back <> coalesce(e.taken_back, 0)",
    },
];
