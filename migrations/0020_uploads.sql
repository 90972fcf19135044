-- A person may send so many pictures; one that nothing refers to a day later is removed.

-- Set where a member of staff sent it; the buyer beside it is then the order's.
alter table pictures add column staff_id bigint;
-- Something refers to it: set when it is looked at first, a day after it was sent.
alter table pictures add column settled_at bigint;
create index pictures_of_buyer on pictures (buyer_id, created_at, staff_id);
create index pictures_of_staff on pictures (staff_id, created_at);
create index pictures_unsettled on pictures (created_at, order_id) where settled_at is null;
insert into rounds (name, due_at) values ('unused_pictures', 0);
