-- PostgreSQL changes rules where the rows lie: each table gives up its own and takes those of its form, and its rows are read once.
do $$
declare
    form record;
begin
    for form in
        select t.oid::regclass as stands, f.oid::regclass as shall, t.relname || '_with_room' as named, t.relname
        from pg_class t join pg_class f on f.relname = t.relname || '_with_room' and f.relnamespace = t.relnamespace
        where t.relkind = 'r' and f.relkind = 'r' and t.relnamespace = current_schema()::regnamespace
    loop
        execute (
            select 'alter table ' || form.stands || ' ' || string_agg(step, ', ')
            from (
                select format('drop constraint %I', conname) as step from pg_constraint where conrelid = form.stands and contype = 'c'
                union all
                select format('add constraint %I %s', replace(conname, form.named, form.relname), pg_get_constraintdef(oid))
                from pg_constraint where conrelid = form.shall and contype = 'c') steps);
    end loop;
end $$;

drop table orders_with_room;
drop table after_sales_with_room;
drop table payments_with_room;
drop table refunds_with_room;
drop table money_events_with_room;
drop table stock_moves_with_room;
drop table coupon_events_with_room;
drop table clocks_with_room;
drop table jobs_with_room;
