using System.ComponentModel;
using System.Diagnostics;

namespace LLMscope.Host;

/// <summary>Asks the NVIDIA driver through its own program, one call at a time.</summary>
public sealed class NvidiaSmi(string program, TimeProvider clock)
{
    // Without its persistence daemon the driver needs seconds to wake a GPU.
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private const int LongestProblem = 300;

    /// <summary>The program where the search path has it; otherwise null.</summary>
    public static NvidiaSmi? Find(string? searchPath, TimeProvider clock)
    {
        var name = OperatingSystem.IsWindows() ? "nvidia-smi.exe" : "nvidia-smi";
        var program = (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return program is null ? null : new NvidiaSmi(program, clock);
    }

    /// <summary>The readings of all GPUs, or why there are none.</summary>
    public async Task<(IReadOnlyList<GpuReading> Gpus, string? Problem)> ReadAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, [GpuReading.Query, GpuReading.Format])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception fault)
        {
            return ([], $"nvidia-smi does not start: {fault.Message}");
        }

        using var late = new CancellationTokenSource(LongestCall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);

            // Reading a pipe that stays silent does not end with its token: the wait does, and then the process is ended.
            await Task.WhenAll(output, errors, process.WaitForExitAsync(either.Token)).WaitAsync(either.Token);
            return Judge(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return ([], $"nvidia-smi did not answer within {LongestCall.TotalSeconds} s.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static (IReadOnlyList<GpuReading> Gpus, string? Problem) Judge(int exitCode, string output, string errors)
    {
        if (exitCode == 0 && GpuReading.TryParse(output, out var gpus))
            return (gpus, null);

        var words = string.Join(' ', (output + ' ' + errors).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return ([], $"nvidia-smi ended with {exitCode}: {(words.Length > LongestProblem ? words[..LongestProblem] : words)}");
    }
}
