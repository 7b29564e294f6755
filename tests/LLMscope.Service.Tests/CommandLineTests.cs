using System.Diagnostics;

namespace LLMscope.Service.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("--demo")]
    [InlineData("--urls=http://127.0.0.1:5080")]
    [InlineData("--urls", "http://127.0.0.1:5080", "--demo")]
    [InlineData("--LLMscope:DataFolder=/data", "--ConnectionStrings:LLMscope=Host=db", "--environment=Production")]
    [InlineData("--llmscope:catalog:largestNumberOfSeries", "200000")]
    [InlineData("--Logging:LogLevel:Default=Debug", "--AllowedHosts=*", "--Kestrel:Limits:MaxRequestBodySize=1")]
    [InlineData("/urls=http://127.0.0.1:5080", "urls=http://127.0.0.1:5080")]
    [InlineData]
    public void What_the_configuration_knows_starts(params string[] args) => Assert.Equal((null, ""), Answered(args));

    [Theory]
    [InlineData("'--port' is not known.", "--port=80")]
    [InlineData("'--demonstration' is not known.", "--demonstration")]
    [InlineData("'--LLMscop:Demo' is not known.", "--urls=http://127.0.0.1:5080", "--LLMscop:Demo=true")]
    [InlineData("'start' is not known.", "start")]
    [InlineData("'-urls' is not known.", "-urls=http://127.0.0.1:5080")]
    [InlineData("'--urls' needs a value, as in --urls=value.", "--demo", "--urls")]
    [InlineData("'urls' needs a value, as in urls=value.", "urls", "http://127.0.0.1:5080")]
    public void What_it_does_not_know_is_refused_in_words(string fault, params string[] args) => Assert.Equal((2, $"{fault} --help lists the switches."), Answered(args));

    [Fact]
    public async Task Help_is_printed_and_nothing_starts()
    {
        using var helped = Start("--urls=http://127.0.0.1:1", "-h");
        using var mistaken = Start("--hlep");
        var (help, fault) = (await helped.StandardOutput.ReadToEndAsync(Cancellation), await mistaken.StandardError.ReadToEndAsync(Cancellation));
        await Task.WhenAll(helped.WaitForExitAsync(Cancellation), mistaken.WaitForExitAsync(Cancellation));

        Assert.Equal((0, 2), (helped.ExitCode, mistaken.ExitCode));
        Assert.Contains("--demo", help, StringComparison.Ordinal);
        Assert.Contains("'--hlep' is not known.", fault, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static (int? Code, string Errors) Answered(string[] args)
    {
        using var errors = new StringWriter();
        return (new CommandSwitches("", "LLMscope").Answer(CommandLine.WithValues(args), TextWriter.Null, errors), errors.ToString().Trim());
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
}
