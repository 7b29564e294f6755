using LLMscope.Monitoring;
using LLMscope.Service;
using LLMscope.Service.Charts;
using LLMscope.Service.Live;
using LLMscope.Service.Samples;
using LLMscope.Service.Violations;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
await using var house = await House.OpenAsync(builder);

builder.Services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddOpenApi();
builder.Services.AddMonitoring(house.ConnectionString);
builder.Services.AddIntake();
builder.Services.AddLive();

var app = builder.Build();
app.UseExceptionHandler(new ExceptionHandlerOptions
{
    // A request that cannot be read is the caller's fault, also in development, where it arrives here as an exception.
    StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
});
app.UseStatusCodePages();
app.MapOpenApi();
app.MapSamples();
app.MapCharts();
app.MapAnnotations();
app.MapViolations();
app.MapLive();

await app.RunAsync();
