-- A shop that traded before points, coupons, anomalies and bills were kept: what the tables of 0001 to 0008 hold of it.
insert into shops (id, code, name, phone, time_zone, policy, created_at) values
    (1, 'old', '老店', '057100000000', 'Asia/Shanghai', '{}', 1790000000000),
    (2, 'older', '更老的店', '057100000001', 'Asia/Shanghai', '{}', 1790000000000);
insert into staff (id, shop_id, login, name, password_hash, roles, created_at) values (1, 1, 'owner-of-old', '老板', '', '["owner"]', 1790000000000);
insert into buyers (id, phone, name, password_hash, balance_minor, points, created_at) values
    (10, '13700000001', '赵老', '', 3000, 500, 1790000000000),
    (11, '13700000002', '钱老', '', 0, 0, 1790000000000);
insert into products (id, shop_id, title, subtitle, description, category, picture, listed_at, created_at) values
    (20, 1, '老茶', '', '', 'tea', '', 1790000000000, 1790000000000), (22, 2, '老酒', '', '', 'tea', '', 1790000000000, 1790000000000);
insert into skus (id, product_id, shop_id, spec, price_minor, sellable, reserved) values (21, 20, 1, '一斤', 10000, 95, 2), (23, 22, 2, '一坛', 8000, 9, 0);

-- 30: completed, one unit of two refunded. 31: its refund has failed. 32: closed, and paid afterwards. 33: waits for its payment.
-- 34: paid twice, and the second payment is back. 35: completed at the other shop, half from the balance.
insert into orders (id, number, shop_id, buyer_id, request_key, status, recipient, recipient_phone, region, detail, buyer_name, buyer_phone, buyer_remark,
    goods_minor, freight_minor, held_minor, paid_minor, refunded_minor, tender, open_cases, placed_at, pay_by, paid_at, shipped_at, received_at,
    after_sale_until, closed_at, close_reason) values
    (30, 'G2609-OLD30', 1, 10, 'k30', 'completed', '赵老', '13700000001', '浙江省', '一号', '赵老', '13700000001', '',
        20000, 0, 0, 20000, 10000, 'wechat', 0, 1790000000000, null, 1790000001000, 1790000002000, 1790000003000, 1799000000000, null, null),
    (31, 'G2609-OLD31', 1, 10, 'k31', 'awaiting_shipment', '赵老', '13700000001', '浙江省', '一号', '赵老', '13700000001', '',
        10000, 0, 0, 10000, 0, 'wechat', 1, 1790000010000, null, 1790000011000, null, null, null, null, null),
    (32, 'G2609-OLD32', 1, 11, 'k32', 'closed', '钱老', '13700000002', '浙江省', '二号', '钱老', '13700000002', '',
        10000, 0, 0, 0, 0, null, 0, 1790000020000, null, null, null, null, null, 1790000021000, 'timeout'),
    (33, 'G2609-OLD33', 1, 11, 'k33', 'pending_payment', '钱老', '13700000002', '浙江省', '二号', '钱老', '13700000002', '',
        10000, 0, 0, 0, 0, null, 0, 1795319000000, 1795330000000, null, null, null, null, null, null),
    (34, 'G2609-OLD34', 1, 10, 'k34', 'completed', '赵老', '13700000001', '浙江省', '一号', '赵老', '13700000001', '',
        10000, 0, 0, 10000, 0, 'alipay', 0, 1790000040000, null, 1790000041000, 1790000042000, 1790000043000, 1799000000000, null, null),
    (35, 'G2609-OLD35', 2, 10, 'k35', 'completed', '赵老', '13700000001', '浙江省', '一号', '赵老', '13700000001', '',
        8000, 0, 2000, 8000, 0, 'wechat', 0, 1790000050000, null, 1790000051000, 1790000052000, 1790000053000, 1799000000000, null, null);
