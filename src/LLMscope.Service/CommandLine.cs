namespace LLMscope.Service;

/// <summary>The switches of the command line as the configuration reads them, which wants a value for each.</summary>
internal static class CommandLine
{
    public static string[] WithValues(string[] args) => [.. args.Select(arg => arg == "--demo" ? "--LLMscope:Demo=true" : arg)];
}
