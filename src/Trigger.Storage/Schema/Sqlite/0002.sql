-- Several people may ask something of a run before it looks: each word is kept, in the order of asking.
create table request_queue (
    id   integer primary key,
    run  text not null,
    what text not null,
    by   text not null
);
create index request_of_run on request_queue (run, id);
insert into request_queue (run, what, by) select run, what, by from request;
drop table request;

-- Devices may have different numbers of steps. Null in runs of old, where all had the same.
alter table run add column steps integer;
