-- What the store keeps. Its tables are in ic_data and change with the program; what others read are the views of ic.
create schema if not exists ic_data;
create schema if not exists ic;

create table ic_data.datasets (
    dataset  text primary key,
    revision integer not null
);

create table ic_data.publications (
    id             integer generated always as identity primary key,
    dataset        text not null references ic_data.datasets,
    revision       integer not null,
    attempt        uuid not null unique,
    published_at   timestamptz not null,
    digest         text not null,
    row_count      bigint not null,
    changes        bigint,
    views          text[] not null,
    levels         text[] not null,
    indicators     text[] not null,
    time_zone      text not null,
    reference_date bigint,
    is_disclosed   boolean not null,
    unique (dataset, revision)
);

-- the rows of one indicator at one level of one view
create table ic_data.series (
    publication integer not null references ic_data.publications on delete cascade,
    id          integer not null,
    view        text not null,
    level       text not null,
    indicator   text not null,
    definition  text not null,
    unit        text not null,
    primary key (publication, id)
);

-- a group of one level of one view, and where it lies
create table ic_data.groups (
    publication integer not null,
    id          integer not null,
    level       text not null,
    data        jsonb not null,
    province    text,
    city        text,
    factory     text
) partition by list (publication);

-- instants are nanoseconds since 1970 (UTC); json is the row as it is served
create table ic_data.rows (
    window_start bigint,
    window_end   bigint,
    value        double precision,
    low          double precision,
    high         double precision,
    number       integer not null,
    publication  integer not null,
    series       integer not null,
    group_id     integer not null,
    status       smallint not null,
    json         bytea not null
) partition by list (publication);
alter table ic_data.rows alter column json set storage external;

create table ic_data.places (
    publication integer not null references ic_data.publications on delete cascade,
    position    integer not null,
    factory     text not null,
    name        text not null,
    province    text,
    city        text,
    district    text,
    park        text,
    zone        text,
    industry    text,
    lines       text[] not null,
    primary key (publication, position)
);

create table ic_data.attachments (
    publication integer not null references ic_data.publications on delete cascade,
    kind        text not null,
    length      bigint not null,
    piece_bytes integer not null,
    primary key (publication, kind)
);

create table ic_data.pieces (
    publication integer not null references ic_data.publications on delete cascade,
    kind        text not null,
    number      integer not null,
    data        bytea not null,
    primary key (publication, kind, number)
);
alter table ic_data.pieces alter column data set storage external;

create table ic_data.documents (
    name       text primary key,
    version    bigint not null,
    content    bytea not null,
    changed_at timestamptz not null default now()
);

create table ic_data.log_batches (
    id      bigint generated always as identity primary key,
    attempt uuid not null unique,
    log     text not null,
    at      timestamptz not null default now(),
    lines   bytea[] not null
);
create index log_batches_newest on ic_data.log_batches (log, id desc);

create function ic_data.instant(nanoseconds bigint) returns timestamptz
    language sql immutable strict parallel safe
    return timestamptz 'epoch' + (nanoseconds / 1000) * interval '1 microsecond';

-- PostgreSQL has no text with U+0000
create function ic_data.document(json bytea) returns jsonb
    language sql immutable strict parallel safe
    return replace(convert_from(json, 'UTF8'), '\u0000', '\ufffd')::jsonb;

-- removes a revision that is not the newest; returns whether there was one
create function ic.drop_publication(of_dataset text, of_revision integer) returns boolean
    language plpgsql
as $$
declare
    found_id integer;
begin
    if exists (select from ic_data.datasets d where d.dataset = of_dataset and d.revision = of_revision) then
        raise exception 'revision % of % is the newest: it stays', of_revision, of_dataset;
    end if;
    delete from ic_data.publications p where p.dataset = of_dataset and p.revision = of_revision returning p.id into found_id;
    if found_id is null then
        return false;
    end if;
    execute format('drop table ic_data.rows_%s, ic_data.groups_%s', found_id, found_id);
    return true;
end $$;

create view ic.publications as
select p.dataset, p.revision, p.revision = d.revision as is_latest, p.published_at, p.digest, p.row_count as rows, p.changes, p.views, p.levels, p.indicators,
       p.time_zone, ic_data.instant(p.reference_date) as reference_date, p.is_disclosed
from ic_data.publications p
join ic_data.datasets d using (dataset);

create view ic.results as
select p.dataset, p.revision, r.number as row, s.view, s.indicator, s.definition, s.level, g.data as group_values, g.province, g.city, g.factory, g.data ->> 'line' as line,
       ic_data.instant(r.window_start) as window_start, ic_data.instant(r.window_end) as window_end, r.value, s.unit, r.low, r.high,
       (array['PUBLISHED', 'PUBLISHED_WITH_WARNING', 'SUPPRESSED', 'NOT_AVAILABLE'])[r.status + 1] as status,
       ic_data.document(r.json) ->> 'reason' as reason, ic_data.document(r.json) -> 'flags' as flags, ic_data.document(r.json) -> 'evidence' as evidence
from ic_data.publications p
join ic_data.series s on s.publication = p.id
join ic_data.rows r on r.publication = p.id and r.series = s.id
join ic_data.groups g on g.publication = p.id and g.id = r.group_id;

create view ic.latest_results as
select r.*
from ic.results r
join ic_data.datasets d on d.dataset = r.dataset and d.revision = r.revision;

create view ic.grafana_series as
select ic_data.instant(r.window_start) as time, s.indicator as metric, p.dataset, s.view, s.level, g.province, g.city, g.factory, g.data ->> 'line' as line, g.data as group_values,
       r.value, r.low, r.high, s.unit
from ic_data.publications p
join ic_data.datasets d on d.dataset = p.dataset and d.revision = p.revision
join ic_data.series s on s.publication = p.id
join ic_data.rows r on r.publication = p.id and r.series = s.id
join ic_data.groups g on g.publication = p.id and g.id = r.group_id
where r.window_start is not null and r.value is not null and r.status <= 1;

create view ic.audit as
select b.at as written_at, ic_data.document(l.line) as entry
from ic_data.log_batches b, unnest(b.lines) with ordinality as l (line, position)
where b.log = 'audit'
order by b.id, l.position;

comment on schema ic is 'Published figures of IndicatorCore, for reading (docs/PORTAL.md)';
comment on view ic.publications is 'One row a revision';
comment on view ic.results is 'One row a figure of every revision; a figure that may not be shown has no value';
comment on view ic.latest_results is 'The rows of the newest revisions';
comment on view ic.grafana_series is 'Published values of the newest revisions as time series';
comment on view ic.audit is 'The audit log';
