-- What the database knows of itself: whether its people were made up ('seeded'), and which secret key it is sealed with ('secret_key').
create table installation (
    name text primary key,
    value text not null,
    at bigint not null
);
