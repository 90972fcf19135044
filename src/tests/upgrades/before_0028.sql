-- Beside the old shop of before_0009.sql, as the tables of 0027 hold it: a row in every state, and of every cause, that was there before.
insert into orders (id, number, shop_id, buyer_id, request_key, status, recipient, recipient_phone, region, detail, buyer_name, buyer_phone, buyer_remark,
    goods_minor, freight_minor, paid_minor, tender, open_cases, flag, shop_remark, placed_at, paid_at, shipped_at, receive_by, receive_left, coupon_minor,
    coupon_name, recipient_extension) values
    (36, 'G2609-OLD36', 1, 10, 'k36', 'partially_shipped', '赵''老 "A"', '13700000001', '浙江省', '一号
二楼', '赵老', '13700000001', '👨‍👩‍👧; -- ', 10000, 1, 10001, 'points', 0, 'red', '', 1790000060000, 1790000061000, null, null, null, 1, '满减', '7804'),
    (37, 'G2609-OLD37', 1, 10, 'k37', 'awaiting_receipt', '赵老', '13700000001', '浙江省', '一号', '赵老', '13700000001', '',
        9223372036854775807, 0, 0, 'cod', 0, '', ' x ', 1790000070000, 1790000071000, 1790000072000, 1799000000000, null, 0, '', ''),
    (38, 'G2609-OLD38', 1, 10, 'k38', 'awaiting_receipt', '赵老', '13700000001', '浙江省', '一号', '赵老', '13700000001', '',
        10000, 0, 10000, 'offline', 1, 'grey', '', 1790000080000, 1790000081000, 1790000082000, null, 123456, 0, '', '');

insert into after_sales (id, number, shop_id, order_id, buyer_id, request_key, kind, stage, status, reason, note, evidence, amount_minor, return_leg,
    return_tracking, replacement, rejection, due_at, overdue_at, refunding_at, ended_at, close_cause, applied_at) values
    (300, 'AS2609-300', 1, 30, 10, 'a300', 'refund_only', 'received', 'applied', 'quality', '', '[]', 1, null, null, null, null, 1, null, null, null, null, 1),
    (301, 'AS2609-301', 1, 30, 10, 'a301', 'claim', 'received', 'awaiting_buyer_info', 'quality', '', '[]', 1, null, null, null, null, 1, null, null, null, null, 1),
    (302, 'AS2609-302', 1, 30, 10, 'a302', 'repair', 'received', 'negotiating', 'quality', '', '[]', 1, null, null, null, null, 1, null, null, null, null, 1),
    (303, 'AS2609-303', 1, 30, 10, 'a303', 'return_refund', 'in_transit', 'awaiting_return', 'quality', '', '[]', 1, '{"to":1}', null, null, null, 1, null, null, null, null, 1),
    (304, 'AS2609-304', 1, 30, 10, 'a304', 'return_refund', 'in_transit', 'return_in_transit', 'quality', '', '[]', 1, '{"to":1}', 'YT304', null, null, 1, null, null, null, null, 1),
    (305, 'AS2609-305', 1, 30, 10, 'a305', 'exchange', 'received', 'awaiting_reship', 'quality', '', '[]', 1, null, null, null, null, 1, 1, null, null, null, 1),
    (306, 'AS2609-306', 1, 30, 10, 'a306', 'exchange', 'received', 'awaiting_buyer_receipt', 'quality', '', '[]', 1, null, null, '{"no":"x"}', null, 1, null, null, null, null, 1),
    (307, 'AS2609-307', 1, 30, 10, 'a307', 'refund_only', 'received', 'refunding', 'quality', '', '[]', 1, null, null, null, null, null, null, 1, null, null, 1),
    (308, 'AS2609-308', 1, 30, 10, 'a308', 'refund_only', 'received', 'rejected', 'quality', '', '[]', 1, null, null, null, '{"why":"''"}', 1, null, null, null, null, 1),
    (309, 'AS2609-309', 1, 30, 10, 'a309', 'return_refund', 'received', 'return_rejected', 'quality', '', '[]', 1, null, null, null, '{}', 1, null, null, null, null, 1),
    (310, 'AS2609-310', 1, 30, 10, 'a310', 'return_refund', 'received', 'closed', 'quality', '', '[]', 1, null, 'YT304', null, null, null, null, null, 1, 'return_timeout', 1);

insert into payments (id, number, shop_id, order_id, tender, status, amount_minor, created_at, note, ask_at, ticket) values
    (59, 'POLD59', 1, 33, 'points', 'held', 1, 1790000000000, '', null, 'page'), (60, 'POLD60', 1, 37, 'wechat', 'pending', 1, 1790000000000, '备''注', 7, 'code');
insert into refunds (id, number, shop_id, order_id, payment_id, tender, status, amount_minor, created_at, submitted_at, elsewhere, elsewhere_at, agreed_by) values
    (400, 'ROLD400', 1, 30, 50, 'wechat', 'submitted', 1, 1, 2, null, null, '王 店'), (401, 'ROLD401', 1, 30, 50, 'wechat', 'unknown', 1, 1, 2, 'buyer_card', 3, ''),
    (402, 'ROLD402', 1, 30, 50, 'wechat', 'retryable', 1, 1, 2, null, null, ''), (403, 'ROLD403', 1, 30, 50, 'cod', 'manual', 1, 1, null, null, null, '');

insert into money_events (id, shop_id, order_id, buyer_id, account, cause, amount_minor, before_minor, after_minor, actor, actor_name, reason, request_key, at) values
    (500, 1, 30, 10, 'points', 'earned', 1, 0, 1, 'system', '系统', '', null, 1), (501, 1, 30, 10, 'points', 'taken_back', -1, 1, 0, 'system', '系统', '', null, 1),
    (502, 1, null, 10, 'balance', 'recharged', 1, 0, 1, 'staff', '老板', '现金', 'm502', 1), (503, 1, null, 10, 'balance', 'corrected', -1, 1, 0, 'staff', '老板', '错', 'm503', 1),
    (504, 1, null, 10, 'points', 'carried_over', -1, 1, 0, 'system', '', '', null, 1), (505, 1, null, 10, 'balance', 'account_closed', -1, 1, 0, 'buyer', '买家', '', null, 1),
    (506, 1, 30, 10, 'balance', 'released', 1, 0, 1, 'buyer', '买家', '', null, 1), (507, 1, 30, 10, 'offline', 'settled_outside', 1, null, null, 'staff', '', '', null, 1);
insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at) values
    (600, 21, 40, 'returned', 0, 0, 1, 1), (601, 21, 40, 'replaced', -1, 0, 0, 1);

insert into coupons (id, shop_id, request_key, name, threshold_minor, amount_minor, valid_from, valid_until, copies, copies_per_buyer, created_by, created_at)
    values (700, 1, 'c700', '满减', 100, 1, 1, 2, 9, 9, '老板', 1);
insert into buyer_coupons (id, coupon_id, shop_id, buyer_id, nth, valid_until, got_at) values (710, 700, 1, 10, 1, 2, 1);
insert into coupon_events (id, buyer_coupon_id, shop_id, order_id, cause, actor, actor_name, at) values
    (720, 710, 1, null, 'taken', 'buyer', '买家', 1), (721, 710, 1, null, 'given', 'staff', '老板', 1), (722, 710, 1, 30, 'used', 'buyer', '买家', 1),
    (723, 710, 1, 30, 'returned', 'system', '系统', 1), (724, 710, 1, 31, 'lapsed', 'system', '系统', 1);
insert into clocks (subject, subject_id, due_at, attempts) values ('return_reminder', 91, 1, 3);
