create or replace trigger money_events_stay before update on money_events for each row when (not (
    new.reason = '（已随账户注销删除）'
    and row(
        new.id, new.shop_id, new.order_id, new.payment_id, new.refund_id, new.buyer_id, new.account, new.cause,
        new.amount_minor, new.before_minor, new.after_minor, new.actor, new.actor_name, new.request_key, new.at,
        new.request_fingerprint
    ) is not distinct from row(
        old.id, old.shop_id, old.order_id, old.payment_id, old.refund_id, old.buyer_id, old.account, old.cause,
        old.amount_minor, old.before_minor, old.after_minor, old.actor, old.actor_name, old.request_key, old.at,
        old.request_fingerprint
    )
))
execute function refuse_change()
