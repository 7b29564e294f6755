using LLMscope.Service.Scraping.Deriving;
using LLMscope.Service.Scraping.Presets;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Scraping;

/// <summary>Everything that is wrong with the targets, at once and by configuration key.</summary>
internal sealed class TargetCheck : IValidateOptions<ScrapingOptions>
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, ScrapingOptions options)
    {
        var faults = options.Targets.Index().SelectMany(target => Check(target.Item).Select(fault => Words($"Targets:{target.Index}:{fault.Key}", fault.Problem))).ToList();
        var twice = options.Targets.GroupBy(TargetPlan.NameOf).Where(same => same.Count() > 1).Select(same => same.Key);
        faults.AddRange(twice.Select(same => Words("Targets", $"has several targets that are called '{same}'; give each a Name of its own")));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<(string Key, string Problem)> Check(TargetOptions target) =>
        [.. CheckPage(target), .. CheckTimes(target), .. CheckLogin(target), .. CheckTrust(target), .. CheckSource(target), .. CheckIgnored(target), .. CheckMetrics(target)];

    private static IEnumerable<(string Key, string Problem)> CheckPage(TargetOptions target)
    {
        if (TargetPlan.AddressOf(target.Address) is not { } address)
            yield return ("Address", "must be an http or https address, for example http://localhost:8000/metrics");
        else if (address.UserInfo.Length > 0)
            yield return ("Address", "must not contain a user or a password; they go into Username and PasswordFile");
        if (PresetBook.Find(target.Preset) is null)
            yield return ("Preset", $"'{target.Preset}' is not known; the presets are {PresetBook.Names}");
        if (target.Name is { Length: 0 or > 100 })
            yield return ("Name", "must have between 1 and 100 characters");
    }

    private static IEnumerable<(string Key, string Problem)> CheckTimes(TargetOptions target)
    {
        if (target.Interval < ShortestInterval || target.Interval > LongestInterval)
            yield return ("Interval", $"must lie between {ShortestInterval} and {LongestInterval}");
        else if (target.Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > target.Interval))
            yield return ("Timeout", $"must be above 0 and not longer than the interval, which is {target.Interval}");
    }

    private static IEnumerable<(string Key, string Problem)> CheckLogin(TargetOptions target)
    {
        var hasPassword = target.Password is not null || target.PasswordFile is not null;
        if (target.Username is null && hasPassword)
            yield return ("Username", "must be given where there is a password");
        if (target.Username is not null && !hasPassword)
            yield return ("PasswordFile", "or Password must be given where there is a Username");
        if (target.Password is not null && target.PasswordFile is not null)
            yield return ("PasswordFile", "and Password must not both be given");
        if (target.BearerToken is not null && target.BearerTokenFile is not null)
            yield return ("BearerTokenFile", "and BearerToken must not both be given");
        if (target.Username is not null && (target.BearerToken is not null || target.BearerTokenFile is not null))
            yield return ("BearerToken", "and Username must not both be given");
        if (target.BearerToken is { } token && (token.Length == 0 || token.Any(char.IsControl)))
            yield return ("BearerToken", "must be one line of text");
    }

    private static IEnumerable<(string Key, string Problem)> CheckTrust(TargetOptions target)
    {
        if (target.CaFile is not { } file)
            yield break;
        if (TargetPlan.AddressOf(target.Address) is { } address && address.Scheme != Uri.UriSchemeHttps)
            yield return ("CaFile", "is of use with an https address only");
        if (TargetTrust.FaultOf(file) is { } fault)
            yield return ("CaFile", fault);
    }

    private static IEnumerable<(string Key, string Problem)> CheckSource(TargetOptions target)
    {
        var parts = string.Join(", ", Enum.GetNames<SourcePart>());
        foreach (var part in target.Source.Keys.Where(part => TargetPlan.PartOf(part) is null))
            yield return ($"Source:{part}", $"is no part of a source; the parts are {parts}");
        foreach (var (part, label) in target.SourceFrom)
        {
            if (TargetPlan.PartOf(part) is null)
                yield return ($"SourceFrom:{part}", $"is no part of a source; the parts are {parts}");
            if (label.Length == 0 || label.AsSpan().ContainsAny('{', '}'))
                yield return ($"SourceFrom:{part}", "must be the name of a label");
        }
    }

    // One that is misspelt would be ignored in another sense.
    private static IEnumerable<(string Key, string Problem)> CheckIgnored(TargetOptions target)
    {
        string[] known = [.. (PresetBook.Find(target.Preset)?.Source ?? []).SelectMany(template => template.Labels).Concat(target.SourceFrom.Values).Distinct(StringComparer.Ordinal)];
        foreach (var (i, label) in target.IgnoredLabels.Index())
        {
            if (target.SourceFrom.FirstOrDefault(part => part.Value == label).Key is { } part)
                yield return ($"IgnoredLabels:{i}", $"'{label}' is what SourceFrom:{part} is told by");
            else if (!known.Contains(label, StringComparer.Ordinal))
                yield return ($"IgnoredLabels:{i}", $"'{label}' tells no source apart; {(known.Length == 0 ? "no label does" : $"the labels that do are {string.Join(", ", known)}")}");
        }
    }

    private static IEnumerable<(string Key, string Problem)> CheckMetrics(TargetOptions target)
    {
        if (target.Metrics.Count == 0 && PresetBook.Find(target.Preset) is { Rules.Count: 0 })
            yield return ("Metrics", $"must list what is charted, since the preset {target.Preset} charts nothing by itself");
        foreach (var (i, metric) in target.Metrics.Index())
        {
            foreach (var (field, problem) in ChosenMetric.Check(metric))
                yield return ($"Metrics:{i}:{field}", problem);
        }
    }

    private static string Words(string key, string problem) => $"{ScrapingOptions.Section}:{key} {problem}.";
}
