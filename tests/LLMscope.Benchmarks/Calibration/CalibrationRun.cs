using LLMscope.Spc.Baselines;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;

namespace LLMscope.Benchmarks.Calibration;

/// <summary>
/// How often charts alarm by mistake and how late they see a change: many baselines of each course, each watched by everyone on the same points.
/// </summary>
/// <param name="Baselines">Of each course and size.</param>
/// <param name="Points">In control, after each baseline.</param>
internal sealed record CalibrationRun(IReadOnlyList<Course> Courses, IReadOnlyList<int> Sizes, int Baselines, int Points)
{
    private const RuleSet CalibratedRules = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6;

    // In control before each change, so that no chart is caught at its start.
    private const int RunUp = 50;
    private const int LatestAlarm = 3_000;

    public static string[] Watchers { get; } =
    [
        "LLMscope, one in 1,440", "LLMscope, one in 10,080", "R1, R2, R5, R6 at one in 1,440", "mean and 3 sd", "I-MR, eight rules", "rolling z-score",
    ];

    public IEnumerable<CalibrationFinding> Findings(Action<string>? progress = null)
    {
        foreach (var size in Sizes)
        {
            for (var place = 0; place < Courses.Count; place++)
            {
                progress?.Invoke($"{size} {Courses[place].Name}");
                foreach (var finding in Of(Courses[place], size, seed: 1_000 * place))
                    yield return finding;
            }
        }
    }

    private CalibrationFinding[] Of(Course course, int size, int seed)
    {
        var findings = Array.ConvertAll(Watchers, watcher => new CalibrationFinding(course, size, watcher));
        for (var replicate = 0; replicate < Baselines; replicate++)
        {
            var normals = new NormalSource(seed + replicate);
            var scores = course.Scores(normals);
            var baseline = new double[size];
            for (var i = 0; i < size; i++)
                baseline[i] = course.Marginal.At(scores());

            var analysis = PhaseOne.Analyse(baseline);
            foreach (var finding in findings)
                finding.Analysed(analysis);
            InControl(findings, Begin(analysis, baseline), () => course.Marginal.At(scores()));
            foreach (var change in Change.All)
                Delays(findings, change, Begin(analysis, baseline), course, scores, normals);
        }

        return findings;
    }

    private static Watch[] Begin(PhaseOneResult analysis, double[] baseline) =>
    [
        Watch.Engine(analysis, 1_440, RuleSets.Every),
        Watch.Engine(analysis, 10_080, RuleSets.Every),
        Watch.Engine(analysis, 1_440, CalibratedRules),
        Watch.MeanAndThreeSigma(baseline),
        Watch.IndividualsWithAllRules(baseline),
        Watch.RollingScore(baseline),
    ];

    private void InControl(CalibrationFinding[] findings, Watch[] watches, Func<double> next)
    {
        for (var point = 0; point < Points; point++)
        {
            var value = next();
            for (var i = 0; i < watches.Length; i++)
            {
                if (watches[i].Alarms(value, PointContext.None))
                    findings[i].Alarms++;
            }
        }

        for (var i = 0; i < watches.Length; i++)
        {
            findings[i].Points += Points;
            findings[i].Announced += Points * watches[i].Announced;
        }
    }

    private static void Delays(
        CalibrationFinding[] findings, Change change, Watch[] watches, Course course, Func<double> scores, NormalSource normals)
    {
        for (var point = 0; point < RunUp; point++)
        {
            var value = course.Marginal.At(scores());
            foreach (var watch in watches)
                watch.Alarms(value, PointContext.None);
        }

        var late = new int[watches.Length];
        for (var point = 1; point <= LatestAlarm && Array.IndexOf(late, 0) >= 0; point++)
        {
            var value = course.Marginal.At(change.Apply(scores(), point, normals.Uniform()));
            for (var i = 0; i < watches.Length; i++)
            {
                if (late[i] == 0 && watches[i].Alarms(value, PointContext.None))
                    late[i] = point;
            }
        }

        for (var i = 0; i < watches.Length; i++)
            findings[i].AddDelay(change, late[i] == 0 ? LatestAlarm : late[i]);
    }
}
