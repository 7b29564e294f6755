namespace LLMscope;

/// <summary>
/// The words of a command line, looked at before the configuration reads them: it would ignore a switch that it does not know, and start
/// with other settings than someone wanted.
/// </summary>
/// <param name="usage">What <c>--help</c> prints.</param>
/// <param name="settings">The first parts of the names of settings that may be given.</param>
internal sealed class CommandSwitches(string usage, params IEnumerable<string> settings)
{
    private const int Misused = 2;

    // What the host itself reads.
    private static readonly string[] OfHost =
    [
        "environment", "contentRoot", "applicationName", "urls", "http_ports", "https_ports", "webroot", "AllowedHosts", "Logging", "Serilog", "Kestrel",
        "ConnectionStrings", "DetailedErrors", "captureStartupErrors", "shutdownTimeoutSeconds", "startupAssembly", "hostingStartupAssemblies",
        "hostingStartupExcludeAssemblies", "preventHostingStartup", "preferHostingUrls", "suppressStatusMessages", "staticWebAssets", "hostBuilder",
        "forwardedHeaders_enabled", "disableDefaultConfiguration", "server.urls",
    ];

    private readonly HashSet<string> _settings = new([.. OfHost, .. settings], StringComparer.OrdinalIgnoreCase);

    /// <summary>Answers what is no command to start.</summary>
    /// <returns>The exit code; null where the program is to start.</returns>
    public int? Answer(string[] args, TextWriter output, TextWriter errors)
    {
        if (args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            output.WriteLine(usage);
            return 0;
        }

        if (FaultOf(args) is not { } fault)
            return null;

        errors.WriteLine($"{fault} --help lists the switches.");
        return Misused;
    }

    // --name=value, --name value, and the same with a slash, or without anything before name=value.
    private string? FaultOf(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var isSwitch = args[i].StartsWith("--", StringComparison.Ordinal) || args[i].StartsWith('/');
            var (name, hasValue) = args[i].IndexOf('=', StringComparison.Ordinal) is var equals and >= 0 ? (args[i][..equals], true) : (args[i], false);
            if (!_settings.Contains(name.TrimStart('-', '/').Split(':')[0]) || (name.StartsWith('-') && !isSwitch))
                return $"'{name}' is not known.";
            if (hasValue)
                continue;
            if (!isSwitch || ++i == args.Length)
                return $"'{name}' needs a value, as in {name}=value.";
        }

        return null;
    }
}
