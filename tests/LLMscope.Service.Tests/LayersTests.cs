using System.Reflection;
using System.Text.RegularExpressions;

namespace LLMscope.Service.Tests;

/// <summary>
/// Spc knows nobody, Monitoring knows Spc, Dashboard knows Monitoring, Service knows all of them. At the ends, Client and Host know nobody;
/// Service knows Host. Agent, which knows Client and Host, is held to it by its own tests.
/// </summary>
public partial class LayersTests
{
    [Theory]
    [InlineData("LLMscope.Spc", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions", "Npgsql", "LLMscope")]
    [InlineData("LLMscope.Monitoring", "LLMscope.Dashboard", "LLMscope.Service", "LLMscope.Host", "LLMscope.Client")]
    [InlineData("LLMscope.Dashboard", "Microsoft.EntityFrameworkCore", "Npgsql", "LLMscope.Service", "LLMscope.Host")]
    [InlineData("LLMscope.Host", "Microsoft.AspNetCore", "Microsoft.Extensions", "LLMscope")]
    [InlineData("LLMscope.Client", "Microsoft.AspNetCore", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.DependencyInjection", "LLMscope")]
    [InlineData("LLMscope.Service", "LLMscope.Client", "LLMscope.Agent")]
    public void A_layer_refers_to_nothing_above_it(string layer, params string[] forbidden)
    {
        var references = Assembly.Load(layer).GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.DoesNotContain(references, name => forbidden.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_rooms_of_monitoring_are_in_no_knot()
    {
        var rooms = Directory.GetDirectories(SourceOf("LLMscope.Monitoring")).Select(path => Path.GetFileName(path)!)
            .Where(name => name is not ("bin" or "obj")).ToArray();
        var knows = rooms.ToDictionary(room => room, room => UsedRooms(room, rooms).ToHashSet());

        var knots = rooms.Where(room => Reaches(room, room, knows, [])).Order().ToArray();

        Assert.True(knots.Length == 0, $"In a knot: {string.Join(", ", knots.Select(room => $"{room} -> {string.Join(" ", knows[room].Order())}"))}");
    }

    private static IEnumerable<string> UsedRooms(string room, string[] rooms) =>
        Directory.GetFiles(Path.Combine(SourceOf("LLMscope.Monitoring"), room), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Used().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["room"].Value)
            .Where(used => used != room && rooms.Contains(used));

    private static bool Reaches(string from, string to, Dictionary<string, HashSet<string>> knows, HashSet<string> seen) =>
        knows[from].Contains(to) || knows[from].Where(seen.Add).Any(next => Reaches(next, to, knows, seen));

    private static string SourceOf(string project, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src", project));

    [GeneratedRegex(@"^using LLMscope\.Monitoring\.(?<room>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Used();
}
