using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace LLMscope.Service.Tests.GenAi;

/// <summary>Calls of a stand-in for a provider, made in Node.js through a real client library and watched by a real instrumentation, which exports by OTLP.</summary>
internal static class Emitter
{
    private static readonly string Folder = typeof(Emitter).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Emitters").Value!;

    /// <summary>The instrumentations and what they watch, with their versions; a version behind an alias without the name of the package.</summary>
    public static Dictionary<string, string> Versions() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "package.json"))).RootElement
        .GetProperty("dependencies").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!.Split('@')[^1]);

    /// <summary>Returns after everything was exported. The test is skipped where the build did not bring the instrumentations in, unless the environment says CI=true.</summary>
    /// <param name="address">Where OTLP over HTTP is taken.</param>
    public static async Task RunAsync(string instrumentation, Uri address, string application, CancellationToken cancellation)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "openai")))
            SkipOrFail("npm could not bring in the instrumentations.");

        var start = new ProcessStartInfo("node", [Path.Combine(Folder, "emit.mjs"), instrumentation, address.ToString().TrimEnd('/'), application])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start)!;
            var (output, faults) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            Assert.True(process.ExitCode == 0, $"{await output}{await faults}");
        }
        catch (Win32Exception)
        {
            SkipOrFail("There is no node to run the instrumentations.");
        }
    }

    private static void SkipOrFail(string reason)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Fail(reason);
    }
}
