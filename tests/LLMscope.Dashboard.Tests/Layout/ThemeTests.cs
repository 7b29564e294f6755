using System.Globalization;
using System.Text.RegularExpressions;

namespace LLMscope.Dashboard.Tests.Layout;

/// <summary>The contrast that WCAG 2.2 asks for (1.4.3 and 1.4.11), in both themes.</summary>
public partial class ThemeTests
{
    private static readonly string[] Themes = File.ReadAllText("tokens.css").Split("@media");

    public static TheoryData<int, string> Pairs(params string[] names) =>
        new(from theme in Enumerable.Range(0, Themes.Length) from name in names select (theme, name));

    public static TheoryData<int, string> Texts => Pairs("text", "muted", "link", "signal-text", "warning-text", "good-text");

    public static TheoryData<int, string> Marks => Pairs("accent", "signal", "warning", "good", "limit", "quiet", "edge", "focus");

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_has_a_contrast_of_four_and_a_half(int theme, string name)
    {
        Assert.True(Contrast(theme, name, "ground") >= 4.5);
        Assert.True(Contrast(theme, name, "surface") >= 4.5);
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public void Marks_and_edges_have_a_contrast_of_three(int theme, string name)
    {
        Assert.True(Contrast(theme, name, "ground") >= 3);
        Assert.True(Contrast(theme, name, "surface") >= 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_bar_is_readable(int theme) => Assert.True(Contrast(theme, "bar-text", "bar") >= 4.5);

    private static double Contrast(int theme, string one, string other)
    {
        var (light, dark) = (Luminance(theme, one), Luminance(theme, other));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double Luminance(int theme, string name)
    {
        var colour = Tokens().Matches(Themes[theme]).Single(token => token.Groups["name"].Value == name).Groups["colour"].Value;
        double Channel(int at)
        {
            var share = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    [GeneratedRegex("--(?<name>[a-z-]+): #(?<colour>[0-9a-f]{6});", RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();
}
