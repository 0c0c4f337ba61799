-- How many outcomes of which kind a run has, written with them, and the first device of each: reading a hundred thousand for a list takes too long. A slot is a writer's own; here there is
-- one writer at a time, and one slot.
create table outcome_count (
    run      text    not null,
    verdict  text    not null,
    fault    text    not null,
    slot     integer not null,
    outcomes integer not null,
    example  text    not null,
    primary key (run, verdict, fault, slot)
) without rowid;
insert into outcome_count (run, verdict, fault, slot, outcomes, example)
select run, verdict, coalesce(fault_kind, ''), 0, count(*), min(device) from outcome group by run, verdict, coalesce(fault_kind, '');
