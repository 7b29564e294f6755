-- What the statistics need to judge by a model of the process rather than by two numbers.

-- What the user chose beside kind, scale and subgroup, and with which numbers the chart is judged.
ALTER TABLE charts ADD COLUMN choices json NOT NULL DEFAULT '{}';
ALTER TABLE charts ADD COLUMN detection json;
ALTER TABLE charts ADD COLUMN proposal json;

-- The frozen model of the process in control; null where counts alone judge. Text as it was written, so that its hash can be checked.
ALTER TABLE baselines ADD COLUMN model json;
ALTER TABLE baselines ADD COLUMN hash text NOT NULL DEFAULT '';
ALTER TABLE baselines ADD COLUMN confirmed boolean NOT NULL DEFAULT false;
ALTER TABLE baselines ADD COLUMN dispersion float8 NOT NULL DEFAULT 1;

-- Limits that an earlier version estimated have no model: their charts collect a baseline anew.
UPDATE charts c SET collects_from = 1 + coalesce((SELECT max(number) FROM points p WHERE p.chart_id = c.id), 0) WHERE kind = 0;
UPDATE violations SET state = 2, resolved_at = now(), resolved_by = 'new baseline' WHERE state <> 2 AND chart_id IN (SELECT id FROM charts WHERE kind = 0);

-- What was expected of the point on the scale of the chart, the sums after it, and the mean lengths of its calls: enough to go on after a restart
-- exactly where judging stopped, and to estimate limits again.
ALTER TABLE points ADD COLUMN expected float8;
ALTER TABLE points ADD COLUMN cusum_up float8;
ALTER TABLE points ADD COLUMN cusum_down float8;
ALTER TABLE points ADD COLUMN ewma float8;
ALTER TABLE points ADD COLUMN input_tokens float8;
ALTER TABLE points ADD COLUMN cached_tokens float8;
ALTER TABLE points ADD COLUMN output_tokens float8;
ALTER TABLE kept_points ADD COLUMN expected float8;
ALTER TABLE kept_points ADD COLUMN cusum_up float8;
ALTER TABLE kept_points ADD COLUMN cusum_down float8;
ALTER TABLE kept_points ADD COLUMN ewma float8;
ALTER TABLE kept_points ADD COLUMN input_tokens float8;
ALTER TABLE kept_points ADD COLUMN cached_tokens float8;
ALTER TABLE kept_points ADD COLUMN output_tokens float8;

-- The estimated change behind a violation: since when, and how large in the unit of the series and as a share of the centre line.
ALTER TABLE violations ADD COLUMN began_number bigint;
ALTER TABLE violations ADD COLUMN began_at timestamptz;
ALTER TABLE violations ADD COLUMN shift float8;
ALTER TABLE violations ADD COLUMN shift_share float8;
-- Whether it was large enough to tell people; what was not told is still recorded.
ALTER TABLE violations ADD COLUMN told boolean NOT NULL DEFAULT true;
