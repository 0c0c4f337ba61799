-- Usable from: 0003
-- SSH host keys of the whole cluster, by the name that known_hosts would have. state is trusted, waiting, rejected or replaced. Every change first counts the version up: whoever changes
-- something is alone while it does, and whoever keeps a copy sees that it is old.
create table host_key (
    id          text collate "C" primary key,
    host        text collate "C" not null,
    key_type    text not null,
    key         text not null,
    fingerprint text not null,
    state       text not null,
    seen_at     text not null,
    seen_by     text not null,
    decided_at  text,
    decided_by  text
);
create index host_key_by_host on host_key (host);
create table host_key_version (one integer primary key check (one = 1), version bigint not null);
insert into host_key_version (one, version) values (1, 1);
