using LLMscope.Monitoring;
using LLMscope.Service;
using LLMscope.Service.Charts;
using LLMscope.Service.Demo;
using LLMscope.Service.Health;
using LLMscope.Service.Live;
using LLMscope.Service.Samples;
using LLMscope.Service.Violations;

if (args is [HealthProbe.Verb])
    return await HealthProbe.AskAsync();

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = CommandLine.WithValues(args), ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
await using var house = await House.OpenAsync(builder);

builder.Services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddOpenApi();
builder.Services.AddMonitoring(house.ConnectionString);
builder.Services.AddIntake();
builder.Services.AddLive();
builder.Services.AddDemo();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.MapOpenApi();
app.MapSamples();
app.MapCharts();
app.MapAnnotations();
app.MapViolations();
app.MapLive();
app.MapDemo();

await app.RunAsync();
return 0;
