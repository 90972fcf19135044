//! Movements of money, goods and coupons, and who looked at what, are written once: the database itself refuses to change or remove one (M16).
//! The two engines write triggers differently, so they are made here and not in a migration, whose text both read.
//!
//! One change is let through: what somebody typed about a buyer, the reason of a recharge or the detail of a record, gives way to the words that
//! stand for a closed account (`store::people::erasure`). No number, name, cause or time goes with it.

pub(super) const SQLITE: [&str; 10] = [
    "drop trigger if exists money_events_stay",
    include_str!("append_only/money_events_stay_sqlite.sql"),
    "create trigger if not exists money_events_remain before delete on money_events begin select raise(abort, 'money_events is append-only'); end",
    "create trigger if not exists stock_moves_stay before update on stock_moves begin select raise(abort, 'stock_moves is append-only'); end",
    "create trigger if not exists stock_moves_remain before delete on stock_moves begin select raise(abort, 'stock_moves is append-only'); end",
    "create trigger if not exists coupon_events_stay before update on coupon_events begin select raise(abort, 'coupon_events is append-only'); end",
    "create trigger if not exists coupon_events_remain before delete on coupon_events begin select raise(abort, 'coupon_events is append-only'); end",
    "drop trigger if exists audits_stay",
    "create trigger audits_stay before update on audits when not (new.detail = '（已随账户注销删除）' and
        new.id is old.id and new.shop_id is old.shop_id and new.actor_id is old.actor_id and new.actor is old.actor and
        new.what is old.what and new.subject is old.subject and new.at is old.at)
        begin select raise(abort, 'audits is append-only'); end",
    "create trigger if not exists audits_remain before delete on audits begin select raise(abort, 'audits is append-only'); end",
];

pub(super) const POSTGRES: [&str; 8] = [
    // Of several processes that start at once, one makes them.
    "select pg_advisory_xact_lock(4242001)",
    "create or replace function refuse_change() returns trigger language plpgsql as
        $$ begin raise exception '% is append-only', tg_table_name; end $$",
    "create or replace trigger money_events_remain before delete or truncate on money_events for each statement execute function refuse_change()",
    include_str!("append_only/money_events_stay_postgres.sql"),
    "create or replace trigger stock_moves_stay before update or delete or truncate on stock_moves
        for each statement execute function refuse_change()",
    "create or replace trigger coupon_events_stay before update or delete or truncate on coupon_events
        for each statement execute function refuse_change()",
    "create or replace trigger audits_remain before delete or truncate on audits for each statement execute function refuse_change()",
    "create or replace trigger audits_stay before update on audits for each row when (not (new.detail = '（已随账户注销删除）' and row(
        new.id, new.shop_id, new.actor_id, new.actor, new.what, new.subject, new.at) is not distinct from row(
        old.id, old.shop_id, old.actor_id, old.actor, old.what, old.subject, old.at)))
        execute function refuse_change()",
];
