-- Usable from: 0001
-- What nodes of a cluster share. No column here is a time that anything is decided by: the database counts, and each node waits on its own clock.

create table cluster_setting (
    name  text collate "C" primary key,
    value text not null
);

-- One row. Grows with every change of members' statuses and of shards, so that whoever looks can tell with one number that nothing is new.
create table cluster_version (version bigint not null) with (fillfactor = 50);
insert into cluster_version (version) values (1);

-- One row for each life of a node. Status numbers are those of MemberStatus; 5 is over. A beat changes no index, and finds room on the same page.
create table member (
    node        text collate "C" not null,
    incarnation bigint  not null,
    status      integer not null,
    beat        bigint  not null,
    number      bigint  not null,
    roles       text    not null,
    sites       text    not null,
    address     text    not null,
    version     text    not null,
    primary key (node, incarnation)
) with (fillfactor = 50);

create table shard_space (
    name      text collate "C" primary key,
    shards    integer not null,
    role      text    not null,
    holds_off boolean not null
);
insert into shard_space (name, shards, role, holds_off) values ('coordinator', 1, '', false);

-- The epoch only grows. Whoever writes on a shard's behalf locks its row for share, and makes sure that the epoch is the one at which it took the shard.
create table shard (
    space              text collate "C" not null,
    number             integer not null,
    owner_node         text collate "C",
    owner_incarnation  bigint,
    epoch              bigint  not null default 0,
    wanted_node        text collate "C",
    wanted_incarnation bigint,
    unsettled          boolean not null default false,
    primary key (space, number)
) with (fillfactor = 50);
insert into shard (space, number) values ('coordinator', 0);

create table letter (
    id               bigint generated always as identity primary key,
    from_node        text collate "C" not null,
    from_incarnation bigint not null,
    to_node          text collate "C" not null,
    to_incarnation   bigint not null,
    seq              bigint not null,
    kind             text   not null,
    body             bytea  not null,
    unique (from_node, from_incarnation, to_node, to_incarnation, seq)
);
create index letter_to on letter (to_node, to_incarnation, id);
