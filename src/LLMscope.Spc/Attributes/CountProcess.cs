using LLMscope.Spc.Cusum;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Attributes;

/// <summary>A process that makes events: how many of them a point has, by its size in units of exposure.</summary>
public abstract record CountProcess
{
    private CountProcess(double rate) => Rate = rate;

    /// <summary>Events for each unit; a probability where a unit has at most one.</summary>
    public double Rate { get; private init; }

    /// <summary>The largest rate that there is.</summary>
    public abstract double MostRate { get; }

    /// <summary>Every unit has the event with the same probability, independently of the others. Sizes are whole.</summary>
    public static CountProcess Binomial(double probability) => new BinomialCounts(probability);

    /// <summary>Events come one by one at the same rate.</summary>
    public static CountProcess Poisson(double rate) => new PoissonCounts(rate);

    /// <summary>The counts of another process, some times as far from their mean as its own chance lets them, and normal: what Laney's limits take them for.</summary>
    public static CountProcess Overdispersed(CountProcess process, double dispersion)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dispersion);
        return new NormalCounts(process, dispersion);
    }

    /// <summary>The same process at another rate.</summary>
    public CountProcess At(double rate) => rate >= 0 && rate <= MostRate
        ? Moved(rate)
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, $"A rate lies from 0 to {MostRate}.");

    /// <summary>The standard deviation of the events in a point of this size.</summary>
    public abstract double Deviation(double size);

    /// <summary>The probability of more events than this in a point of this size; the number need not be whole.</summary>
    public abstract double Above(double size, double events);

    /// <summary>The probability of fewer.</summary>
    public abstract double Below(double size, double events);

    /// <summary>What tells a process at another rate from this one; null where there is no other on that side.</summary>
    /// <param name="shift">Of the logarithm of the rate, or of the odds where the rate is a probability; positive for a rise.</param>
    public abstract LikelihoodStep? StepTo(double shift);

    private protected abstract CountProcess Moved(double rate);

    private static int Whole(double events) => (int)Math.Clamp(events, -1, int.MaxValue - 1);

    private sealed record BinomialCounts(double Probability) : CountProcess(Probability)
    {
        public override double MostRate => 1;

        public override double Deviation(double size) => Math.Sqrt(size * Rate * (1 - Rate));

        public override double Above(double size, double events) => BinomialLimits.Above(Whole(size), Rate, Whole(Math.Floor(events)));

        public override double Below(double size, double events) => BinomialLimits.Below(Whole(size), Rate, Whole(Math.Ceiling(events)));

        public override LikelihoodStep? StepTo(double shift) => Rate is <= 0 or >= 1 ? null : LikelihoodStep.Binomial(Rate, shift);

        private protected override CountProcess Moved(double rate) => new BinomialCounts(rate);
    }

    private sealed record PoissonCounts(double Mean) : CountProcess(Mean)
    {
        public override double MostRate => double.MaxValue;

        public override double Deviation(double size) => Math.Sqrt(size * Rate);

        public override double Above(double size, double events) => PoissonLimits.Above(size * Rate, Whole(Math.Floor(events)));

        public override double Below(double size, double events) => PoissonLimits.Below(size * Rate, Whole(Math.Ceiling(events)));

        public override LikelihoodStep? StepTo(double shift) => Rate <= 0 ? null : LikelihoodStep.Poisson(Rate, shift);

        private protected override CountProcess Moved(double rate) => new PoissonCounts(rate);
    }

    private sealed record NormalCounts(CountProcess Process, double Dispersion) : CountProcess(Process.Rate)
    {
        public override double MostRate => Process.MostRate;

        public override double Deviation(double size) => Dispersion * Process.Deviation(size);

        // No more events than there can be, and none below zero, however far the normal distribution reaches.
        public override double Above(double size, double events) =>
            events >= size * MostRate ? 0 : Tail((events - (size * Rate)) / Deviation(size));

        public override double Below(double size, double events) => events <= 0 ? 0 : Tail(((size * Rate) - events) / Deviation(size));

        // Its likelihood is not that of single events: its counts are standardised.
        public override LikelihoodStep? StepTo(double shift) => null;

        private protected override CountProcess Moved(double rate) => new NormalCounts(Process.At(rate), Dispersion);

        private static double Tail(double z) => double.IsNaN(z) ? 0 : Normal.CDF(0, 1, -z);
    }
}
