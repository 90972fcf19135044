-- A refund that the buyer's account did not take is sent elsewhere: where to, and when last. The card itself is kept nowhere.
alter table refunds add column elsewhere text check (elsewhere in ('buyer_card', 'merchant_account'));
alter table refunds add column elsewhere_at bigint check ((elsewhere is null) = (elsewhere_at is null));

-- What the address of a begun payment is: a page to go to, or a code to scan.
alter table payments add column ticket text not null default 'page' check (ticket in ('page', 'code'));
