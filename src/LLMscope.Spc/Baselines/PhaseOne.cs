using LLMscope.Spc.Individuals;
using LLMscope.Spc.Prediction;

namespace LLMscope.Spc.Baselines;

/// <summary>
/// The analysis of a baseline: it leaves out what was not in control, chooses scale, predictor and curve, and freezes them, with a reason for each.
/// </summary>
/// <remarks>
/// The order: missing values, scale, incidents, changes of level, circumstances, forecast, scores. Extreme values that stand alone stay: they belong to the
/// tail of the process, and dropping them would make every limit too narrow (iterated exclusion beyond three sigma takes 1.1 % of sigma each time).
/// </remarks>
public static class PhaseOne
{
    /// <summary>Fewer values give no limits at all.</summary>
    public const int FewestValues = IndividualsBaseline.FewestValues;

    /// <summary>From so many values limits are provisional: usable, with a wide band of expected false alarms.</summary>
    public const int ProvisionalValues = 100;

    /// <summary>From so many values limits are good.</summary>
    public const int ConfirmedValues = 1_000;

    // The first residuals of a forecast depend on where it started.
    private const int BurnIn = 10;

    /// <param name="values">In the order of time and in data units; not a number means missing.</param>
    /// <param name="contexts">As many, or none where nothing is known beside the values.</param>
    public static PhaseOneResult Analyse(ReadOnlySpan<double> values, ReadOnlySpan<PointContext> contexts = default, PhaseOneOptions? options = null)
    {
        options ??= PhaseOneOptions.Default;
        if (contexts.Length != 0 && contexts.Length != values.Length)
            throw new ArgumentException($"There are {values.Length} values and {contexts.Length} contexts.", nameof(contexts));

        var study = new BaselineStudy(values, contexts);
        if (study.FirstProblem(options) is var problem && problem != BaselineProblem.None)
            return PhaseOneResult.Without(problem, study);

        study.ChooseScale(options);
        if (options.Screens)
            study.Screen();
        if (study.Kept < FewestValues)
            return PhaseOneResult.Without(BaselineProblem.TooFewValues, study);

        study.ChooseAdjustment(options);
        study.ChooseForecast(options);
        var residuals = study.Residuals(study.Forecast is NoForecast ? 0 : Math.Min(BurnIn, study.Kept / 10));
        if (residuals.Length < FewestValues)
            return PhaseOneResult.Without(BaselineProblem.TooFewValues, study);
        if (!Array.TrueForAll(residuals, double.IsFinite) || !double.IsFinite(BaselineStudy.Spread(residuals)))
            return PhaseOneResult.Without(BaselineProblem.InfiniteValue, study);
        if (Array.TrueForAll(residuals, residual => residual == residuals[0]))
            return PhaseOneResult.Without(BaselineProblem.NoVariation, study);

        return PhaseOneResult.With(CurveFitting.Fit(study, residuals, options), study);
    }
}