insert into order_lines (id, order_id, shop_id, product_id, sku_id, title, spec, picture, unit_price_minor, quantity, goods_minor, paid_minor, refunded_minor,
    reserved_minor, shipped_quantity, refunded_quantity, reserved_quantity) values
    (40, 30, 1, 20, 21, '老茶', '一斤', '', 10000, 2, 20000, 20000, 10000, 0, 2, 0, 0),
    (41, 31, 1, 20, 21, '老茶', '一斤', '', 10000, 1, 10000, 10000, 0, 10000, 0, 0, 1),
    (42, 32, 1, 20, 21, '老茶', '一斤', '', 10000, 1, 10000, 0, 0, 0, 0, 0, 0),
    (43, 33, 1, 20, 21, '老茶', '一斤', '', 10000, 1, 10000, 0, 0, 0, 0, 0, 0),
    (44, 34, 1, 20, 21, '老茶', '一斤', '', 10000, 1, 10000, 10000, 0, 0, 1, 0, 0),
    (45, 35, 2, 22, 23, '老酒', '一坛', '', 8000, 1, 8000, 8000, 0, 0, 1, 0, 0);
insert into payments (id, number, shop_id, order_id, tender, status, amount_minor, refunded_minor, cashier_url, trade_no, created_at, paid_at) values
    (50, 'POLD50', 1, 30, 'wechat', 'succeeded', 20000, 10000, 'https://pay.example/50', 'T50', 1790000000500, 1790000001000),
    (51, 'POLD51', 1, 31, 'wechat', 'succeeded', 10000, 0, 'https://pay.example/51', 'T51', 1790000010500, 1790000011000),
    (52, 'POLD52', 1, 32, 'wechat', 'surplus', 10000, 0, 'https://pay.example/52', 'T52', 1790000020500, 1790000022000),
    (53, 'POLD53', 1, 33, 'wechat', 'pending', 10000, 0, 'https://pay.example/53', null, 1795319000500, null),
    (54, 'POLD54', 1, 34, 'alipay', 'succeeded', 10000, 0, 'https://pay.example/54', 'T54', 1790000040500, 1790000041000),
    (55, 'POLD55', 1, 34, 'wechat', 'surplus', 10000, 10000, 'https://pay.example/55', 'T55', 1790000040400, 1790000041500),
    (56, 'POLD56', 2, 35, 'balance', 'succeeded', 2000, 0, '', null, 1790000050400, 1790000051000),
    (57, 'POLD57', 2, 35, 'wechat', 'succeeded', 6000, 0, 'https://pay.example/57', 'T57', 1790000050500, 1790000051000),
    (58, 'POLD58', 1, 33, 'alipay', 'void', 10000, 0, 'https://pay.example/58', null, 1795319000400, null);
insert into line_tenders (order_line_id, payment_id, paid_minor, refunded_minor) values
    (40, 50, 20000, 10000), (41, 51, 10000, 10000), (44, 54, 10000, 0), (45, 56, 2000, 0), (45, 57, 6000, 0);
insert into shipments (id, shop_id, order_id, carrier, tracking, shipped_at) values
    (60, 1, 30, 'sf', 'SF0000000000060', 1790000002000), (61, 1, 34, 'sf', 'SF0000000000061', 1790000042000),
    (62, 2, 35, 'sf', 'SF0000000000062', 1790000052000);
insert into shipment_lines (shipment_id, order_line_id, quantity) values (60, 40, 2), (61, 44, 1), (62, 45, 1);
insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at) values
    (70, 21, null, 'stocked', 100, 0, 0, 1790000000000), (71, 21, 40, 'reserved', -2, 2, 0, 1790000000000), (72, 21, 40, 'shipped', 0, -2, 0, 1790000002000),
    (73, 21, 41, 'reserved', -1, 1, 0, 1790000010000), (74, 21, 42, 'reserved', -1, 1, 0, 1790000020000), (75, 21, 42, 'released', 1, -1, 0, 1790000021000),
    (76, 21, 43, 'reserved', -1, 1, 0, 1795319000000), (77, 21, 44, 'reserved', -1, 1, 0, 1790000040000), (78, 21, 44, 'shipped', 0, -1, 0, 1790000042000),
    (80, 23, null, 'stocked', 10, 0, 0, 1790000000000), (81, 23, 45, 'reserved', -1, 1, 0, 1790000050000), (82, 23, 45, 'shipped', 0, -1, 0, 1790000052000);

