namespace LLMscope.Service.Judging;

/// <summary>A request to judge, as it is sent. The reader reads it without this type; the API description is made of it.</summary>
/// <param name="Values">Numbers, null where one is missing; arrays of numbers for the charts of subgroups, and rows for t2 and mewma; counts for those of events.</param>
/// <param name="Sizes">For p, np, u, p-prime and u-prime: what each count was counted among; one number for all, or an array.</param>
/// <param name="Missing">skip (the neighbours are consecutive; the default) or break (it ends every pattern).</param>
/// <param name="Resets">The index of the first value of each new segment.</param>
/// <param name="Rules">A list such as ["R1", "R2", "cusum"], or an object of rules with their numbers.</param>
/// <param name="Covariates">Of the values, or of the baseline and the values in one.</param>
/// <param name="Detail">Adds the score of each value, averages and sums.</param>
internal sealed record JudgeDocument(
    IReadOnlyList<double?> Values, IReadOnlyList<double?>? Sizes, string? Missing, IReadOnlyList<int>? Resets, RuleNumbers? Rules, LimitsDocument Limits,
    CovariatesDocument? Covariates, bool? Detail);

/// <summary>Centre and sigma, or zones, or a baseline.</summary>
/// <param name="Zones">L3, L2, L1, CL, U1, U2, U3 in the unit of the data.</param>
/// <param name="Baseline">Points that were good, in the form of the values.</param>
/// <param name="Chart">auto, individuals, xbar-r, xbar-s, r, s, p, np, c, u, p-prime, u-prime, g, t, ewma or cusum; t2 or mewma where values and baseline are rows, arrays with a number for each of several characteristics.</param>
/// <param name="Transform">auto, none, log or scores; none draws the lines that textbooks print.</param>
/// <param name="Predictor">auto, none, ewma, ar or tokens.</param>
/// <param name="Covariance">Of t2 and mewma: sample or successiveDifferences.</param>
/// <param name="Alpha">Of t2: the probability of a false alarm at a point.</param>
/// <param name="Lambda">Of mewma: how much the newest row counts.</param>
/// <param name="H4">Of mewma: the limit.</param>
internal sealed record LimitsDocument(
    double? Centre, double? Sigma, IReadOnlyList<double>? Zones, IReadOnlyList<double?>? Baseline, IReadOnlyList<double?>? BaselineSizes, string? Chart,
    string? Transform, string? Predictor, BudgetDocument? Budget, CovariatesDocument? Covariates, string? Covariance, double? Alpha, double? Lambda, double? H4);

/// <param name="Name">quiet (one false alarm a month), normal (a week), sensitive (a day) or classic (Nelson's numbers); instead of falseAlarms and per.</param>
/// <param name="Per">hour, day, week or month of 30 days.</param>
/// <param name="IntervalSeconds">From one point to the next; 60 where it is left out.</param>
internal sealed record BudgetDocument(string? Name, double? FalseAlarms, string? Per, double? IntervalSeconds);

/// <summary>Tokens of each call, null where unknown.</summary>
internal sealed record CovariatesDocument(IReadOnlyList<double?>? InputTokens, IReadOnlyList<double?>? OutputTokens, IReadOnlyList<double?>? CachedTokens);
