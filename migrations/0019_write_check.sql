-- A row that is written to see whether that can be done: /readyz asks, when nothing else was written lately.
insert into rounds (name, due_at) values ('write_check', 0);
