using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Service.Samples;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests;

public class OptionsTests
{
    private static readonly IConfiguration Shipped = new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(Path.GetDirectoryName(typeof(Program).Assembly.Location)!, "appsettings.json")).Build();

    [Fact]
    public void The_shipped_settings_bind_without_an_unknown_key()
    {
        Assert.NotEmpty(Shipped.AsEnumerable());
        Assert.True(Binds<InboxOptions>(InboxOptions.Section, new InboxOptionsValidator()));
        Assert.True(Binds<CatalogOptions>(CatalogOptions.Section, new CatalogOptionsValidator()));
        Assert.True(Binds<RetentionOptions>(RetentionOptions.Section, new RetentionOptionsValidator()));
        Assert.True(Binds<IntakeOptions>(IntakeOptions.Section, new IntakeOptionsValidator()));
    }

    [Fact]
    public void Only_this_machine_is_an_allowed_host_as_shipped() =>
        Assert.Equal("localhost;127.0.0.1;[::1]", Shipped["AllowedHosts"]);

    [Theory]
    [InlineData("LLMscope:Inbox:Capacity", "1")]
    [InlineData("LLMscope:Catalog:LargestNumberOfSeries", "0")]
    [InlineData("LLMscope:Retention:SampleDays", "0")]
    [InlineData("LLMscope:Intake:MostItems", "0")]
    public async Task A_setting_out_of_range_stops_the_start(string key, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var host = await ServiceHost.StartAsync((key, value));
        });

    private static bool Binds<T>(string section, IValidateOptions<T> validator)
        where T : class, new()
    {
        var options = new T();
        Shipped.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        return !validator.Validate(null, options).Failed;
    }
}
