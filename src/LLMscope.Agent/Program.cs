using LLMscope.Agent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

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
