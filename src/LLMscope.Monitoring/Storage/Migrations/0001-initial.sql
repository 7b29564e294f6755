-- Words as in the product: a source has series, a series has samples and a chart, a chart has points, baselines and violations.

CREATE TABLE sources (
    id            int  PRIMARY KEY,
    site          text NOT NULL,
    provider      text NOT NULL,
    model         text NOT NULL,
    served_model  text NOT NULL,
    operation     text NOT NULL,
    application   text NOT NULL,
    host          text NOT NULL,
    device        text NOT NULL,
    demo          boolean NOT NULL,
    UNIQUE (site, provider, model, served_model, operation, application, host, device, demo)
);

CREATE TABLE series (
    id             int  PRIMARY KEY,
    source_id      int  NOT NULL REFERENCES sources ON DELETE CASCADE,
    characteristic text NOT NULL,
    unit           text NOT NULL,
    created_at     timestamptz NOT NULL,
    UNIQUE (source_id, characteristic)
);

-- Written by COPY in the order of sequence, so that block ranges find a sequence or a time without a B-tree's cost per row.
CREATE TABLE samples (
    sequence  bigint NOT NULL,
    series_id int NOT NULL,
    time      timestamptz NOT NULL,
    value     float8 NOT NULL,
    standing  smallint NOT NULL,
    call_id   bigint
) PARTITION BY RANGE (time);
CREATE INDEX samples_sequence ON samples USING brin (sequence) WITH (pages_per_range = 32);
CREATE INDEX samples_time ON samples USING brin (time) WITH (pages_per_range = 32);

CREATE TABLE calls (
    id             bigint NOT NULL,
    source_id      int NOT NULL,
    time           timestamptz NOT NULL,
    duration       float8,
    time_to_first_token float8,
    input_tokens   int,
    output_tokens  int,
    cached_tokens  int,
    status         smallint NOT NULL,
    error_category smallint,
    http_status    int,
    attempt        int NOT NULL,
    cache_hit      boolean NOT NULL,
    cold_start     boolean NOT NULL,
    streaming      boolean,
    trace_id       text,
    prompt_hmac    text,
    prompt_version text,
    cost_usd       float8
) PARTITION BY RANGE (time);
CREATE INDEX calls_id ON calls USING brin (id) WITH (pages_per_range = 32);
CREATE INDEX calls_time ON calls USING brin (time) WITH (pages_per_range = 32);

-- The keys of items that were archived, by the day of their arrival.
CREATE TABLE item_keys (
    day date NOT NULL,
    key uuid NOT NULL,
    PRIMARY KEY (key, day)
) PARTITION BY RANGE (day);

-- How far the archive has written: one row, changed in the transaction that it speaks of.
CREATE TABLE archiving (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    archived bigint NOT NULL  -- the last sequence that is archived
);
INSERT INTO archiving (archived) VALUES (0);

-- How far the monitor has judged, likewise; a row of its own, so that the two never wait for each other.
CREATE TABLE judging (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    judged      bigint NOT NULL, -- the last sequence whose points are stored
    oldest_open bigint NOT NULL, -- samples after this one may belong to a subgroup that is not a point yet
    turn        bigint NOT NULL  -- counts the monitor's transactions, so that one whose answer was lost is recognised
);
INSERT INTO judging (judged, oldest_open, turn) VALUES (0, 0, 0);

CREATE TABLE charts (
    id         int PRIMARY KEY,
    series_id  int NOT NULL REFERENCES series ON DELETE CASCADE,
    kind       smallint NOT NULL,
    transform  smallint NOT NULL,
    subgroup   interval NOT NULL,  -- zero: every sample is a point
    rules      smallint NOT NULL,
    baseline_points int NOT NULL,
    collects_from bigint NOT NULL,  -- the first point of the baseline that is being collected
    problem    text
);

CREATE TABLE baselines (
    id           int PRIMARY KEY,
    chart_id     int NOT NULL REFERENCES charts ON DELETE CASCADE,
    version      int NOT NULL,
    frozen_at    timestamptz NOT NULL,
    frozen_by    text NOT NULL,
    reason       text NOT NULL,
    first_number bigint NOT NULL,
    last_number  bigint NOT NULL,
    from_time    timestamptz NOT NULL,
    to_time      timestamptz NOT NULL,
    transform    smallint NOT NULL,
    count        int NOT NULL,
    units        bigint NOT NULL,
    events       bigint NOT NULL,
    centre       float8 NOT NULL,   -- on the transformed scale
    sigma        float8 NOT NULL,   -- on the transformed scale
    zones        float8[] NOT NULL, -- L3 L2 L1 CL U1 U2 U3 in the unit of the data; empty where they vary by point
    moving_range_centre float8 NOT NULL,
    moving_range_upper  float8 NOT NULL,
    max_gap      interval NOT NULL,
    excluded     jsonb NOT NULL,
    remarks      text[] NOT NULL,
    UNIQUE (chart_id, version)
);

CREATE TABLE points (
    chart_id      int NOT NULL,
    number        bigint NOT NULL,
    time          timestamptz NOT NULL,
    value         float8 NOT NULL,
    count         int NOT NULL,
    moving_range  float8,
    phase         smallint NOT NULL,
    starts_segment boolean NOT NULL,
    baseline_id   int,
    centre        float8,
    lower         float8,
    upper         float8,
    signals       smallint NOT NULL,
    downward      smallint NOT NULL,
    last_sequence bigint NOT NULL,
    PRIMARY KEY (chart_id, time, number)
) PARTITION BY RANGE (time);
CREATE INDEX points_signalled ON points (chart_id, time) WHERE signals <> 0;

-- Points around a violation, saved from a partition that is dropped: they live as long as their violation.
CREATE TABLE kept_points (LIKE points, PRIMARY KEY (chart_id, time, number));

CREATE TABLE violations (
    id            uuid PRIMARY KEY,
    chart_id      int NOT NULL REFERENCES charts ON DELETE CASCADE,
    baseline_id   int NOT NULL REFERENCES baselines ON DELETE CASCADE,
    direction     smallint NOT NULL,
    state         smallint NOT NULL,
    severity      smallint NOT NULL,
    rules         smallint NOT NULL,
    first_rules   smallint NOT NULL,
    opened_at     timestamptz NOT NULL,
    opened_number bigint NOT NULL,
    last_signal_at timestamptz NOT NULL,
    last_signal_number bigint NOT NULL,
    signal_points int NOT NULL,
    value         float8 NOT NULL,
    extreme       float8 NOT NULL,
    centre        float8 NOT NULL,
    lower         float8 NOT NULL,
    upper         float8 NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text,
    resolved_at   timestamptz,
    resolved_by   text,
    cause         text,
    CHECK ((state = 2) = (resolved_at IS NOT NULL))
);
CREATE UNIQUE INDEX violations_one_open ON violations (chart_id, direction) WHERE state <> 2;
CREATE UNIQUE INDEX violations_once ON violations (chart_id, direction, opened_number);
CREATE INDEX violations_opened ON violations (opened_at DESC);

CREATE TABLE annotations (
    id         uuid PRIMARY KEY,
    time       timestamptz NOT NULL,
    kind       text NOT NULL,
    text       text NOT NULL,
    chart_id   int REFERENCES charts ON DELETE CASCADE,
    model      text,
    demo       boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL
);
CREATE INDEX annotations_time ON annotations (time);
