namespace LLMscope.Benchmarks.Calibration;

/// <summary>Runs the calibration and writes docs/calibration.md: in full some minutes on one core, quickly one.</summary>
internal static class CalibrationCommand
{
    /// <param name="arguments">"quick" for fewer series and sizes; anything else is printed as the date and machine of the run.</param>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var quick = arguments.Contains("quick");
        var recorded = RecordedSeries.All();
        var chosen = quick ? [.. recorded.Where((_, place) => place % 5 == 0)] : recorded;
        var courses = chosen.Select(series => (Series: series, Marginal: Marginal.Smoothed(series.Values))).ToArray();
        var run = new CalibrationRun(
            [
                .. courses.Select(course => Course.Bootstrap(course.Series, course.Marginal)),
                .. courses.Select(course => Course.Surrogate(course.Series, course.Marginal)),
                .. ConstructedCourses.All(),
            ],
            quick ? [300, 1_000] : [100, 300, 1_000, 5_000],
            Baselines: quick ? 8 : 20,
            Points: quick ? 15_000 : 20_000);

        var findings = run.Findings(Console.Error.WriteLine).ToList();
        var tokenCalls = TokenCalls.Run(recorded, quick ? 3 : 10, quick ? 10_000 : 20_000);
        var note = string.Join(", ", arguments.Where(argument => argument != "quick"));
        var path = Path.Combine(RootOf(Environment.CurrentDirectory), "docs", "calibration.md");
        File.WriteAllText(path, new CalibrationReport(run, findings).Write(
            $"{(note.Length > 0 ? $"Run: {note}. " : "")}{(quick ? "The quick version." : "")}".Trim(), tokenCalls));
        Console.WriteLine($"Written to {path}.");
    }

    private static string RootOf(string folder)
        => File.Exists(Path.Combine(folder, "LLMscope.sln"))
            ? folder
            : RootOf(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run it from within the repository."));
}
