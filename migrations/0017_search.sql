-- Lists and the search box read as much of a large shop as of a small one: an index leads every way of looking (P11).

-- What was paid lies beside the id, so that days are summed without touching the rows.
drop index orders_of_shop;
create index orders_of_shop on orders (shop_id, id, paid_minor);
create index orders_of_shop_by_flag on orders (shop_id, flag, id) where flag <> '';
-- A phone is looked for by its last four digits, alone or as the way to the whole number.
drop index orders_of_shop_by_phone;
create index orders_of_shop_by_tail on orders (shop_id, substr(buyer_phone, length(buyer_phone) - 3), id);
drop index orders_of_shop_by_recipient_phone;
create index orders_of_shop_by_recipient_tail on orders (shop_id, substr(recipient_phone, length(recipient_phone) - 3), id);
-- Buyers are found among the members, by how their names begin; characters, because a range would depend on the database's locale.
-- The sum keeps other indexes of the shop's members from being taken for this one.
drop index orders_of_shop_by_name;
create index members_by_beginning on members ((shop_id + 0), substr(lower(name), 1, 1), substr(lower(name), 1, 2), buyer_id);

-- Goods are found among the products, which are few; from there to their orders and cases.
drop index order_lines_of_shop_by_title;
create index order_lines_of_product on order_lines (product_id, order_id);
create index order_lines_with_cases on order_lines (product_id, order_id) where applications > 0;

-- The queues: of one kind and of every kind by the time left, and of one status by age.
drop index after_sales_of_shop_by_status;
create index after_sales_of_shop_by_kind on after_sales (shop_id, status, kind, due_at, id, stage);
create index after_sales_of_shop_by_due on after_sales (shop_id, status, due_at, id);
create index after_sales_of_shop_by_status on after_sales (shop_id, status, id);
drop index after_sales_of_shop;
create index after_sales_of_shop on after_sales (shop_id, id, status);

drop index reviews_of_product;
create index reviews_of_product on reviews (product_id, id);
create index reviews_of_buyer on reviews (buyer_id, id);
create index reviews_of_shop_by_rating on reviews (shop_id, rating, id);
create index reviews_of_shop_hidden on reviews (shop_id, id) where hidden_at is not null;
