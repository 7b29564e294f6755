using System.ComponentModel;
using System.Diagnostics;

namespace LLMscope.Monitoring.Storage.PrivateServer;

/// <summary>How a program ended, and what it said on both its streams.</summary>
internal sealed record Finished(int ExitCode, string Said)
{
    public bool Succeeded => ExitCode == 0;

    public void Check(string failure)
    {
        if (!Succeeded)
            throw new PrivatePostgresException(PrivatePostgresFault.NotStarted, $"{failure}: {Said}");
    }

    /// <summary>Runs a program to its end. A program that cannot be started at all ends with 127, as in a shell.</summary>
    public static async Task<Finished> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            // The folder of this process may be one that the server's user cannot enter.
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);

        start.Environment["LC_ALL"] = "C";

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            return new Finished(127, missing.Message);
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            try
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
                process.StandardInput.Close();
                await process.WaitForExitAsync(cancellation);
                return new Finished(process.ExitCode, $"{await output}\n{await errors}".Trim());
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                throw;
            }
        }
    }
}