insert into after_sales (id, number, shop_id, order_id, buyer_id, request_key, kind, stage, status, reason, note, evidence, amount_minor, due_at, ended_at, applied_at) values
    (90, 'AS2609-OLD90', 1, 30, 10, 'a90', 'refund_only', 'received', 'succeeded', 'quality', '', '[]', 10000, null, 1790000005000, 1790000004000),
    (91, 'AS2609-OLD91', 1, 31, 10, 'a91', 'refund_only', 'unshipped', 'refund_failed', 'unwanted', '', '[]', 10000, 1799000000000, null, 1790000012000);
insert into after_sale_items (after_sale_id, order_line_id, quantity, goods_minor, freight_minor, settles) values (90, 40, 1, 10000, 0, 0), (91, 41, 1, 10000, 0, 1);
insert into refunds (id, number, shop_id, order_id, after_sale_id, payment_id, tender, status, amount_minor, gateway_no, trouble, operator_name, created_at,
    submitted_at, settled_at) values
    (100, 'ROLD100', 1, 30, 90, 50, 'wechat', 'succeeded', 10000, 'B100', '', '系统', 1790000004500, 1790000004600, 1790000005000),
    (101, 'ROLD101', 1, 31, 91, 51, 'wechat', 'failed', 10000, null, 'USER_ACCOUNT_ABNORMAL 买家账户异常', '', 1790000012500, 1790000012600, null),
    (102, 'ROLD102', 1, 32, null, 52, 'wechat', 'created', 10000, null, '', '', 1790000022000, null, null),
    (103, 'ROLD103', 1, 34, null, 55, 'wechat', 'succeeded', 10000, 'B103', '', '系统', 1790000041500, 1790000041600, 1790000041900);
insert into refund_lines (refund_id, order_line_id, amount_minor) values (100, 40, 10000), (101, 41, 10000);
insert into money_events (id, shop_id, order_id, payment_id, refund_id, buyer_id, account, cause, amount_minor, before_minor, after_minor, actor, at) values
    (110, null, null, null, null, 10, 'balance', 'opening', 5000, 0, 5000, 'system', 1790000000000),
    (111, null, null, null, null, 10, 'points', 'opening', 500, 0, 500, 'system', 1790000000000),
    (112, 1, 30, 50, null, 10, 'wechat', 'paid', -20000, null, null, 'system', 1790000001000),
    (113, 1, 30, 50, 100, 10, 'wechat', 'refunded', 10000, null, null, 'system', 1790000005000),
    (114, 1, 31, 51, null, 10, 'wechat', 'paid', -10000, null, null, 'system', 1790000011000),
    (115, 1, 32, 52, null, 11, 'wechat', 'surplus', -10000, null, null, 'system', 1790000022000),
    (116, 1, 34, 54, null, 10, 'alipay', 'paid', -10000, null, null, 'system', 1790000041000),
    (117, 1, 34, 55, null, 10, 'wechat', 'surplus', -10000, null, null, 'system', 1790000041500),
    (118, 1, 34, 55, 103, 10, 'wechat', 'refunded', 10000, null, null, 'system', 1790000041900),
    (119, 2, 35, 56, null, 10, 'balance', 'held', -2000, 5000, 3000, 'buyer', 1790000050400),
    (120, 2, 35, 57, null, 10, 'wechat', 'paid', -6000, null, null, 'system', 1790000051000);
insert into clocks (subject, subject_id, due_at) values ('order', 33, 1795330000000), ('after_sale', 91, 1799000000000);
insert into jobs (id, kind, subject_id, run_at) values (130, 'refund', 102, 1799000000000);
