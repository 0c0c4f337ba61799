-- The journal of all actors, append-only. A stream is written by one actor at a time; (stream, seq) refuses a second writer.
create table event (
    stream text    not null,
    seq    integer not null,
    type   text    not null,
    at     text    not null,
    body   blob    not null,
    primary key (stream, seq)
) without rowid;

-- One row per run, for lists. Counts are not kept here: they are the outcomes, counted.
create table run (
    id          text primary key,
    at          text not null,
    started_by  text not null,
    selection   text not null,
    commands    text not null,
    inventory   text not null,
    devices     integer not null default 0,
    state       text not null,
    finished_at text
) without rowid;

-- The primary key is what makes an outcome happen once, however often a message is delivered.
create table outcome (
    run        text    not null,
    device     text    not null,
    step       integer not null,
    platform   text    not null,
    command    text    not null,
    verdict    text    not null,
    fault_kind text,
    fault_text text,
    elapsed_us integer not null,
    output     text,
    attachment integer,
    at         text    not null,
    primary key (run, device, step)
) without rowid;

-- All but the shortest outputs, appended in the order of writing; the longest compressed. Lists of outcomes stay short to read, and a commit touches few pages.
create table attachment (
    id     integer primary key,
    packed integer not null,
    bytes  blob not null
);

-- What another process asks of the one that runs a run; the runner polls.
create table request (
    run  text primary key,
    what text not null,
    by   text not null
) without rowid;
