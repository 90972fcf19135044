-- Balance and points belong to a buyer and a shop: what one shop credits is spent at that shop alone.
--
-- Until now a buyer had one wallet for all shops. What happens to it:
-- 1. Every movement belongs to a shop: its own, that of its order, or, for what a wallet began with, the shop that was opened first.
-- 2. A wallet that one shop alone has moved stays as it is. Of one that several have moved, each shop's part gets its own row of sums
--    (before_minor, after_minor); amounts, causes and times stay to the letter.
-- 3. What was credited at one shop and spent at another leaves the first with too much and the second below zero. The buyer keeps what there
--    is: shops above zero give to those below, in the order of their ids, as far as it goes. Each such shop gets one movement `carried_over`,
--    dated as the buyer's last; those of a buyer add up to nothing. A balance is then nowhere below zero, for the whole never was; points
--    are, where the whole was (a claw-back).
-- 4. Balance and points of the pair are the sums of its movements.
-- Movements no longer repeat the buyer's name: buyer_id says who it was, and an account that is closed leaves no name behind in the books.

alter table members add column balance_minor bigint not null default 0 check (balance_minor >= 0);
-- May fall below zero by claw-back (M7).
alter table members add column points bigint not null default 0;
create index members_of_buyer on members (buyer_id, shop_id);

create table money_events_of_shops (
    id bigint primary key,
    shop_id bigint not null,
    order_id bigint,
    payment_id bigint,
    refund_id bigint,
    buyer_id bigint,
    account text not null check (account in ('points', 'balance', 'wechat', 'alipay', 'cod', 'offline')),
    cause text not null check (cause in ('opening', 'held', 'released', 'paid', 'surplus', 'refunded', 'settled_outside',
        'earned', 'taken_back', 'recharged', 'corrected', 'carried_over', 'account_closed')),
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
    check (cause not in ('recharged', 'corrected') or (actor_name <> '' and reason <> '' and request_key is not null)),
    check (cause <> 'recharged' or amount_minor > 0),
    check (cause <> 'corrected' or amount_minor < 0),
    check (cause not in ('carried_over', 'account_closed') or (account in ('points', 'balance') and order_id is null))
);

with placed as (
        select e.*, coalesce(e.shop_id, o.shop_id, (select min(id) from shops)) as at_shop
        from money_events e left join orders o on o.id = e.order_id),
    shared as (
        select buyer_id, account from placed where account in ('points', 'balance')
        group by buyer_id, account having min(at_shop) <> max(at_shop)),
    parted as (
        select p.id, cast(sum(p.amount_minor) over (partition by p.buyer_id, p.account, p.at_shop order by p.id) as bigint) as after_minor
        from placed p join shared s on s.buyer_id = p.buyer_id and s.account = p.account)
insert into money_events_of_shops (id, shop_id, order_id, payment_id, refund_id, buyer_id, account, cause, amount_minor, before_minor,
        after_minor, actor, actor_name, reason, request_key, at, request_fingerprint)
    select p.id, p.at_shop, p.order_id, p.payment_id, p.refund_id, p.buyer_id, p.account, p.cause, p.amount_minor,
        case when parted.id is null then p.before_minor else parted.after_minor - p.amount_minor end,
        case when parted.id is null then p.after_minor else parted.after_minor end,
        p.actor, case when p.actor = 'buyer' then '买家' else p.actor_name end, p.reason, p.request_key, p.at, p.request_fingerprint
    from placed p left join parted on parted.id = p.id;

with wallets as (
        select buyer_id, account, shop_id, cast(sum(amount_minor) as bigint) as held, max(at) as last_at
        from money_events_of_shops where account in ('points', 'balance') group by buyer_id, account, shop_id),
    -- What those before it in turn can give and lack, and all together.
    ranged as (
        select w.*,
            sum(case when held > 0 then held else 0 end) over in_turn - case when held > 0 then held else 0 end as given_before,
            sum(case when held < 0 then -held else 0 end) over in_turn - case when held < 0 then -held else 0 end as lacking_before,
            sum(case when held > 0 then held else 0 end) over all_of_it as given,
            sum(case when held < 0 then -held else 0 end) over all_of_it as lacking,
            max(last_at) over all_of_it as at
        from wallets w
        window in_turn as (partition by buyer_id, account order by shop_id), all_of_it as (partition by buyer_id, account)),
    carried as (
        select buyer_id, account, shop_id, held, at,
            case when given < lacking then given else lacking end - case when held > 0 then given_before else lacking_before end as open_amount
        from ranged),
    moved as (
        select buyer_id, account, shop_id, held, at,
            case when held > 0 then -1 else 1 end
                * case when open_amount <= 0 then 0 when open_amount < abs(held) then open_amount else abs(held) end as amount
        from carried)
insert into money_events_of_shops (id, shop_id, buyer_id, account, cause, amount_minor, before_minor, after_minor, actor, actor_name, at)
    select (select max(id) from money_events) + row_number() over (order by buyer_id, account, shop_id), shop_id, buyer_id, account,
        'carried_over', amount, held, held + amount, 'system', '系统', at
    from moved where amount <> 0;

drop table money_events;
alter table money_events_of_shops rename to money_events;
create index money_events_of_wallet on money_events (buyer_id, shop_id, account, id);
create index money_events_of_order on money_events (order_id, id);

-- Whose wallet a shop has moved is its member.
insert into members (shop_id, buyer_id, name, phone, joined_at)
    select e.shop_id, b.id, b.name, b.phone, min(e.at) from money_events e join buyers b on b.id = e.buyer_id
    where e.account in ('points', 'balance')
        and not exists (select 1 from members m where m.shop_id = e.shop_id and m.buyer_id = e.buyer_id)
    group by e.shop_id, b.id, b.name, b.phone;
update members set balance_minor = w.balance, points = w.points
    from (select buyer_id, shop_id, cast(sum(case when account = 'balance' then amount_minor else 0 end) as bigint) as balance,
            cast(sum(case when account = 'points' then amount_minor else 0 end) as bigint) as points
        from money_events where account in ('points', 'balance') group by buyer_id, shop_id) w
    where w.buyer_id = members.buyer_id and w.shop_id = members.shop_id;

alter table buyers drop column balance_minor;
alter table buyers drop column points;
