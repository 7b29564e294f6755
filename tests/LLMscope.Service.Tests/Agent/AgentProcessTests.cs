using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace LLMscope.Service.Tests.Agent;

/// <summary>The agent as an operator runs it, against the whole service.</summary>
public partial class AgentProcessTests
{
    private static readonly string Agent = typeof(AgentProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Agent").Value!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_read_while_LLMscope_was_away_arrives_once_and_it_ends_in_order_when_asked()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /proc.");
        var port = FreePort.Find();
        using var agent = Start($"--LLMscope:Address=http://127.0.0.1:{port}", "--LLMscope:Interval=00:00:01", "--LLMscope:HostName=box", "--LLMscope:FlushTime=00:00:30");
        await LineAsync(agent, "LLMscope does not take measurements");

        await using var host = await ServiceHost.StartAtAsync(port);
        await LineAsync(agent, "LLMscope takes measurements again");
        using (var signal = Process.Start("kill", ["-TERM", agent.Id.ToString(CultureInfo.InvariantCulture)]))
            await signal.WaitForExitAsync(Cancellation);
        var last = await LineAsync(agent, "Stopped: ");
        await agent.WaitForExitAsync(Cancellation);

        var (sent, dropped, refused) = Numbers().Match(last) is { Success: true } match
            ? (Number(match, "sent"), Number(match, "dropped"), Number(match, "refused"))
            : throw new InvalidDataException(last);
        Assert.Equal((0, 0, 0), (agent.ExitCode, dropped, refused));
        Assert.True(sent > 0);
        Assert.Equal(sent, await host.CountAsync("samples JOIN series ON series.id = series_id JOIN sources ON sources.id = source_id WHERE host = 'box'"));
        Assert.Equal(0, await host.AskAsync<long>("SELECT count(*) FROM (SELECT 1 FROM samples GROUP BY series_id, time HAVING count(*) > 1) twice"));
        Assert.True(await host.AskAsync<bool>("SELECT bool_and(value BETWEEN 0 AND 1) FROM samples JOIN series ON series.id = series_id WHERE characteristic IN ('memory_utilization', 'disk_utilization')"));
    }

    [Fact]
    public async Task A_setting_that_cannot_work_is_said_and_ends_it()
    {
        using var agent = Start("--LLMscope:Interval=00:00:00");

        var said = await agent.StandardError.ReadToEndAsync(Cancellation);
        await agent.WaitForExitAsync(Cancellation);

        Assert.Contains("Interval", said, StringComparison.Ordinal);
        Assert.Equal(1, agent.ExitCode);
    }

    [Fact]
    public async Task Its_switches_are_printed_and_one_that_it_does_not_know_is_refused()
    {
        using var helped = Start("--help");
        Assert.Contains("--LLMscope:Address=", await helped.StandardOutput.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        await helped.WaitForExitAsync(Cancellation);
        Assert.Equal(0, helped.ExitCode);

        using var mistaken = Start("--Address=http://localhost:5080");
        Assert.Equal("'--Address' is not known. --help lists the switches.", (await mistaken.StandardError.ReadToEndAsync(Cancellation)).Trim());
        await mistaken.WaitForExitAsync(Cancellation);
        Assert.Equal(2, mistaken.ExitCode);
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Agent, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;

    private static async Task<string> LineAsync(Process agent, string wanted)
    {
        while (await agent.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.Contains(wanted, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidDataException($"The agent ended before it said '{wanted}': {await agent.StandardError.ReadToEndAsync(Cancellation)}");
    }

    private static long Number(Match match, string name) => long.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Stopped: (?<sent>\d+) samples sent, (?<dropped>\d+) dropped, (?<refused>\d+) refused", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Numbers();
}
