using System.Numerics;
using System.Runtime.InteropServices;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// A chart as a Markov chain over the values it may remember without a signal: what moves from each to each, and how likely each signals next.
/// </summary>
/// <param name="moves">Row after row, the probability of moving from the row's state to the column's.</param>
/// <param name="exits">The probability of a signal from each state.</param>
internal sealed class AbsorbingChain(double[] moves, double[] exits)
{
    /// <summary>How many points each state lasts on average until the signal. Uses the moves up: ask for it once, and last.</summary>
    /// <remarks>
    /// Grassmann, Taksar and Heyman, Operations Research 33(5), 1985, 1107-1116: elimination without a subtraction. Where signals are rare the
    /// moves from a state sum to 1 but for the last digits; taking the signals' own probabilities for the rest keeps all digits of the mean.
    /// </remarks>
    public double[] MeanTimes()
    {
        var size = exits.Length;
        var leaving = (double[])exits.Clone();
        var times = new double[size];
        Array.Fill(times, 1);
        for (var last = size - 1; last >= 0; last--)
        {
            var from = moves.AsSpan(last * size, last);
            var outflow = leaving[last];
            foreach (var move in from)
                outflow += move;

            for (var row = 0; row < last; row++)
            {
                var share = moves[(row * size) + last] / outflow;
                if (share == 0)
                    continue;

                AddScaled(moves.AsSpan(row * size, last), from, share);
                leaving[row] += share * leaving[last];
                times[row] += share * times[last];
            }

            leaving[last] = outflow;
        }

        for (var state = 0; state < size; state++)
            times[state] = (times[state] + Dot(moves.AsSpan(state * size, state), times.AsSpan(0, state))) / leaving[state];
        return times;
    }

    /// <summary>The average number of points until the signal; infinite where a double cannot tell it from never.</summary>
    /// <param name="first">The probability that the first point leads to each state.</param>
    public double MeanFrom(double[] first)
    {
        var mean = 1 + Dot(first, MeanTimes());
        return double.IsNaN(mean) ? double.PositiveInfinity : mean;
    }

    /// <summary>The probabilities of more than 0, 1, 2 and so on points without a signal, without end.</summary>
    /// <param name="first">The probability that the first point leads to each state.</param>
    public IEnumerable<double> Survival(double[] first)
    {
        yield return 1;
        var size = exits.Length;
        var alive = new double[size];
        var next = new double[size];
        Array.Fill(alive, 1);
        while (true)
        {
            yield return Dot(first, alive);
            for (var state = 0; state < size; state++)
                next[state] = Dot(moves.AsSpan(state * size, size), alive);
            (alive, next) = (next, alive);
        }
    }

    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var wideLeft = MemoryMarshal.Cast<double, Vector<double>>(left);
        var wideRight = MemoryMarshal.Cast<double, Vector<double>>(right);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < wideLeft.Length; i++)
            sums += wideLeft[i] * wideRight[i];

        var sum = Vector.Sum(sums);
        for (var i = wideLeft.Length * Vector<double>.Count; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        var wideTarget = MemoryMarshal.Cast<double, Vector<double>>(target);
        var wideSource = MemoryMarshal.Cast<double, Vector<double>>(source);
        for (var i = 0; i < wideTarget.Length; i++)
            wideTarget[i] += wideSource[i] * factor;
        for (var i = wideTarget.Length * Vector<double>.Count; i < target.Length; i++)
            target[i] += source[i] * factor;
    }
}
