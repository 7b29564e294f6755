using FsCheck;
using FsCheck.Fluent;

namespace LLMscope.Spc.Tests.Rules;

/// <summary>Series that meet every boundary often: values on the lines and on a coarse grid, ties, runs, gaps and missing points.</summary>
internal static class RandomSeries
{
    private static readonly Gen<double> OnTheGrid = Gen.Choose(-14, 14).Select(quarter => quarter / 4.0);

    private static readonly Gen<double> Anywhere = Gen.Choose(-3_500, 3_500).Select(thousandth => thousandth / 1_000.0);

    private static readonly Gen<double> Quiet = Gen.Choose(-1_000, 1_000).Select(thousandth => thousandth / 1_000.0);

    private static readonly Gen<double> High = Gen.Choose(0, 8).Select(quarter => quarter / 4.0);

    private static readonly Gen<double> Low = High.Select(value => -value);

    private static readonly Gen<double[]> Stretch = Gen.OneOf(
        OnTheGrid.ArrayOf(),
        Anywhere.ArrayOf(),
        Quiet.ArrayOf(20),
        High.ArrayOf(12),
        Low.ArrayOf(12),
        Alternating(),
        Gen.Choose(2, 9).SelectMany(length => Anywhere.Select(start => Enumerable.Range(0, length).Select(i => start + (i * 0.3)).ToArray())),
        Gen.Constant(new[] { double.NaN }));

    public static Arbitrary<double[]> Values { get; }
        = Stretch.NonEmptyListOf().Select(stretches => stretches.SelectMany(values => values).ToArray()).ToArbitrary();

    public static Config Thoroughly { get; } = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    private static Gen<double[]> Alternating()
        => from sizes in Gen.Choose(5, 12).Select(tenth => tenth / 4.0).ArrayOf(16)
           select sizes.Select((size, index) => index % 2 == 0 ? size : -size).ToArray();
}
