using Microsoft.Playwright;

namespace LLMscope.Service.Tests.Browser;

/// <summary>axe-core, from the packages of the dashboard: which success criteria of WCAG a page plainly fails.</summary>
internal static class Axe
{
    // What the page's own policy would refuse as a script comes in through the debugger.
    private const string Run = """
        async () => {
          const { violations } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
          return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
        }
        """;

    private static readonly Lazy<Task<string>> Source = new(ReadAsync);

    public static async Task<string[]> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(await Source.Value);
        return await page.EvaluateAsync<string[]>(Run);
    }

    private static async Task<string> ReadAsync()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LLMscope.sln")))
            folder = folder.Parent;

        var path = Path.Combine(folder?.FullName ?? "", "web/LLMscope.Dashboard/node_modules/axe-core/axe.min.js");
        if (!File.Exists(path))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "The dashboard was built elsewhere, without its packages.");
            Assert.Fail($"There is no {path}.");
        }

        return $"{await File.ReadAllTextAsync(path)};0";
    }
}
