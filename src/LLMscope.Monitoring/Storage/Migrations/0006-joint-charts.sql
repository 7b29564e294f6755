-- Charts of several characteristics of one source: the vector of each point on the scales of its characteristics, the moving averages after it, and how much
-- each characteristic has to do with the plotted T2. Enough to go on after a restart exactly where judging stopped, and to estimate limits again.
ALTER TABLE points ADD COLUMN vector float8[];
ALTER TABLE points ADD COLUMN averages float8[];
ALTER TABLE points ADD COLUMN contributions float8[];
ALTER TABLE points ADD COLUMN deviations float8[];
ALTER TABLE kept_points ADD COLUMN vector float8[];
ALTER TABLE kept_points ADD COLUMN averages float8[];
ALTER TABLE kept_points ADD COLUMN contributions float8[];
ALTER TABLE kept_points ADD COLUMN deviations float8[];
-- The frozen mean and covariance of such a chart, as they were written, so that their hash can be checked.
ALTER TABLE baselines ADD COLUMN joint json;
