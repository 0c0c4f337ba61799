-- What SQLite has at 0003, in PostgreSQL's words. Text sorts by its bytes, as there. Answers, and what quotes them, are bytes, because text here refuses NUL and devices send it.

-- The journal of all actors, append-only. A stream is written by one actor at a time; (stream, seq) refuses a second writer.
create table event (
    stream text collate "C" not null,
    seq    bigint not null,
    type   text   not null,
    at     text   not null,
    body   bytea  not null,
    -- Which writing put it there: a writer that never heard whether its commit succeeded finds its own events by it, and takes nobody else's for them.
    batch  uuid   not null,
    primary key (stream, seq)
);

create table run (
    id          text collate "C" primary key,
    at          text collate "C" not null,
    started_by  text not null,
    selection   text not null,
    commands    text not null,
    inventory   text not null,
    devices     integer not null default 0,
    steps       integer,
    state       text not null,
    finished_at text
);

-- The primary key is what makes an outcome happen once, however often a message is delivered. Long answers are packed, and kept beside the table by the database itself.
create table outcome (
    run        text collate "C" not null,
    device     text collate "C" not null,
    step       integer not null,
    platform   text    not null,
    command    text    not null,
    verdict    text    not null,
    fault_kind text,
    fault_text bytea,
    elapsed_us bigint  not null,
    output     bytea   not null,
    packed     boolean not null,
    at         text    not null,
    primary key (run, device, step)
);

-- How many outcomes of which kind a run has, written with them, and the first device of each. Nodes that write outcomes of one run at once take different slots, so that none waits for another's commit.
create table outcome_count (
    run      text collate "C" not null,
    verdict  text    not null,
    fault    text    not null,
    slot     integer not null,
    outcomes bigint  not null,
    example  text collate "C" not null,
    primary key (run, verdict, fault, slot)
) with (fillfactor = 50);

-- What another process asks of the one that runs a run; the runner polls. Each word is kept, in the order of asking.
create table request_queue (
    id   bigint generated always as identity primary key,
    run  text collate "C" not null,
    what text not null,
    by   text not null
);
create index request_of_run on request_queue (run, id);

-- Which ACLs somebody has put on a device by name. Those that a site's policy gives are worked out from it and kept nowhere.
create table device_acl (
    device text collate "C" not null,
    acl    text collate "C" not null,
    at     text not null,
    by     text not null,
    primary key (device, acl)
);
create index device_acl_of on device_acl (acl);
