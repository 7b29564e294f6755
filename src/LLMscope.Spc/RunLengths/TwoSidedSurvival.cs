namespace LLMscope.Spc.RunLengths;

/// <summary>The survival of a chart of two sides from that of each side, where a side that signals leaves the other at 0.</summary>
/// <remarks>
/// The upper side signals when the chart does so upwards, or some time after the chart did so downwards, having started again at 0. That is a
/// pair of renewal equations; control limits, which signal with the same probability at each point, are taken out before and put back after.
/// </remarks>
internal static class TwoSidedSurvival
{
    private const int MostPoints = 5_000;

    // What is left after it has lost too many digits to tell its decay; by then the decay has long been steady.
    private const double Countable = 1e-9;

    /// <param name="sideFrom">For the side 1 or -1, its survival from a start.</param>
    /// <param name="shared">The probability of a signal that both sides share.</param>
    public static IEnumerable<double> Of(Func<int, Func<double, IEnumerable<double>>> sideFrom, double start, double shared)
    {
        var (upper, upperAgain) = (new Arrivals(sideFrom(1)(start), shared), new Arrivals(sideFrom(1)(0), shared));
        var (lower, lowerAgain) = (new Arrivals(sideFrom(-1)(start), shared), new Arrivals(sideFrom(-1)(0), shared));
        List<double> up = [0];
        List<double> down = [0];
        double alive = 1, decay = 1, unshared = 1;
        yield return 1;
        if (shared >= 1)
        {
            yield return 0;
            yield break;
        }

        while (true)
        {
            if (alive > Countable && up.Count <= MostPoints)
            {
                var before = alive;
                alive -= Next();
                decay = alive / before;
            }
            else
            {
                alive *= decay;
            }

            unshared *= 1 - shared;
            yield return alive * unshared;
        }

        double Next()
        {
            var (nextUp, nextDown) = (upper.Next(), lower.Next());
            upperAgain.Next();
            lowerAgain.Next();
            for (var i = 1; i < up.Count; i++)
            {
                nextUp -= down[i] * upperAgain.At(up.Count - i);
                nextDown -= up[i] * lowerAgain.At(up.Count - i);
            }

            up.Add(nextUp);
            down.Add(nextDown);
            return nextUp + nextDown;
        }
    }

    /// <summary>The probabilities that one side alone signals at each point, as many as were asked for.</summary>
    private sealed class Arrivals(IEnumerable<double> survival, double shared)
    {
        private readonly IEnumerator<double> _survival = survival.Skip(1).GetEnumerator();
        private readonly List<double> _at = [0];
        private double _alive = 1;
        private double _unshared = 1;

        public double At(int point) => _at[point];

        public double Next()
        {
            _survival.MoveNext();
            _unshared *= 1 - shared;
            var alive = _survival.Current / _unshared;
            _at.Add(_alive - alive);
            _alive = alive;
            return _at[^1];
        }
    }
}
