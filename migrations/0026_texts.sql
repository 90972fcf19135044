-- Texts written before typed ones were cleaned: direction marks, which turn the letters behind them, are taken out, and what nobody sees is cut
-- from the ends of names and places. The signs stand in a table of their own, so that each is written once; it is dropped at the end.
-- Movements of money and coupons and the audit are append-only and stay as they were written: the pages set every text apart.

create table direction_marks (alm text not null, lrm text not null, rlm text not null, lre text not null, rle text not null, pdf text not null, lro text not null, rlo text not null, lri text not null, rli text not null, fsi text not null, pdi text not null, unseen text not null);
-- U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069; then white space and invisible letters that shape no other.
insert into direction_marks values ('؜', '‎', '‏', '‪', '‫', '‬', '‭', '‮', '⁦', '⁧', '⁨', '⁩', '  ­͏ᅟᅠ ឴឵           ​  ⁠⁡⁢⁣⁤⠀　ㅤ﻿ﾠ');

update shops set
    name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(name, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(name, ''));

update staff set
    name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(name, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(name, ''));

update buyers set
    name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(name, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(name, ''));

update members set
    name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(name, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(name, ''));

update buyer_addresses set
    recipient = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(recipient, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    region = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(region, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    detail = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(detail, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(recipient, '') || coalesce(region, '') || coalesce(detail, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(recipient, '') || coalesce(region, '') || coalesce(detail, ''));

update return_addresses set
    recipient = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(recipient, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    region = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(region, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    detail = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(detail, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(recipient, '') || coalesce(region, '') || coalesce(detail, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(recipient, '') || coalesce(region, '') || coalesce(detail, ''));

update orders set
    recipient = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(recipient, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    region = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(region, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    detail = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(detail, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    buyer_name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(buyer_name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    buyer_remark = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(buyer_remark, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    shop_remark = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(shop_remark, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    coupon_name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(coupon_name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(recipient, '') || coalesce(region, '') || coalesce(detail, '') || coalesce(buyer_name, '') || coalesce(buyer_remark, '') || coalesce(shop_remark, '') || coalesce(coupon_name, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(recipient, '') || coalesce(region, '') || coalesce(detail, '') || coalesce(buyer_name, '') || coalesce(buyer_remark, '') || coalesce(shop_remark, '') || coalesce(coupon_name, ''));

update coupons set
    name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(name, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(name, ''));

update after_sales set
    note = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(note, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    fallback_address = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(fallback_address, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    return_leg = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(return_leg, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    rejection = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(rejection, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(note, '') || coalesce(fallback_address, '') || coalesce(return_leg, '') || coalesce(rejection, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(note, '') || coalesce(fallback_address, '') || coalesce(return_leg, '') || coalesce(rejection, ''));

update refunds set
    voucher = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(voucher, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    operator_name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(operator_name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(voucher, '') || coalesce(operator_name, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(voucher, '') || coalesce(operator_name, ''));

update payments set
    note = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(note, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(note, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(note, ''));

update events set
    actor_name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(actor_name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    words = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(words, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(actor_name, '') || coalesce(words, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(actor_name, '') || coalesce(words, ''));

update messages set
    words = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(words, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(words, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(words, ''));

update reviews set
    buyer_name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(buyer_name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    words = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(words, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    reply = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(reply, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    hidden_reason = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(hidden_reason, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(buyer_name, '') || coalesce(words, '') || coalesce(reply, '') || coalesce(hidden_reason, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(buyer_name, '') || coalesce(words, '') || coalesce(reply, '') || coalesce(hidden_reason, ''));

update payment_anomalies set
    note = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(note, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    resolved_by = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(resolved_by, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(note, '') || coalesce(resolved_by, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(note, '') || coalesce(resolved_by, ''));

update bill_differences set
    note = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(note, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    settled_by = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(settled_by, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(note, '') || coalesce(settled_by, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(note, '') || coalesce(settled_by, ''));

update batches set
    words = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(words, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    return_to = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(return_to, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    staff_name = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(staff_name, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks),
    sought = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(sought, alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') from direction_marks)
where exists (select 1 from direction_marks where replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace((coalesce(words, '') || coalesce(return_to, '') || coalesce(staff_name, '') || coalesce(sought, '')), alm, ''), lrm, ''), rlm, ''), lre, ''), rle, ''), pdf, ''), lro, ''), rlo, ''), lri, ''), rli, ''), fsi, ''), pdi, '') <> coalesce(words, '') || coalesce(return_to, '') || coalesce(staff_name, '') || coalesce(sought, ''));

-- Names and places lose what is invisible at their ends; where nothing is left, they say so.
update buyers set
    name = (select coalesce(nullif(trim(name, unseen), ''), '买家') from direction_marks)
where exists (select 1 from direction_marks where name <> trim(name, unseen) or name = '');
update members set
    name = (select coalesce(nullif(trim(name, unseen), ''), '买家') from direction_marks)
where exists (select 1 from direction_marks where name <> trim(name, unseen) or name = '');
update buyer_addresses set
    recipient = (select coalesce(nullif(trim(recipient, unseen), ''), '未填写') from direction_marks),
    region = (select coalesce(nullif(trim(region, unseen), ''), '未填写') from direction_marks),
    detail = (select coalesce(nullif(trim(detail, unseen), ''), '未填写') from direction_marks)
where exists (select 1 from direction_marks where recipient <> trim(recipient, unseen) or recipient = '' or region <> trim(region, unseen) or region = '' or detail <> trim(detail, unseen) or detail = '');
update return_addresses set
    recipient = (select coalesce(nullif(trim(recipient, unseen), ''), '未填写') from direction_marks),
    region = (select coalesce(nullif(trim(region, unseen), ''), '未填写') from direction_marks),
    detail = (select coalesce(nullif(trim(detail, unseen), ''), '未填写') from direction_marks)
where exists (select 1 from direction_marks where recipient <> trim(recipient, unseen) or recipient = '' or region <> trim(region, unseen) or region = '' or detail <> trim(detail, unseen) or detail = '');
update orders set
    recipient = (select coalesce(nullif(trim(recipient, unseen), ''), '未填写') from direction_marks),
    region = (select coalesce(nullif(trim(region, unseen), ''), '未填写') from direction_marks),
    detail = (select coalesce(nullif(trim(detail, unseen), ''), '未填写') from direction_marks),
    buyer_name = (select coalesce(nullif(trim(buyer_name, unseen), ''), '买家') from direction_marks)
where exists (select 1 from direction_marks where recipient <> trim(recipient, unseen) or recipient = '' or region <> trim(region, unseen) or region = '' or detail <> trim(detail, unseen) or detail = '' or buyer_name <> trim(buyer_name, unseen) or buyer_name = '');
update reviews set
    buyer_name = (select coalesce(nullif(trim(buyer_name, unseen), ''), '买家') from direction_marks)
where exists (select 1 from direction_marks where buyer_name <> trim(buyer_name, unseen) or buyer_name = '');
update orders set
    buyer_remark = (select trim(buyer_remark, unseen) from direction_marks),
    shop_remark = (select trim(shop_remark, unseen) from direction_marks)
where exists (select 1 from direction_marks where buyer_remark <> trim(buyer_remark, unseen) or shop_remark <> trim(shop_remark, unseen));
update after_sales set
    note = (select trim(note, unseen) from direction_marks)
where exists (select 1 from direction_marks where note <> trim(note, unseen));
update reviews set
    words = (select trim(words, unseen) from direction_marks),
    reply = (select trim(reply, unseen) from direction_marks)
where exists (select 1 from direction_marks where words <> trim(words, unseen) or reply <> trim(reply, unseen));

drop table direction_marks;
