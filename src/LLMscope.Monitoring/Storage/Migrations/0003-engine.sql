-- What the statistics need to judge by a model of the process rather than by two numbers.

-- What the user chose beside kind, scale and subgroup, and with which numbers the chart is judged.
ALTER TABLE charts ADD COLUMN choices json NOT NULL DEFAULT '{}';
ALTER TABLE charts ADD COLUMN detection json;
ALTER TABLE charts ADD COLUMN proposal json;
-- The first point that was made as the plan says; limits are never estimated from those before.
ALTER TABLE charts ADD COLUMN planned_from bigint NOT NULL DEFAULT 1;

-- The frozen model of the process in control; null where counts alone judge. Text as it was written, so that its hash can be checked.
ALTER TABLE baselines ADD COLUMN model json;
ALTER TABLE baselines ADD COLUMN hash text NOT NULL DEFAULT '';
ALTER TABLE baselines ADD COLUMN confirmed boolean NOT NULL DEFAULT false;
ALTER TABLE baselines ADD COLUMN dispersion float8 NOT NULL DEFAULT 1;
-- The frozen distribution of the time between events, on a chart of it.
ALTER TABLE baselines ADD COLUMN time_between json;
-- What the chart was when they were frozen, which also says what unit its points had.
ALTER TABLE baselines ADD COLUMN kind smallint NOT NULL DEFAULT 0;
UPDATE baselines b SET kind = c.kind FROM charts c WHERE c.id = b.chart_id;

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
-- How far the samples of the point lie apart on the scale of the chart, and the limits of what is plotted of that.
ALTER TABLE points ADD COLUMN deviation float8;
ALTER TABLE points ADD COLUMN range float8;
ALTER TABLE points ADD COLUMN spread_centre float8;
ALTER TABLE points ADD COLUMN spread_lower float8;
ALTER TABLE points ADD COLUMN spread_upper float8;
ALTER TABLE kept_points ADD COLUMN expected float8;
ALTER TABLE kept_points ADD COLUMN cusum_up float8;
ALTER TABLE kept_points ADD COLUMN cusum_down float8;
ALTER TABLE kept_points ADD COLUMN ewma float8;
ALTER TABLE kept_points ADD COLUMN input_tokens float8;
ALTER TABLE kept_points ADD COLUMN cached_tokens float8;
ALTER TABLE kept_points ADD COLUMN output_tokens float8;
ALTER TABLE kept_points ADD COLUMN deviation float8;
ALTER TABLE kept_points ADD COLUMN range float8;
ALTER TABLE kept_points ADD COLUMN spread_centre float8;
ALTER TABLE kept_points ADD COLUMN spread_lower float8;
ALTER TABLE kept_points ADD COLUMN spread_upper float8;

-- The estimated change behind a violation: since when, and how large in the unit of the series and as a share of the centre line.
ALTER TABLE violations ADD COLUMN began_number bigint;
ALTER TABLE violations ADD COLUMN began_at timestamptz;
ALTER TABLE violations ADD COLUMN shift float8;
ALTER TABLE violations ADD COLUMN shift_share float8;
-- Whether it was large enough to tell people; what was not told is still recorded.
ALTER TABLE violations ADD COLUMN told boolean NOT NULL DEFAULT true;
