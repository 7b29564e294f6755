using LLMscope.Service.Health;

namespace LLMscope.Service;

/// <summary>The command line of the service.</summary>
internal static class CommandLine
{
    private const string Demo = "--demo";

    private static readonly CommandSwitches Switches = new(
        $"""
        LLMscope: statistical process control for the performance of language models.

        LLMscope.Service [switches]

          {Demo}                              replays recorded calls, so that there is something to see
          --urls=http://0.0.0.0:5080          where it listens
          --LLMscope:DataFolder=/data         its settings and, without a database of yours, its data
          --ConnectionStrings:LLMscope=...    a PostgreSQL of yours
          --environment=Production
          {HealthProbe.Verb}                       asks a running LLMscope whether it is well; alone
          -h, --help                          this text

        Every setting of appsettings.json is a switch, --Section:Name=value, and an environment variable, Section__Name.
        """,
        "LLMscope");

    /// <summary>Answers what is no command to start, and says so.</summary>
    /// <returns>The exit code; null where the service is to start.</returns>
    public static int? Answer(string[] args) => Switches.Answer(WithValues(args), Console.Out, Console.Error);

    /// <summary>The switches as the configuration reads them, which wants a value for each.</summary>
    public static string[] WithValues(string[] args) => [.. args.Select(arg => arg == Demo ? "--LLMscope:Demo=true" : arg)];
}
