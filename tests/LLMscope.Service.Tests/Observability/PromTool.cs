using System.ComponentModel;
using System.Diagnostics;

namespace LLMscope.Service.Tests.Observability;

/// <summary>Prometheus' own judge of metrics and rules. A test is skipped where it is not installed, unless the environment says CI=true.</summary>
internal static class PromTool
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, string input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"promtool is not installed: {missing.Message}");
            throw;
        }

        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output + await errors);
    }
}
