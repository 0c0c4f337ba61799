-- Which ACLs somebody has put on a device by name. Those that a site's policy gives are worked out from it and kept nowhere.
create table device_acl (
    device text not null,
    acl    text not null,
    at     text not null,
    by     text not null,
    primary key (device, acl)
) without rowid;

create index device_acl_of on device_acl (acl);
