-- Usable from: 0003
-- Dialogues of sessions that a run was told to record, in pieces as they came, so that what a node has heard is not lost with it. The last piece says so.
create table recording (
    run     text not null,
    device  text not null,
    session text not null,
    part    integer not null,
    at      text    not null,
    body    blob not null,
    packed  integer not null,
    is_last integer not null,
    primary key (run, device, session, part)
);
