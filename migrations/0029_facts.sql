-- What happened is kept as its facts and told in words by whoever reads. Rows of before keep their words to the letter, and have no facts.
alter table events add column facts text;

-- What a notice is of, as events say it.
alter table messages add column kind text;
alter table messages add column facts text;

-- Who agreed to a refund: by what; a member of the staff is named beside it. Rows of before say it in words.
alter table refunds add column decided_by text check (decided_by in ('staff', 'buyer', 'deadline', 'surplus'));
