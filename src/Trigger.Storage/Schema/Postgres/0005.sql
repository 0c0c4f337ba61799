-- Usable from: 0003
-- Who may use the API. The token itself is nowhere, only its SHA-256.
create table token (
    id      text collate "C" primary key,
    name    text not null,
    role    text not null,
    hash    bytea not null,
    at      text not null,
    by      text not null,
    expires text,
    revoked text
);

-- What was asked of the engine, append-only. Each row's hash covers the one before it, and the head says which is the last.
create table audit (
    seq    bigint primary key,
    at     text not null,
    who    text not null,
    origin text not null,
    what   text not null,
    target text not null,
    detail text not null,
    hash   bytea not null
);
create table audit_head (
    one  integer primary key check (one = 1),
    seq  bigint not null,
    hash bytea not null
);
insert into audit_head (one, seq, hash) values (1, 0, ''::bytea);

-- Runs that a cluster accepted, and under which key of the caller's: asking twice under one key runs once.
create table cluster_run (
    run        text collate "C" primary key,
    client_key text collate "C" unique,
    asked      text not null,
    over       integer not null default 0
);
create index cluster_run_open on cluster_run (run) where over = 0;
