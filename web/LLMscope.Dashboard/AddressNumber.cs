using System.Globalization;

namespace LLMscope.Dashboard;

/// <summary>Numbers in the query of an address. Whoever types one wrong gets a page that says so, where a parameter of that type would end in a fault.</summary>
internal static class AddressNumber
{
    /// <returns>Null where the text is no whole number.</returns>
    public static int? Of(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
