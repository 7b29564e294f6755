-- A receiver is a destination; a notification is one message about one violation to one receiver.

CREATE TABLE receivers (
    id         uuid PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    kind       text NOT NULL,
    settings   jsonb NOT NULL,          -- without the secret
    secret     bytea,                   -- encrypted by data protection
    enabled    boolean NOT NULL,
    hold_until timestamptz,             -- it asked for patience: nothing is sent before
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE TABLE notifications (
    id              uuid PRIMARY KEY,   -- version 7; the same in every attempt, so that a receiver can tell duplicates
    receiver_id     uuid NOT NULL REFERENCES receivers ON DELETE CASCADE,
    violation_id    uuid REFERENCES violations ON DELETE CASCADE,  -- null: a test
    kind            text NOT NULL CHECK (kind IN ('opened', 'resolved', 'test')),
    seq             smallint NOT NULL,  -- the order within a violation and a receiver
    notice          jsonb,
    state           text NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'retry', 'dead', 'merged')),
    attempts        int NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    retry_until     timestamptz NOT NULL,
    lease_owner     uuid,
    lease_until     timestamptz,
    last_status     int,
    last_error      text,
    created_at      timestamptz NOT NULL,
    sent_at         timestamptz,
    UNIQUE (violation_id, receiver_id, kind),
    CHECK ((kind = 'test') = (violation_id IS NULL)),
    CHECK ((kind = 'test') = (notice IS NULL)),
    CHECK ((state = 'sending') = (lease_owner IS NOT NULL AND lease_until IS NOT NULL)),
    CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX notifications_unfinished ON notifications (receiver_id, next_attempt_at, id) WHERE state IN ('pending', 'sending', 'retry');
CREATE INDEX notifications_of_receiver ON notifications (receiver_id, created_at DESC);
CREATE INDEX notifications_newest ON notifications (created_at DESC);
