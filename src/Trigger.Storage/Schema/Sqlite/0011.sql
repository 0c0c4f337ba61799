-- Usable from: 0003
-- What is known of an outcome besides the answer, as JSON; null for nothing.
alter table outcome add column notes text;
