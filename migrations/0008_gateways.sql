-- When a gateway was last asked for a refund: refunds of one payment keep their distance, and are counted (M11).
alter table refunds add column asked_at bigint;
