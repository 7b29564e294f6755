namespace LLMscope.Spc.Scoring;

/// <summary>
/// How fast the tail of a process thins out beyond a threshold: the generalised Pareto distribution, not with one estimated shape and
/// scale but averaged over all that agree with the excesses. An average of this kind answers the question that limits ask, how
/// often the <em>next</em> points will lie beyond, and so widens by itself where the excesses are few.
/// </summary>
/// <remarks>
/// Pickands, Annals of Statistics 3, 1975, 119-131. The prior of the shape is normal around 0.1, where the logarithms of latencies lie, and of the
/// scale flat in its logarithm (Coles, An Introduction to Statistical Modeling of Extreme Values, 2001, section 9.1).
/// </remarks>
internal sealed class ParetoTail
{
    private const int Shapes = 9;
    private const int Scales = 9;
    private const double PriorShape = 0.1;
    private const double PriorSpread = 0.15;

    // Pairs with a smaller share of the weight change nothing that can be seen.
    private const double LeastWeight = 1e-5;

    private readonly double[] _shapes;
    private readonly double[] _scales;
    private readonly double[] _weights;

    /// <param name="excesses">Distances beyond the threshold, at least one of them positive.</param>
    public ParetoTail(ReadOnlySpan<double> excesses)
    {
        var (shapes, scales, weights) = (new double[Shapes * Scales], new double[Shapes * Scales], new double[Shapes * Scales]);
        double mean = 0, greatest = 0;
        foreach (var excess in excesses)
        {
            mean += excess / excesses.Length;
            greatest = Math.Max(greatest, excess);
        }

        // A grid of shapes from short to heavy tails, and around each shape's own best scale a grid of scales, five standard errors wide.
        var width = 2.5 / Math.Sqrt(excesses.Length);
        var best = double.NegativeInfinity;
        for (var i = 0; i < Shapes; i++)
        {
            var shape = PriorShape + (PriorSpread * 3 * ((2.0 * i / (Shapes - 1)) - 1));
            var centre = BestScale(excesses, mean, greatest, shape);
            for (var j = 0; j < Scales; j++)
            {
                var at = (i * Scales) + j;
                shapes[at] = shape;
                scales[at] = centre * Math.Exp(width * 2 * ((2.0 * j / (Scales - 1)) - 1));
                var prior = (shape - PriorShape) / PriorSpread;
                weights[at] = LogLikelihood(excesses, greatest, shape, scales[at]) - (prior * prior / 2);
                best = Math.Max(best, weights[at]);
            }
        }

        var total = weights.Sum(weight => Math.Exp(weight - best));
        int[] kept = [.. Enumerable.Range(0, weights.Length).Where(at => Math.Exp(weights[at] - best) > LeastWeight * total)];
        _shapes = Array.ConvertAll(kept, at => shapes[at]);
        _scales = Array.ConvertAll(kept, at => scales[at]);
        _weights = Array.ConvertAll(kept, at => Math.Exp(weights[at] - best) / total);
    }

    /// <summary>The probability that a value beyond the threshold exceeds it by more than this.</summary>
    public double Beyond(double excess)
    {
        double probability = 0;
        for (var at = 0; at < _weights.Length; at++)
            probability += _weights[at] * Survival(excess / _scales[at], _shapes[at]);

        return probability;
    }

    /// <summary>The excess that this share of the values beyond the threshold exceeds.</summary>
    /// <param name="share">In (0, 1].</param>
    /// <param name="least">A known lower bound of the answer, so that a series of falling shares is quick.</param>
    public double Excess(double share, double least = 0)
    {
        var (low, high) = (least, Math.Max(least * 2, _scales[_scales.Length / 2]));
        while (Beyond(high) > share)
            (low, high) = (high, high * 2);

        // Newton on the logarithm, which is nearly straight, kept inside the bracket.
        var target = Math.Log(share);
        var next = least > 0 ? Math.Min(high, least * 1.1) : high / 2;
        for (var step = 0; step < 60 && high - low > 1e-10 * high; step++)
        {
            var (beyond, density) = At(next);
            var distance = Math.Log(beyond) - target;
            if (Math.Abs(distance) < 1e-10)
                return next;
            (low, high) = distance > 0 ? (next, high) : (low, next);
            next += distance * beyond / density;
            if (!(next > low && next < high))
                next = (low + high) / 2;
        }

        return next;
    }

    private (double Beyond, double Density) At(double excess)
    {
        double beyond = 0, density = 0;
        for (var at = 0; at < _weights.Length; at++)
        {
            var inside = 1 + (_shapes[at] * excess / _scales[at]);
            if (inside <= 0)
                continue;
            var survival = _weights[at] * Survival(excess / _scales[at], _shapes[at]);
            beyond += survival;
            density += survival / (_scales[at] * inside);
        }

        return (beyond, density);
    }

    private static double Survival(double ratio, double shape)
    {
        if (Math.Abs(shape) < 1e-6)
            return Math.Exp(-ratio);
        var inside = 1 + (shape * ratio);
        return inside <= 0 ? 0 : Math.Exp(-Math.Log(inside) / shape);
    }

    private static double LogLikelihood(ReadOnlySpan<double> excesses, double greatest, double shape, double scale)
    {
        if (1 + (shape * greatest / scale) <= 0)
            return double.NegativeInfinity;

        double sum = 0;
        if (Math.Abs(shape) < 1e-6)
        {
            foreach (var excess in excesses)
                sum += excess / scale;
            return (-excesses.Length * Math.Log(scale)) - sum;
        }

        foreach (var excess in excesses)
            sum += Math.Log(1 + (shape * excess / scale));
        return (-excesses.Length * Math.Log(scale)) - ((1 + (1 / shape)) * sum);
    }

    // The scale at which the likelihood of this shape is greatest: its score function has one root in the logarithm, found by bisection.
    private static double BestScale(ReadOnlySpan<double> excesses, double mean, double greatest, double shape)
    {
        var low = shape < 0 ? Math.Max(mean / 20, -shape * greatest * 1.000001) : mean / 20;
        var high = Math.Max(mean * 20, low * 2);
        for (var step = 0; step < 24; step++)
        {
            var scale = Math.Sqrt(low * high);
            double slope = 0;
            foreach (var excess in excesses)
                slope += (1 + shape) * excess / (scale + (shape * excess));
            if (slope > excesses.Length)
                low = scale;
            else
                high = scale;
        }

        return Math.Sqrt(low * high);
    }
}
