using LLMscope;
using LLMscope.Agent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

var switches = new CommandSwitches(
    """
    The agent of LLMscope measures CPU, memory, disk, network and GPU of this machine and sends them.

    LLMscope.Agent [switches]

      --LLMscope:Address=http://localhost:5080    where LLMscope listens
      --LLMscope:Interval=00:00:05                time between two readings
      --LLMscope:HostName=name                    the name under which this machine is shown
      --LLMscope:Site=name                        where it stands
      -h, --help                                  this text

    Each is an environment variable too: LLMscope__Address.
    """,
    AgentOptions.Section);
if (switches.Answer(args, Console.Out, Console.Error) is { } answered)
    return answered;

try
{
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Services.AddAgent();
    builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMinutes(2)); // longer than any flush may take
    using var host = builder.Build();
    await host.RunAsync();
    return 0;
}
catch (OptionsValidationException wrong)
{
    // Said for people: a stack trace would only hide it.
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
