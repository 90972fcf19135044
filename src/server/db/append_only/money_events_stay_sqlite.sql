create trigger money_events_stay before update on money_events when not (
    new.reason = '（已随账户注销删除）'
    and new.id is old.id and new.shop_id is old.shop_id and new.order_id is old.order_id
    and new.payment_id is old.payment_id and new.refund_id is old.refund_id and new.buyer_id is old.buyer_id
    and new.account is old.account and new.cause is old.cause and new.amount_minor is old.amount_minor
    and new.before_minor is old.before_minor and new.after_minor is old.after_minor
    and new.actor is old.actor and new.actor_name is old.actor_name
    and new.request_key is old.request_key and new.at is old.at
    and new.request_fingerprint is old.request_fingerprint
)
begin select raise(abort, 'money_events is append-only'); end
