using System.Globalization;
using LLMscope.Spc.Prediction;

namespace LLMscope.Spc.Baselines;

/// <summary>What a frozen model lets expect and how it scores, in words with its numbers.</summary>
public static class ModelText
{
    /// <summary>What a point is expected by, for example <c>an average that follows the points (weight 0.12)</c>.</summary>
    /// <param name="unit">Of the series; prompts and answers are told in it by the token.</param>
    public static string Predictor(ProcessModel model, string unit)
    {
        ArgumentNullException.ThrowIfNull(model);
        var circumstances = model.Adjustment switch
        {
            TokenRegression tokens => Tokens(tokens, unit),
            TimeOfDay => "the time of day, by half hours in UTC",
            _ => null,
        };
        var forecast = model.Forecast switch
        {
            EwmaForecast average => $"an average that follows the points (weight {Number(average.Lambda)})",
            Autoregression lags => $"an autoregression on the last {Counted(lags.Coefficients)}",
            _ => null,
        };
        return (circumstances, forecast) switch
        {
            (null, null) => "nothing: all points are held against the same lines",
            (null, { } one) => one,
            ({ } one, null) => one,
            _ => $"{circumstances}, and of what is left {forecast}",
        };
    }

    /// <summary>How what is left becomes a score.</summary>
    public static string Scale(ProcessModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var scale = model.Transform == Transform.Log ? "the logarithm" : "the values' own scale";
        return model.Curve.Sigma is null ? $"normal scores on {scale}" : $"standard deviations on {scale}";
    }

    private static string Tokens(TokenRegression tokens, string unit)
    {
        var parts = new List<string>();
        Add(tokens.Fixed, "fixed");
        Add(tokens.PerInputToken, "per prompt token");
        Add(tokens.PerCachedToken, "per cached token");
        Add(tokens.PerOutputToken, "per answer token");
        return $"the tokens of the call ({string.Join(", ", parts)})";

        void Add(double amount, string what)
        {
            if (amount > 0)
                parts.Add($"{Number(amount)} {unit} {what}");
        }
    }

    private static string Counted(IReadOnlyList<double> coefficients) =>
        $"{(coefficients.Count == 1 ? "point" : $"{coefficients.Count} points")} ({string.Join(", ", coefficients.Select(Number))})";

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) is > 0 and < 0.0005 or >= 1e6 ? "0.###E0" : "0.####", CultureInfo.InvariantCulture);
}
