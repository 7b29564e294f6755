using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

/// <summary>A window of the browser that listens to what the page complains of.</summary>
public sealed class Screen : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = []; // bounded by what one test does

    internal Screen(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, fault) => _complaints.Enqueue($"{page.Url}: {fault}");
    }

    public IPage Page { get; }

    /// <summary>Errors, warnings and refusals of the content security policy, which the console has too.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>The word in the header for whether news arrive.</summary>
    public ILocator Connection => Page.Locator("header .connection .word");

    public async Task GoAsync(string path) => await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });

    public async Task<Screen> LiveAsync()
    {
        await SeesAsync(Connection, "live");
        return this;
    }

    public ILocator Find(string selector) => Page.Locator(selector);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    public static Task SeesAsync(ILocator place, string text) => Assertions.Expect(place).ToContainTextAsync(text);

    public Task SeesAsync(string selector, string text) => SeesAsync(Page.Locator(selector), text);

    /// <summary>Presses a key until a place shows a text: what the key acts on may still be on its way.</summary>
    public async Task PressUntilAsync(string key, string selector, string text)
    {
        for (var presses = 1; ; presses++)
        {
            await Page.Keyboard.PressAsync(key);
            try
            {
                await Assertions.Expect(Page.Locator(selector)).ToContainTextAsync(text, new() { Timeout = 500 });
                return;
            }
            catch (PlaywrightException) when (presses < 20)
            {
                // Not yet.
            }
        }
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
