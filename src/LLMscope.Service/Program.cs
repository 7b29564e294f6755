using LLMscope.Dashboard;
using LLMscope.Monitoring;
using LLMscope.Service;
using LLMscope.Service.Charts;
using LLMscope.Service.Demo;
using LLMscope.Service.Health;
using LLMscope.Service.Live;
using LLMscope.Service.Observability;
using LLMscope.Service.Samples;
using LLMscope.Service.Telemetry;
using LLMscope.Service.Violations;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = CommandLine.WithValues(args), ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
await using var house = await House.OpenAsync(builder);
builder.Logging.AddLogs(house.Folder.Path);

builder.Services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddOpenApi();
builder.Services.AddMonitoring(house.ConnectionString);
builder.Services.AddIntake();
builder.Services.AddLive();
builder.Services.AddHostTelemetry();
builder.Services.AddObservability();
builder.Services.AddDemo();
builder.Services.AddDashboard();

var app = builder.Build();
app.UseRequestLog();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseDashboard();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapOpenApi();
app.MapSamples();
app.MapCharts();
app.MapAnnotations();
app.MapViolations();
app.MapLive();
app.MapHealth();
app.MapMetrics();
app.MapDemo();
app.MapDashboard();

await app.RunAsync();
return app.Services.HasFailed() ? 1 : 0;
