-- Usable from: 0003
-- ACLs that wait to be loaded: on which device, or, in somebody's own words, by hand. What was loaded stays, with the run that did it.
create table acl_queue (
    id         bigint generated always as identity primary key,
    device     text collate "C" not null,
    acl        text collate "C" not null,
    at         text not null,
    by         text not null,
    escalation integer not null default 0,
    loaded     text,
    run        text
);
create index acl_queue_waiting on acl_queue (device, acl) where loaded is null;

create table acl_manual (
    id   bigint generated always as identity primary key,
    what text not null,
    at   text not null,
    by   text not null,
    done text
);

-- What a run loads, written before the run is accepted. While it has no result nobody else loads the same on the same device. It answers for what was queued up to a number: what was queued
-- later may mean a newer text.
create table acl_load (
    run    text collate "C" not null,
    device text collate "C" not null,
    acl    text collate "C" not null,
    file   text    not null,
    upto   bigint  not null,
    steps  integer not null,
    at     text    not null,
    result text,
    primary key (run, device, acl)
);
create unique index acl_load_open on acl_load (device, acl) where result is null;
