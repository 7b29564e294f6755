using System.Net;
using System.Reflection;
using LLMscope.Host;
using LLMscope.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LLMscope.Agent.Tests;

/// <summary>The agent in this process, on files that stand for a machine and a server that stands for LLMscope.</summary>
public sealed class HostAgentTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly PauseClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HostAgentTests()
    {
        _root.Write("proc/stat", "cpu  10 0 0 90 0 0 0 0 0 0\n");
        _root.Write("proc/meminfo", "MemTotal: 8000 kB\nMemAvailable: 6000 kB\n");
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task The_state_of_the_machine_and_of_each_GPU_is_sent_at_every_interval()
    {
        await using var server = await Receiver.StartAsync();
        var program = _root.WriteProgram("nvidia-smi", "printf '0, L4, 50, 1, 4, 40, [N/A]\\n'\n");
        using var agent = AgentOf(server, new NvidiaSmi(program, _clock));
        await agent.StartAsync(Cancellation);

        var first = await TakeAsync(server, 6);
        _root.Write("proc/stat", "cpu  40 0 0 160 0 0 0 0 0 0\n");
        _clock.Advance(TimeSpan.FromSeconds(5));
        var second = await TakeAsync(server, 7);

        Assert.Equal(
            ["box  memory_used 2048000", "box  memory_utilization 0.25", "box GPU 0 L4 gpu_utilization 0.5", "box GPU 0 L4 gpu_memory_used 1048576", "box GPU 0 L4 gpu_memory_utilization 0.25", "box GPU 0 L4 gpu_temperature 40"],
            first);
        Assert.Equal("box  cpu_utilization 0.3", second[0]);
        await agent.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_reading_that_fails_leaves_the_others_alone()
    {
        await using var server = await Receiver.StartAsync();
        _root.Write("proc/stat", "nonsense");
        using var agent = AgentOf(server, null);

        await agent.StartAsync(Cancellation);
        Assert.Equal(2, (await TakeAsync(server, 2)).Count);
        _root.Write("proc/stat", "cpu  40 0 0 160 0 0 0 0 0 0\n");
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, (await TakeAsync(server, 2)).Count);
        await agent.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Stopping_sends_what_was_read_last()
    {
        await using var server = await Receiver.StartAsync();
        using var agent = AgentOf(server, null);

        await agent.StartAsync(Cancellation);
        while (await _clock.NextPauseAsync() != TimeSpan.FromSeconds(1))
        {
        }

        await agent.StopAsync(Cancellation);

        for (var sent = 0; sent < 2;)
            sent += (await server.NextItemsAsync()).Length;
    }

    [Fact]
    public async Task A_machine_of_which_nothing_can_be_read_sends_nothing_and_the_agent_says_so()
    {
        await using var server = await Receiver.StartAsync((_, context) => Receiver.AnswerAsync(context, HttpStatusCode.InternalServerError, ""));
        using var empty = new TemporaryFolder();
        using var agent = AgentOf(server, null, empty.Path);

        await agent.StartAsync(Cancellation);
        await agent.Services.GetServices<IHostedService>().OfType<BackgroundService>().Single().ExecuteTask!;
        await agent.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData("LLMscope:Interval", "00:00:00")]
    [InlineData("LLMscope:Capacity", "0")]
    [InlineData("LLMscope:HostName", "")]
    [InlineData("LLMscope:Address", "localhost")]
    public void A_setting_out_of_range_stops_the_start(string key, string value)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new(key, value)]);
        builder.Services.AddLogging().AddAgent();
        using var agent = builder.Build();

        Assert.ThrowsAny<OptionsValidationException>(() => agent.Start());
    }

    [Fact]
    public void The_agent_knows_the_client_and_the_readings_and_nothing_else_of_LLMscope()
    {
        var references = typeof(AgentOptions).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToArray();

        Assert.Equal(["LLMscope.Client", "LLMscope.Host"], references.Where(name => name.StartsWith("LLMscope", StringComparison.Ordinal)).Order());
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    private IHost AgentOf(Receiver server, NvidiaSmi? gpus, string? root = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("LLMscope:Address", server.Address.ToString()), new("LLMscope:HostName", "box")]);
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton(new HostReadings(new LinuxHost(root ?? _root.Path, _clock), gpus, _clock));
        builder.Services.AddAgent();
        return builder.Build();
    }

    /// <summary>The samples of the next requests, as many as are awaited; each request leaves when its first sample has waited for a second.</summary>
    private async Task<List<string>> TakeAsync(Receiver server, int count)
    {
        var taken = new List<string>();
        while (taken.Count < count)
        {
            while (await _clock.NextPauseAsync() != TimeSpan.FromSeconds(1))
            {
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
            foreach (var item in await server.NextItemsAsync())
                taken.Add($"{item["host"]} {item["device"]} {item["characteristic"]} {item["value"]}");
        }

        return taken;
    }
}
