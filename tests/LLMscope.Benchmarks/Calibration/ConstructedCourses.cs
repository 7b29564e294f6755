using MathNet.Numerics.Distributions;

namespace LLMscope.Benchmarks.Calibration;

/// <summary>Processes with a known recipe that are hard in one way each.</summary>
internal static class ConstructedCourses
{
    public static IReadOnlyList<Course> All()
    {
        var lognormal = new Marginal(score => Math.Exp(0.5 * score));
        var normal = new Marginal(score => 10 + score);
        var t3 = new Marginal(score => Math.Sign(score) * StudentOfThree(Normal.CDF(0, 1, -Math.Abs(score))));
        var pareto = new Marginal(score => Math.Exp(2 * -Math.Log(Normal.CDF(0, 1, -score)) / 7));
        return
        [
            Independent("normal", normal),
            Independent("lognormal", lognormal),
            Independent("t, 3 degrees", t3),
            Independent("Pareto, shape 2/7", pareto),
            Independent("rounded to 0.4 sd", new Marginal(score => Math.Round(score / 0.4) * 0.4)),
            Dependent("AR(0.5)", lognormal, normals => AutoregressiveScores.Of([0.5], normals)),
            Dependent("AR(0.8)", lognormal, normals => AutoregressiveScores.Of([0.8], normals)),
            Dependent("AR(0.95)", lognormal, normals => AutoregressiveScores.Of([0.95], normals)),
            Dependent("slow wander and noise", lognormal, normals => Mixed(normals, (0.5, 0), (0.5, 0.99))),
            Dependent("faint wander and noise", lognormal, normals => Mixed(normals, (0.9, 0), (0.1, 0.99))),
            Dependent("three scales", lognormal, normals => Mixed(normals, (0.4, 0), (0.2, 0.7), (0.2, 0.95), (0.2, 0.995))),
        ];
    }

    private static Course Independent(string name, Marginal marginal) => new("constructed", name, marginal, normals => normals.Next);

    private static Course Dependent(string name, Marginal marginal, Func<NormalSource, Func<double>> scores) => new("dependent", name, marginal, scores);

    // The value that Student's t of three degrees of freedom exceeds with a probability of at most a half.
    private static double StudentOfThree(double probability)
    {
        var (low, high) = (0.0, 1e6);
        for (var step = 0; step < 80; step++)
        {
            var middle = (low + high) / 2;
            var beyond = (Math.Atan2(1, middle) - (middle / (1 + (middle * middle)))) / Math.PI;
            (low, high) = beyond > probability ? (middle, high) : (low, middle);
        }

        return Math.Sqrt(3) * high;
    }

    private static Func<double> Mixed(NormalSource normals, params (double Variance, double Memory)[] parts)
    {
        var sources = Array.ConvertAll(parts, part => AutoregressiveScores.Of([part.Memory], normals));
        return () =>
        {
            double sum = 0;
            for (var i = 0; i < parts.Length; i++)
                sum += Math.Sqrt(parts[i].Variance) * sources[i]();
            return sum;
        };
    }
}
