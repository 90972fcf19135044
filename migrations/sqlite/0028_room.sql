-- SQLite keeps a table's rules in its text alone: only that text changes, as https://sqlite.org/lang_altertable.html tells for changes that move no
-- row (7, "the following simpler procedure"). Rows and indexes stay where they are, and so does whatever points to them.

create table room_fits (differences bigint not null constraint columns_and_rows_fit check (differences = 0));

-- Rows are read by the places of their columns, and indexes by the turn of their keys: both have to be the same.
insert into room_fits
with forms as (
        select t.name as stands, f.name as form from sqlite_schema t join sqlite_schema f on f.name = t.name || '_with_room'
        where t.type = 'table' and f.type = 'table'),
    as_it_stands as (
        select stands, cid, c.name, c.type, c."notnull", c.dflt_value, c.pk from forms, pragma_table_info(stands) c
        union all
        select stands, seqno, k.name, substr(i.name, length('sqlite_autoindex_' || stands || '_') + 1), i.origin, null, i."unique"
        from forms, pragma_index_list(stands) i, pragma_index_info(i.name) k where i.origin <> 'c'
        union all
        select stands, seq, r."from", r."table", r."to", r.on_delete, r.on_update from forms, pragma_foreign_key_list(stands) r),
    as_it_shall as (
        select stands, cid, c.name, c.type, c."notnull", c.dflt_value, c.pk from forms, pragma_table_info(form) c
        union all
        select stands, seqno, k.name, substr(i.name, length('sqlite_autoindex_' || form || '_') + 1), i.origin, null, i."unique"
        from forms, pragma_index_list(form) i, pragma_index_info(i.name) k where i.origin <> 'c'
        union all
        select stands, seq, r."from", r."table", r."to", r.on_delete, r.on_update from forms, pragma_foreign_key_list(form) r)
select (select count(*) from (select * from as_it_stands except select * from as_it_shall))
    + (select count(*) from (select * from as_it_shall except select * from as_it_stands));

-- What is asked beyond what was asked before; all else is asked already, or of nobody yet.
insert into room_fits select count(*) from orders
    where tender not in ('points', 'balance', 'wechat', 'alipay', 'cod', 'offline')
        or (status = 'completed' and (shipped_at is null or no_reason_until is null));
insert into room_fits select count(*) from after_sales
    where status in ('awaiting_buyer_info', 'negotiating', 'awaiting_second_approval', 'intercepting') and due_at is null;

pragma writable_schema = on;
update sqlite_schema as t set sql = (
        select 'CREATE TABLE ' || t.name || substr(f.sql, length('CREATE TABLE ' || f.name) + 1)
        from sqlite_schema f where f.type = 'table' and f.name = t.name || '_with_room')
    where t.type = 'table' and t.name || '_with_room' in (select name from sqlite_schema where type = 'table');
-- Read anew.
pragma writable_schema = reset;

drop table orders_with_room;
drop table after_sales_with_room;
drop table payments_with_room;
drop table refunds_with_room;
drop table money_events_with_room;
drop table stock_moves_with_room;
drop table coupon_events_with_room;
drop table clocks_with_room;
drop table jobs_with_room;
drop table room_fits;
