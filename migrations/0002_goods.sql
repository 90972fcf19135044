-- What is sold, how much of it lies in the house, and what waits in carts.

create table products (
    id bigint primary key,
    shop_id bigint not null references shops (id),
    title text not null,
    subtitle text not null,
    description text not null,
    category text not null,
    picture text not null,
    review_count bigint not null default 0,
    review_stars bigint not null default 0,
    sold bigint not null default 0,
    listed_at bigint,
    created_at bigint not null
);
create index products_by_shop on products (shop_id, id);
create index products_listed on products (category, id) where listed_at is not null;

create table skus (
    id bigint primary key,
    product_id bigint not null references products (id),
    shop_id bigint not null references shops (id),
    spec text not null,
    price_minor bigint not null check (price_minor > 0),
    -- Free to sell, promised to unshipped orders, back but not fit for sale.
    sellable bigint not null check (sellable >= 0),
    reserved bigint not null default 0 check (reserved >= 0),
    defective bigint not null default 0 check (defective >= 0)
);
create index skus_by_product on skus (product_id, id);

-- Every movement of units, with its cause; the three columns above are its sums.
create table stock_moves (
    id bigint primary key,
    sku_id bigint not null references skus (id),
    order_line_id bigint,
    cause text not null check (cause in ('stocked', 'reserved', 'released', 'shipped', 'returned', 'replaced')),
    sellable bigint not null,
    reserved bigint not null,
    defective bigint not null,
    at bigint not null
);
create index stock_moves_by_sku on stock_moves (sku_id, id);

create table cart_items (
    buyer_id bigint not null references buyers (id),
    sku_id bigint not null references skus (id),
    quantity bigint not null check (quantity between 1 and 999),
    added_at bigint not null,
    primary key (buyer_id, sku_id)
);
