-- Usable from: 0003
-- What nodes of a cluster share. No column here is a time that anything is decided by: the database counts, and each node waits on its own clock.

create table cluster_setting (
    name  text primary key,
    value text not null
) without rowid;

-- One row. Grows with every change of members' statuses and of shards, so that whoever looks can tell with one number that nothing is new.
create table cluster_version (version bigint not null);
insert into cluster_version (version) values (1);

-- One row for each life of a node. Status numbers are those of MemberStatus; 5 is over.
create table member (
    node        text    not null,
    incarnation bigint  not null,
    status      integer not null,
    beat        bigint  not null,
    number      bigint  not null,
    roles       text    not null,
    sites       text    not null,
    address     text    not null,
    version     text    not null,
    primary key (node, incarnation)
) without rowid;

create table shard_space (
    name      text    primary key,
    shards    integer not null,
    role      text    not null,
    holds_off boolean not null
) without rowid;
insert into shard_space (name, shards, role, holds_off) values ('coordinator', 1, '', false);

-- The epoch only grows. Whoever writes on a shard's behalf writes under the epoch at which it took the shard.
create table shard (
    space              text    not null,
    number             integer not null,
    owner_node         text,
    owner_incarnation  bigint,
    epoch              bigint  not null default 0,
    wanted_node        text,
    wanted_incarnation bigint,
    unsettled          boolean not null default false,
    primary key (space, number)
) without rowid;
insert into shard (space, number) values ('coordinator', 0);

create table letter (
    id               integer primary key autoincrement,
    from_node        text   not null,
    from_incarnation bigint not null,
    to_node          text   not null,
    to_incarnation   bigint not null,
    seq              bigint not null,
    kind             text   not null,
    body             blob   not null,
    unique (from_node, from_incarnation, to_node, to_incarnation, seq)
);
create index letter_to on letter (to_node, to_incarnation, id);
