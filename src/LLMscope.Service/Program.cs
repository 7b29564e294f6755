using LLMscope.Dashboard;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Storage;
using LLMscope.Service;
using LLMscope.Service.Alerts;
using LLMscope.Service.Charts;
using LLMscope.Service.Comparing;
using LLMscope.Service.Demo;
using LLMscope.Service.Health;
using LLMscope.Service.Judging;
using LLMscope.Service.Live;
using LLMscope.Service.Observability;
using LLMscope.Service.Ollama;
using LLMscope.Service.Otlp;
using LLMscope.Service.Samples;
using LLMscope.Service.Scraping;
using LLMscope.Service.Telemetry;
using LLMscope.Service.Violations;

if (args is [HealthProbe.Verb])
    return await HealthProbe.AskAsync();
if (CommandLine.Answer(args) is { } answered)
    return answered;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = CommandLine.WithValues(args), ContentRootPath = AppContext.BaseDirectory });
    builder.WebHost.UseStaticWebAssets();
    await using var house = await House.OpenAsync(builder);
    builder.Logging.AddLogs(house.Folder.Path);

    builder.Services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
    builder.Services.AddUnreadRequests();
    builder.Services.AddValidation();
    builder.Services.AddOpenApi();
    builder.Services.AddMonitoring(house.ConnectionString);
    builder.Services.AddIntake();
    builder.Services.AddOtlp();
    builder.Services.AddLive();
    builder.Services.AddHostTelemetry();
    builder.Services.AddScraping();
    builder.Services.AddOllama();
    builder.Services.AddObservability();
    builder.Services.AddDemo();
    builder.Services.AddDashboard();

    var app = builder.Build();
    app.UseRequestLog();
    app.UseUnreadRequests();
    app.UseStatusCodePages();
    app.UseDashboard();
    app.UseAntiforgery();
    app.UseCompressedIntake();
    app.MapStaticAssets();
    app.MapOpenApi();
    app.MapSamples();
    app.MapOtlp();
    app.MapCharts();
    app.MapPlans();
    app.MapJointCharts();
    app.MapOutlooks();
    app.MapComparisons();
    app.MapAnnotations();
    app.MapViolations();
    app.MapLive();
    app.MapAlerts();
    app.MapHealth();
    app.MapScraping();
    app.MapJudge();
    app.MapRunLengths();
    app.MapCompare();
    app.MapMetrics();
    app.MapDemo();
    app.MapDashboard();

    return await Ending.OfAsync(app);
}
catch (PrivatePostgresException refused)
{
    // Said by LLMscope itself and for people: a stack trace would only hide it.
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
