using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

/// <summary>
/// The one Chromium that the tests of the collection share, as the system has it; none is ever downloaded. Without one
/// they are skipped, unless the environment says CI=true.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float LongestWait = 20_000;
    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/homebrew/bin/chromium"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if ((Environment.GetEnvironmentVariable("LLMSCOPE_TEST_CHROMIUM") ?? Paths.FirstOrDefault(File.Exists)) is not { } path)
            return;

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            ChromiumSandbox = false,
            Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        Assertions.SetDefaultExpectTimeout(LongestWait);
    }

    /// <summary>A new window, without cookies, on the first page of a host.</summary>
    public async Task<Screen> OpenAsync(ServiceHost host, string path = "/", bool javaScript = true)
    {
        if (_browser is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "There is no Chromium on this machine.");
            Assert.Fail("There is no Chromium on this machine.");
        }

        var context = await _browser.NewContextAsync(new() { BaseURL = host.Client.BaseAddress!.ToString(), ReducedMotion = ReducedMotion.Reduce, JavaScriptEnabled = javaScript });
        context.SetDefaultTimeout(LongestWait);
        var screen = new Screen(context, await context.NewPageAsync());
        await screen.GoAsync(path);
        return screen;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "Browser";
}

/// <summary>A host that the tests of one class share and that has only what they send it: it does not measure the machine.</summary>
public sealed class QuietHost : IAsyncLifetime
{
    public ServiceHost Host { get; private set; } = null!;

    public static Task<ServiceHost> StartAsync(params (string Key, string Value)[] settings) =>
        ServiceHost.StartAsync([("LLMscope:Telemetry:Enabled", "false"), .. settings]);

    public async ValueTask InitializeAsync() => Host = await StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
