using System.Collections.Immutable;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// The joint memory of the rules that see only zones, as a minimal automaton over the zones of the points. Each rule is an automaton of its own;
/// they are multiplied one by one, and states that no continuation tells apart are joined after each.
/// </summary>
internal sealed class ZoneAutomaton
{
    public const int Violated = -1;

    /// <summary>Beyond it the rules remember too much for an exact answer within a second.</summary>
    public const int MostStates = 50_000;

    private readonly int[] _next;

    private ZoneAutomaton(ImmutableArray<ZoneOfPoint> zones, int[] next)
    {
        Zones = zones;
        _next = next;
    }

    /// <summary>The zones between the lines that matter to the rules, lowest first.</summary>
    public ImmutableArray<ZoneOfPoint> Zones { get; }

    /// <summary>State 0 is the start of a segment.</summary>
    public int States => _next.Length / Zones.Length;

    public int Next(int state, int zone) => _next[(state * Zones.Length) + zone];

    /// <exception cref="NotSupportedException">The rules remember too much.</exception>
    public static ZoneAutomaton Of(RuleSet rules, RuleParameters parameters, ImmutableArray<ZoneOfPoint> zones)
    {
        var joint = new int[zones.Length]; // one state that every zone leads back to
        foreach (var rule in (rules & ~(RuleSet.R3 | RuleSet.R4)).Each())
            joint = Minimal(Product(joint, Single(rule, parameters, zones), zones.Length), zones.Length);
        return new ZoneAutomaton(zones, joint);
    }

    private static int[] Single(RuleSet rule, RuleParameters parameters, ImmutableArray<ZoneOfPoint> zones)
    {
        var numbers = new Dictionary<ZoneMemory, int> { [default] = 0 };
        var memories = new List<ZoneMemory> { default };
        var next = new List<int>();
        for (var state = 0; state < memories.Count; state++)
        {
            foreach (var zone in zones)
            {
                if (memories[state].After(zone, rule, parameters) is { } memory)
                {
                    if (numbers.TryAdd(memory, memories.Count))
                        memories.Add(memory);
                    next.Add(numbers[memory]);
                }
                else
                {
                    next.Add(Violated);
                }
            }
        }

        return Minimal([.. next], zones.Length);
    }

    /// <summary>The pairs of states that are reached, and violated as soon as one of the two is.</summary>
    private static int[] Product(int[] first, int[] second, int zones)
    {
        var numbers = new Dictionary<(int First, int Second), int> { [(0, 0)] = 0 };
        var pairs = new List<(int First, int Second)> { (0, 0) };
        var next = new List<int>();
        for (var state = 0; state < pairs.Count; state++)
        {
            var (one, other) = pairs[state];
            for (var zone = 0; zone < zones; zone++)
            {
                var pair = (first[(one * zones) + zone], second[(other * zones) + zone]);
                if (pair.Item1 == Violated || pair.Item2 == Violated)
                {
                    next.Add(Violated);
                    continue;
                }

                if (numbers.TryAdd(pair, pairs.Count))
                    pairs.Add(pair);
                next.Add(numbers[pair]);
            }

            if (pairs.Count > MostStates)
                throw new NotSupportedException($"These rules remember more than {MostStates} states of the past points together, too many for an exact run length. Choose fewer rules or shorter runs.");
        }

        return [.. next];
    }

    /// <summary>Joins states that no continuation tells apart, by partition refinement (Moore 1956).</summary>
    private static int[] Minimal(int[] next, int zones)
    {
        var classes = new int[next.Length / zones];
        var count = 1;
        while (true)
        {
            // What tells a state apart: its class so far and the classes that its zones lead to.
            var signatures = new int[classes.Length * (zones + 1)];
            for (var state = 0; state < classes.Length; state++)
            {
                var signature = signatures.AsSpan(state * (zones + 1), zones + 1);
                signature[0] = classes[state];
                for (var zone = 0; zone < zones; zone++)
                    signature[zone + 1] = next[(state * zones) + zone] is >= 0 and var target ? classes[target] : Violated;
            }

            var refined = new int[classes.Length];
            var numbers = new Dictionary<int, int>(new SameSignature(signatures, zones + 1));
            for (var state = 0; state < refined.Length; state++)
            {
                numbers.TryAdd(state, numbers.Count);
                refined[state] = numbers[state];
            }

            classes = refined;
            if (numbers.Count == count)
                break;
            count = numbers.Count;
        }

        // State 0 is met first, so its class is number 0.
        var joined = new int[count * zones];
        for (var state = 0; state < classes.Length; state++)
        {
            for (var zone = 0; zone < zones; zone++)
                joined[(classes[state] * zones) + zone] = next[(state * zones) + zone] is >= 0 and var target ? classes[target] : Violated;
        }

        return joined;
    }

    private sealed class SameSignature(int[] signatures, int length) : IEqualityComparer<int>
    {
        public bool Equals(int first, int second) => Of(first).SequenceEqual(Of(second));

        public int GetHashCode(int state)
        {
            var hash = 17UL;
            foreach (var part in Of(state))
                hash = (hash ^ (uint)part) * 0x9E3779B97F4A7C15;
            return (int)(hash >> 32);
        }

        private ReadOnlySpan<int> Of(int state) => signatures.AsSpan(state * length, length);
    }
}
