using System.Globalization;
using LLMscope.Spc.Individuals;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Baselines;

/// <summary>A baseline while it is analysed: its values on the chosen scale, those that are left out, and the reasons so far.</summary>
internal sealed class BaselineStudy
{
    private readonly double[] _values;
    private readonly PointContext[] _contexts;
    private readonly List<ExcludedValue> _excluded = [];
    private readonly List<string> _reasons = [];
    private double[] _scaled = [];

    public BaselineStudy(ReadOnlySpan<double> values, ReadOnlySpan<PointContext> contexts)
    {
        _values = values.ToArray();
        _contexts = contexts.ToArray();
    }

    public Transform Transform { get; private set; }

    public ScoreCurve? Scores { get; private set; }

    public Adjustment? Adjustment { get; private set; }

    public Forecast Forecast { get; private set; } = NoForecast.Instance;

    public ValueGrid Grid { get; private set; } = new(0, 0, 0);

    public BaselineDiagnostics Diagnostics { get; private set; } = new(double.NaN, double.NaN, 0, 0);

    public BaselineWarnings Warnings { get; set; }

    public IReadOnlyList<string> Reasons => _reasons;

    public IReadOnlyList<ExcludedValue> Excluded => [.. _excluded.OrderBy(value => value.Index)];

    public int Kept => _scaled.Count(double.IsFinite);

    /// <summary>The values in data units that were kept, in order.</summary>
    public double[] KeptValues => [.. _values.Where((_, index) => double.IsFinite(_scaled[index]))];

    public void Because(FormattableString reason) => _reasons.Add(reason.ToString(CultureInfo.InvariantCulture));

    public BaselineProblem FirstProblem(PhaseOneOptions options)
    {
        var present = Array.FindAll(_values, value => !double.IsNaN(value));
        var asksForLog = options.Transform == TransformChoice.Log || options.Scale == Transform.Log;
        return Array.Exists(present, double.IsInfinity) ? BaselineProblem.InfiniteValue
            : asksForLog && Array.Exists(present, value => value <= 0) ? BaselineProblem.NonPositiveValue
            : present.Length < PhaseOne.FewestValues ? BaselineProblem.TooFewValues
            : Array.TrueForAll(present, value => value == present[0]) ? BaselineProblem.NoVariation
            : BaselineProblem.None;
    }

    public void ChooseScale(PhaseOneOptions options)
    {
        var present = Array.FindAll(_values, value => !double.IsNaN(value));
        Transform = options switch
        {
            { Transform: TransformChoice.None } => Transform.None,
            { Transform: TransformChoice.Log } => Transform.Log,
            { Scale: { } scale } => scale,
            _ when TokensAreKnown(options) && Array.TrueForAll(present, value => value > 0) => Transform.Log, // The noise of a time is relative to its length.
            _ => ScaleOf(present),
        };
        Grid = ValueGrid.Find(present);
        _scaled = Array.ConvertAll(_values, value => double.IsNaN(value) ? double.NaN : Transform.Apply(value));
        for (var index = 0; index < _values.Length; index++)
        {
            if (double.IsNaN(_values[index]))
                _excluded.Add(new ExcludedValue(index, _values[index], ExclusionReason.Missing));
        }
    }

    /// <summary>Leaves out incidents and whatever lies before or after a change of level.</summary>
    public void Screen()
    {
        foreach (var index in Incidents.Find(_scaled))
            Exclude(index, ExclusionReason.Incident);
        var incidents = _excluded.Count(value => value.Reason == ExclusionReason.Incident);
        if (incidents > 0)
            Because($"{incidents} values of incidents, several far-out values close to each other, are left out.");

        if (Kept < 2 * ChangePointScan.ShortestStretch)
            return;

        var stretches = ChangePointScan.Scan(_scaled);
        if (ChangePointScan.Longest(stretches) is not { } stretch || stretch.Count == Kept)
            return;

        if (LevelShape.Wanders(Array.FindAll(_scaled, double.IsFinite), stretches))
        {
            Because($"The level moves all the time rather than in steps, so that all values stay in the baseline.");
            return;
        }

        for (var index = 0; index < _scaled.Length; index++)
        {
            if ((index < stretch.First || index > stretch.Last) && double.IsFinite(_scaled[index]))
                Exclude(index, ExclusionReason.OtherLevel);
        }

        Because($"The level changed within the values; the longest stable stretch, {stretch.Count} values from place {stretch.First + 1} to {stretch.Last + 1}, sets the limits.");
    }

