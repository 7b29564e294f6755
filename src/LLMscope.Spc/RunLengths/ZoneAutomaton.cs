using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>The joint memory of the rules that see only zones, as a minimal automaton over the zones of the points.</summary>
internal sealed class ZoneAutomaton
{
    public const int Violated = -1;

    private const RuleSet SeeZones = RuleSet.All & ~(RuleSet.R3 | RuleSet.R4);

    private readonly int[][] _next;

    private ZoneAutomaton(IReadOnlyList<ZoneOfPoint> zones, int[][] next)
    {
        Zones = zones;
        _next = next;
    }

    /// <summary>The zones between the lines that matter to the rules, lowest first.</summary>
    public IReadOnlyList<ZoneOfPoint> Zones { get; }

    /// <summary>State 0 is the start of a segment.</summary>
    public int States => _next.Length;

    public int Next(int state, int zone) => _next[state][zone];

    public static ZoneAutomaton Of(RuleSet rules, RuleParameters parameters)
    {
        rules &= SeeZones;
        var zones = ZonesOf(rules, parameters);
        return new ZoneAutomaton(zones, Minimal(Reachable(zones, rules, parameters), zones.Count));
    }

    private static List<ZoneOfPoint> ZonesOf(RuleSet rules, RuleParameters parameters)
    {
        var lines = new SortedSet<double>();
        foreach (var rule in rules.Each())
        {
            var width = rule switch
            {
                RuleSet.R1 => parameters.K1,
                RuleSet.R5 => parameters.K5,
                RuleSet.R6 => parameters.K6,
                RuleSet.R7 => parameters.K7,
                RuleSet.R8 => parameters.K8,
                _ => 0,
            };
            lines.Add(-width);
            lines.Add(width);
        }

        var zones = new List<ZoneOfPoint>(lines.Count + 1);
        var lower = double.NegativeInfinity;
        foreach (var line in lines.Append(double.PositiveInfinity))
        {
            if (line > lower)
                zones.Add(new ZoneOfPoint(lower, line));
            lower = line;
        }

        return zones;
    }

    private static List<int[]> Reachable(List<ZoneOfPoint> zones, RuleSet rules, RuleParameters parameters)
    {
        var numbers = new Dictionary<ZoneMemory, int> { [default] = 0 };
        var memories = new List<ZoneMemory> { default };
        var next = new List<int[]>();
        for (var state = 0; state < memories.Count; state++)
        {
            next.Add(new int[zones.Count]);
            for (var zone = 0; zone < zones.Count; zone++)
            {
                if (memories[state].After(zones[zone], rules, parameters) is not { } memory)
                {
                    next[state][zone] = Violated;
                    continue;
                }

                if (numbers.TryAdd(memory, memories.Count))
                    memories.Add(memory);
                next[state][zone] = numbers[memory];
            }
        }

        return next;
    }

    /// <summary>Joins states that no continuation tells apart, by partition refinement (Moore 1956).</summary>
    private static int[][] Minimal(List<int[]> next, int zones)
    {
        var classes = new int[next.Count];
        var count = 1;
        while (true)
        {
            var refined = (int[])classes.Clone();
            var refinedCount = count;
            for (var zone = 0; zone < zones; zone++)
            {
                var numbers = new Dictionary<(int Class, int Next), int>();
                for (var state = 0; state < refined.Length; state++)
                {
                    var target = next[state][zone];
                    var key = (refined[state], target == Violated ? Violated : classes[target]);
                    numbers.TryAdd(key, numbers.Count);
                    refined[state] = numbers[key];
                }

                refinedCount = numbers.Count;
            }

            classes = refined;
            if (refinedCount == count)
                break;
            count = refinedCount;
        }

        // State 0 is met first, so its class is number 0.
        var joined = new int[count][];
        for (var state = 0; state < classes.Length; state++)
            joined[classes[state]] ??= Array.ConvertAll(next[state], target => target == Violated ? Violated : classes[target]);
        return joined;
    }
}
