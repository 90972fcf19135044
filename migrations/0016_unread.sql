-- What is unread is counted on every page: an index of its own, as large as what is unread.
create index messages_unread_of_buyer on messages (buyer_id) where buyer_id is not null and read_at is null;
create index messages_unread_of_shop on messages (shop_id) where buyer_id is null and read_at is null;