    public void ChooseAdjustment(PhaseOneOptions options)
    {
        if (_contexts.Length == 0)
            return;

        var kept = Enumerable.Range(0, _values.Length).Where(index => double.IsFinite(_scaled[index])).ToArray();
        var values = Array.ConvertAll(kept, index => _values[index]);
        var scaled = Array.ConvertAll(kept, index => _scaled[index]);
        var contexts = Array.ConvertAll(kept, index => _contexts[index]);
        var candidates = new List<(Adjustment Adjustment, int Parameters, string Name)>();
        if (options.Predictor is PredictorChoice.Auto or PredictorChoice.Tokens && TokenRegression.Fit(values, contexts, Transform) is { } tokens)
            candidates.Add((tokens, 4, "the length of prompt and answer"));
        if (options.Predictor is PredictorChoice.Auto or PredictorChoice.TimeOfDay && TimeOfDay.Fit(scaled, contexts) is { } hours)
            candidates.Add((hours, TimeOfDay.Slots, "the time of day"));

        var plain = Spread(scaled);
        foreach (var (adjustment, parameters, name) in candidates)
        {
            var left = Spread([.. scaled.Select((value, i) => value - adjustment.Of(contexts[i])).Where(double.IsFinite)]);
            var gain = (2 * kept.Length * Math.Log(plain / left)) - (parameters * Math.Log(kept.Length));
            if (gain <= 0 && options.Predictor == PredictorChoice.Auto)
                continue;

            Adjustment = adjustment;
            for (var i = 0; i < kept.Length; i++)
                _scaled[kept[i]] -= adjustment.Of(contexts[i]);
            Because($"Adjusted for {name}: it takes {100 * (1 - (left * left / (plain * plain))):0} % of the variance away.");
            return;
        }

        if (options.Predictor is PredictorChoice.Tokens or PredictorChoice.TimeOfDay)
            Because($"Not adjusted: {(options.Predictor == PredictorChoice.Tokens ? "token counts are not known of nearly all points, or do not differ" : "a baseline shorter than three days does not tell the time of day")}.");
    }

    public void ChooseForecast(PhaseOneOptions options)
    {
        var kept = Array.FindAll(_scaled, double.IsFinite);
        Diagnostics = SampleShape.Describe(kept, Grid);
        var scores = ScoresFor(kept, options);
        var (forecast, why) = ForecastChoice.Of(Tamed(scores is null ? kept : Array.ConvertAll(kept, scores.Score)), options.Predictor);
        Forecast = forecast;
        if (why is not null)
            _reasons.Add(why);
        if (forecast is NoForecast || scores is null)
            return;

        Scores = scores = FarOut.Steepen(scores, FarOut.Of(scores, kept));
        for (var index = 0; index < _scaled.Length; index++)
            _scaled[index] = scores.Score(_scaled[index]);
    }

    // A scale for forecasts needs a middle part that is known well; far tails hardly matter to it.
    private ScoreCurve? ScoresFor(double[] kept, PhaseOneOptions options)
        => options is { Transform: TransformChoice.Auto or TransformChoice.Scores, SigmaFloor: 0 } && options.Predictor != PredictorChoice.None
            && Adjustment is null && kept.Length >= PhaseOne.ProvisionalValues && kept.Max() > kept.Min() && double.IsFinite(kept.Max() - kept.Min())
            ? NormalScores.Estimate(kept)
            : null;

    private static double[] Tamed(double[] values)
    {
        var median = RobustScale.Median(values);
        var spread = ForecastChoice.RobustSpread(values);
        return Array.ConvertAll(values, value => Math.Clamp(value, median - (4 * spread), median + (4 * spread)));
    }

    /// <summary>What is left of the kept values once everything expected is taken away, in order.</summary>
    /// <param name="burnIn">Residuals that are dropped at the beginning.</param>
    public double[] Residuals(int burnIn) => Walk().Residuals[Math.Min(burnIn, Kept)..];

    /// <summary>The forecasts of the kept values, in order.</summary>
    public double[] Levels(int burnIn) => Walk().Expected[Math.Min(burnIn, Kept)..];

    /// <summary>Of the kept values, once adjusted.</summary>
    public double SpreadBeforeForecast => Spread(Array.FindAll(_scaled, double.IsFinite));

    public static double Spread(double[] values) => Math.Max(RobustScale.MeanDifference(values), 1e-300);

    private bool TokensAreKnown(PhaseOneOptions options)
        => options.Predictor is PredictorChoice.Auto or PredictorChoice.Tokens
        && _contexts.Length > 0 && _contexts.Count(context => context.HasTokens) >= 0.95 * _contexts.Length;

    private static Transform ScaleOf(double[] present)
    {
        if (Array.Exists(present, value => value <= 0))
            return Transform.None;

        var sorted = present.Order().ToArray();
        var logs = Array.ConvertAll(sorted, Math.Log);
        return Math.Abs(Skew(logs)) <= Math.Abs(Skew(sorted)) ? Transform.Log : Transform.None;
    }

    // Bowley's skewness at the outer twentieths: it takes no notice of the last few values.
    private static double Skew(double[] sorted)
    {
        var (low, middle, high) = (sorted[sorted.Length / 20], sorted[sorted.Length / 2], sorted[^((sorted.Length / 20) + 1)]);
        return high > low ? (high + low - (2 * middle)) / (high - low) : 0;
    }

    private (double[] Expected, double[] Residuals) Walk()
    {
        var kept = Array.FindAll(_scaled, double.IsFinite);
        var memory = ForecastChoice.Beginning(Forecast, kept);
        var (expected, residuals) = (new double[kept.Length], new double[kept.Length]);
        for (var i = 0; i < kept.Length; i++)
        {
            expected[i] = Forecast.Expect(memory);
            residuals[i] = kept[i] - expected[i];
            Forecast.Learn(ref memory, kept[i], expected[i]);
        }

        return (expected, residuals);
    }

    private void Exclude(int index, ExclusionReason reason)
    {
        _excluded.Add(new ExcludedValue(index, _values[index], reason));
        _scaled[index] = double.NaN;
    }
}
