-- Phones are kept one way, so that they are found however they are typed: mobile numbers as eleven digits, landlines with one dash behind their
-- area, others without gaps; what is asked for after the call has been answered stands in a column of its own.

alter table orders add column recipient_extension text not null default '';
alter table buyer_addresses add column extension text not null default '';
alter table return_addresses add column extension text not null default '';

-- Each number that is not kept so already, with its digits, from all three tables; what it becomes is worked out here.
create table old_phones (place bigint not null, id bigint not null, typed text not null, digits text not null, number text, extension text not null);
insert into old_phones
    select 1, id, recipient_phone, replace(replace(replace(recipient_phone, '-', ''), ' ', ''), '+', ''), null, '' from orders
    where length(recipient_phone) <> 11 or recipient_phone like '%-%' or recipient_phone like '% %' or recipient_phone like '+%' or recipient_phone like '0%'
    union all
    select 2, id, phone, replace(replace(replace(phone, '-', ''), ' ', ''), '+', ''), null, '' from buyer_addresses
    where length(phone) <> 11 or phone like '%-%' or phone like '% %' or phone like '+%' or phone like '0%'
    union all
    select 3, id, phone, replace(replace(replace(phone, '-', ''), ' ', ''), '+', ''), null, '' from return_addresses
    where length(phone) <> 11 or phone like '%-%' or phone like '% %' or phone like '+%' or phone like '0%';

-- The code of the mainland, and the zero of the area that is left out behind it.
update old_phones set digits = substr(digits, 3) where digits like '0086%' and length(digits) >= 13;
update old_phones set digits = substr(digits, 3)
    where digits like '86%' and (typed like '+%' or typed like '00%' or (length(digits) >= 13 and substr(digits, 3, 1) = '1' and substr(digits, 4, 1) >= '3'));
update old_phones set digits = '0' || digits
    where (typed like '+86%' or typed like '0086%') and length(digits) between 9 and 11 and digits not like '0%'
        and not (length(digits) = 11 and digits like '1%' and substr(digits, 2, 1) >= '3') and digits not like '400%' and digits not like '800%';

-- Mobile numbers, alone or with an extension behind a dash. Behind another country's code, as +1 is one, eleven digits are none.
update old_phones set number = substr(digits, 1, 11), extension = substr(digits, 12)
    where digits like '1%' and substr(digits, 2, 1) >= '3' and (typed not like '+%' or replace(replace(typed, ' ', ''), '-', '') like '+86%')
        and (length(digits) = 11 or (length(digits) between 12 and 15 and typed like '%-' || substr(digits, 12)));
-- 010 and 02x have eight digits, areas of four have seven or eight.
update old_phones set number = substr(digits, 1, 3) || '-' || substr(digits, 4, 8), extension = substr(digits, 12)
    where number is null and (digits like '010%' or digits like '02%')
        and (length(digits) = 11 or (length(digits) > 11 and typed like '%-' || substr(digits, 12)));
update old_phones set number = substr(digits, 1, 4) || '-' || substr(digits, 5, 7), extension = substr(digits, 12)
    where number is null and digits like '0%' and substr(digits, 2, 1) >= '3'
        and (length(digits) = 11 or (length(digits) > 11 and typed like '%-' || substr(digits, 12)));
update old_phones set number = substr(digits, 1, 4) || '-' || substr(digits, 5, 8), extension = substr(digits, 13)
    where number is null and digits like '0%' and substr(digits, 2, 1) >= '3'
        and (length(digits) = 12 or (length(digits) > 12 and typed like '%-' || substr(digits, 13)));
-- Abroad, and what nobody can tell: the same number without gaps.
update old_phones set number = '+' || digits where number is null and typed like '+%';
update old_phones set number = '+' || substr(digits, 3) where number is null and typed like '00%';
update old_phones set number = digits where number is null;

create index old_phones_of_place on old_phones (place, id);
update orders set
    recipient_phone = (select number from old_phones where place = 1 and old_phones.id = orders.id),
    recipient_extension = (select extension from old_phones where place = 1 and old_phones.id = orders.id)
    where id in (select id from old_phones where place = 1);
update buyer_addresses set
    phone = (select number from old_phones where place = 2 and old_phones.id = buyer_addresses.id),
    extension = (select extension from old_phones where place = 2 and old_phones.id = buyer_addresses.id)
    where id in (select id from old_phones where place = 2);
update return_addresses set
    phone = (select number from old_phones where place = 3 and old_phones.id = return_addresses.id),
    extension = (select extension from old_phones where place = 3 and old_phones.id = return_addresses.id)
    where id in (select id from old_phones where place = 3);
drop table old_phones;

-- Until when a completed order can be sent back for no reason: seven days behind its receipt, to the end of that day, as the other window ends.
alter table orders add column no_reason_until bigint;
update orders set no_reason_until = after_sale_until - ((after_sale_until - received_at) / 86400000 - 7) * 86400000
    where status = 'completed' and after_sale_until is not null and received_at is not null and after_sale_until - received_at >= 604800000;
update orders set no_reason_until = after_sale_until where status = 'completed' and no_reason_until is null;
