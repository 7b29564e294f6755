-- The samples of one group commit and one day in one row, an array for each column: a row has a price of its own, whatever is in it.
-- Arrays that are null say what nearly all samples have in common: judged, without a call, single.
CREATE TABLE sample_blocks (
    day            date NOT NULL,      -- of all its times, in UTC
    first_sequence bigint NOT NULL,    -- the others follow it without a gap
    count          int NOT NULL,
    series_ids     int[] NOT NULL,     -- 0 where the series was removed
    times          bigint[] NOT NULL,  -- microseconds since 2000 in UTC: a timestamptz is taken apart into a date and back on its way in
    values         float8[] NOT NULL,
    standings      smallint[],
    call_ids       bigint[],           -- 0 where there is none
    counts         int[]
) PARTITION BY RANGE (day);
-- As they are: pglz would make half of them and costs more than all else of a sample in the database; lz4 is not in every PostgreSQL.
ALTER TABLE sample_blocks
    ALTER COLUMN series_ids SET STORAGE EXTERNAL,
    ALTER COLUMN times SET STORAGE EXTERNAL,
    ALTER COLUMN values SET STORAGE EXTERNAL,
    ALTER COLUMN standings SET STORAGE EXTERNAL,
    ALTER COLUMN call_ids SET STORAGE EXTERNAL,
    ALTER COLUMN counts SET STORAGE EXTERNAL;
CREATE INDEX sample_blocks_sequence ON sample_blocks USING brin (first_sequence) WITH (pages_per_range = 32);

DO $$
DECLARE
    old record;
    from_day date;
BEGIN
    FOR old IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'samples'::regclass LOOP
        from_day := to_date(right(old.relname, 8), 'YYYYMMDD');
        EXECUTE format('CREATE TABLE %I PARTITION OF sample_blocks FOR VALUES FROM (%L) TO (%L)', 'sample_blocks_' || right(old.relname, 8), from_day, from_day + 1);
    END LOOP;
END $$;

-- A block ends where the next sequence is not the next sample of its day, and after 1,024 samples.
INSERT INTO sample_blocks
SELECT day, min(sequence), count(*), array_agg(series_id ORDER BY sequence), array_agg(((extract(epoch FROM time) - 946684800) * 1000000)::bigint ORDER BY sequence), array_agg(value ORDER BY sequence),
    CASE WHEN bool_or(standing <> 0) THEN array_agg(standing ORDER BY sequence) END,
    CASE WHEN bool_or(call_id IS NOT NULL) THEN array_agg(coalesce(call_id, 0) ORDER BY sequence) END,
    CASE WHEN bool_or(count IS NOT NULL) THEN array_agg(coalesce(count, 1) ORDER BY sequence) END
FROM (
    SELECT *, (time AT TIME ZONE 'UTC')::date AS day,
        sequence - row_number() OVER (PARTITION BY (time AT TIME ZONE 'UTC')::date ORDER BY sequence) AS stretch
    FROM samples
) s
GROUP BY day, stretch, sequence / 1024
ORDER BY min(sequence);

DROP TABLE samples;

CREATE VIEW samples AS
SELECT b.first_sequence + i.place - 1 AS sequence, i.series_id, timestamptz '2000-01-01 00:00:00Z' + i.time * interval '1 microsecond' AS time, i.value, coalesce(i.standing, 0::smallint) AS standing,
    nullif(i.call_id, 0) AS call_id, coalesce(i.count, 1) AS count, b.day
FROM sample_blocks b
CROSS JOIN LATERAL unnest(b.series_ids, b.times, b.values, b.standings, b.call_ids, b.counts)
    WITH ORDINALITY AS i (series_id, time, value, standing, call_id, count, place)
WHERE i.series_id <> 0;
