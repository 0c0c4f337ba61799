-- Usable from: 0003
-- Accounts of the cluster for its devices. What is secret is encrypted with a key that only nodes have. The head's version says that something has changed.
create table credential (
    realm      text primary key,
    place      bigint  not null,
    selection  text    not null,
    user_name  text    not null,
    own_enable integer not null,
    key_id     text    not null,
    secret     blob   not null,
    at         text    not null,
    by         text    not null
);
create table credential_head (
    one     integer primary key check (one = 1),
    version bigint not null
);
insert into credential_head (one, version) values (1, 0);
