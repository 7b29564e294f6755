using Microsoft.Extensions.Configuration;
using Npgsql;

namespace LLMscope.Service.Tests;

public sealed class ConfiguredDatabaseTests : IDisposable
{
    private const string Address = "Host=db;Database=llmscope;Username=llmscope";

    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Without_a_connection_string_there_is_none() => Assert.Null(ConfiguredDatabase.Find(Configured(null, _file)));

    [Fact]
    public void Without_a_password_file_the_connection_string_stays_as_it_is() => Assert.Equal(Address, ConfiguredDatabase.Find(Configured(Address, null)));

    [Fact]
    public void The_password_comes_from_the_file_without_its_last_line_break()
    {
        File.WriteAllText(_file, " a;'b= \n");

        var found = ConfiguredDatabase.Find(Configured(Address, _file));

        Assert.Equal(" a;'b= ", new NpgsqlConnectionStringBuilder(found).Password);
    }

    [Fact]
    public void An_empty_password_file_is_a_fault_that_names_the_setting()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => ConfiguredDatabase.Find(Configured(Address, _file)));

        Assert.Contains(ConfiguredDatabase.PasswordFile, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_password_file_is_a_fault_that_names_it()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => ConfiguredDatabase.Find(Configured(Address, _file + ".missing")));

        Assert.Contains(_file + ".missing", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private static IConfiguration Configured(string? address, string? file) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:LLMscope"] = address,
            [ConfiguredDatabase.PasswordFile] = file,
        })
        .Build();
}
