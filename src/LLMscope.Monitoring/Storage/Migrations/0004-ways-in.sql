-- What many observations came to has a count; a single one has none. A column that is null costs a row a bit.
ALTER TABLE samples ADD COLUMN count int;
ALTER TABLE calls ADD COLUMN finish_reason text;
