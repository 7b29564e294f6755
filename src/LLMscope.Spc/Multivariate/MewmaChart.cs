namespace LLMscope.Spc.Multivariate;

/// <summary>
/// A multivariate exponentially weighted moving average: one chart for small, lasting shifts of several variables that move together.
/// It is judged by the covariance of the steady state from the first point on. A signal resets nothing. With a weight of 1 it is Hotelling's T2 chart.
/// Not safe for several threads at once.
/// </summary>
/// <remarks>Lowry, Woodall, Champ and Rigdon, Technometrics 34(1), 1992, 46-53.</remarks>
public sealed class MewmaChart
{
    private readonly MultivariateBaseline _baseline;
    private readonly MewmaParameters _parameters;
    private readonly double[] _averages;
    private readonly double[] _centred;

    /// <param name="baseline">One that has limits.</param>
    public MewmaChart(MultivariateBaseline baseline, MewmaParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        if (!baseline.HasLimits)
            throw new ArgumentException($"The baseline has no limits: {baseline.Problem}.", nameof(baseline));

        (_baseline, _parameters) = (baseline, parameters);
        _averages = new double[baseline.Variables];
        _centred = new double[baseline.Variables];
    }

    /// <summary>The averages as deviations from the mean of the baseline. Setting them continues a segment that was interrupted.</summary>
    public IReadOnlyList<double> Memory
    {
        get => [.. _averages];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count != _averages.Length)
                throw new ArgumentException($"There are {_averages.Length} averages, not {value.Count}.", nameof(value));
            for (var i = 0; i < _averages.Length; i++)
                _averages[i] = value[i];
        }
    }

    /// <summary>Takes the next observation. One with a missing value (not a number) changes nothing and signals nothing.</summary>
    public MewmaPoint Step(ReadOnlySpan<double> observation)
    {
        _baseline.Centre(observation, _centred);
        var missing = false;
        foreach (var value in _centred)
        {
            if (double.IsInfinity(value))
                throw new ArgumentOutOfRangeException(nameof(observation), "A value is finite or missing.");
            missing |= double.IsNaN(value);
        }

        if (!missing)
        {
            for (var i = 0; i < _averages.Length; i++)
                _averages[i] = ((1 - _parameters.Lambda) * _averages[i]) + (_parameters.Lambda * _centred[i]);
        }

        var t2 = Scale * _baseline.Squared(_averages);
        return new MewmaPoint(t2, !missing && t2 > _parameters.Limit);
    }

    /// <summary>How much each variable adds to the present T2: T2 less the T2 of the other variables.</summary>
    /// <param name="contributions">As many places as there are variables. They need not sum to T2.</param>
    public void Contributions(Span<double> contributions)
    {
        _baseline.ContributionsOfCentred(_averages, contributions);
        foreach (ref var contribution in contributions)
            contribution *= Scale;
    }

    /// <summary>How far each average lies from the mean of the baseline, in its own standard deviations, positive above it.</summary>
    /// <param name="deviations">As many places as there are variables.</param>
    public void Deviations(Span<double> deviations)
    {
        if (deviations.Length != _averages.Length)
            throw new ArgumentException($"There are {_averages.Length} averages, not {deviations.Length}.", nameof(deviations));
        for (var i = 0; i < _averages.Length; i++)
            deviations[i] = _averages[i] * Math.Sqrt(Scale / _baseline.Covariance[(i * _averages.Length) + i]);
    }

    /// <summary>Forgets everything: the next observation is the first of a segment.</summary>
    public void Break() => Array.Clear(_averages);

    private double Scale => (2 - _parameters.Lambda) / _parameters.Lambda;
}
