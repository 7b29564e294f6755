-- On a chart of the units between two events: those since the last one, and the last sample that is counted in them.
ALTER TABLE charts ADD COLUMN gap_units bigint NOT NULL DEFAULT 0;
ALTER TABLE charts ADD COLUMN gap_through bigint NOT NULL DEFAULT 0;
