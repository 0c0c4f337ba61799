-- Usable from: 0003
-- ACLs that wait to be loaded: on which device, or, in somebody's own words, by hand. What was loaded stays, with the run that did it.
create table acl_queue (
    id         integer primary key autoincrement,
    device     text    not null,
    acl        text    not null,
    at         text    not null,
    by         text    not null,
    escalation integer not null default 0,
    loaded     text,
    run        text
);
create index acl_queue_waiting on acl_queue (device, acl) where loaded is null;

create table acl_manual (
    id   integer primary key autoincrement,
    what text not null,
    at   text not null,
    by   text not null,
    done text
);

-- What a run loads, written before the run is accepted. While it has no result nobody else loads the same on the same device. It answers for what was queued up to a number: what was queued
-- later may mean a newer text.
create table acl_load (
    run    text    not null,
    device text    not null,
    acl    text    not null,
    file   text    not null,
    upto   integer not null,
    steps  integer not null,
    at     text    not null,
    result text,
    primary key (run, device, acl)
) without rowid;
create unique index acl_load_open on acl_load (device, acl) where result is null;
