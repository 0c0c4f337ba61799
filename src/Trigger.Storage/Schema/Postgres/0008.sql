-- Usable from: 0003
-- Orders for runs that are asked for at their times. next_at is null when there is no further time.
create table schedule (
    name     text collate "C" primary key,
    timing   text    not null,
    run      text    not null,
    by       text    not null,
    at       text    not null,
    paused   integer not null default 0,
    next_at  text,
    last_due text,
    last_run text,
    trouble  text
);
