using System.Collections.Immutable;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// Everything that a set of rules can remember, and where each point leads: the part of an exact run length that does not depend on the
/// probabilities of the zones, only on which line lies beyond which.
/// </summary>
/// <remarks>
/// The memory is a state of the zone automaton, the zone of the last point, and a state of trend and alternation. They are numbered zone
/// by zone. Without R3 and R4 the last point does not matter, and the states are those of the automaton.
/// </remarks>
internal sealed class RunStates
{
    /// <summary>Beyond it the rules remember too much for an exact answer within a second.</summary>
    public const int MostStates = 150_000;

    private RunStates(ZoneAutomaton automaton, int window)
    {
        Automaton = automaton;
        Window = window;
    }

    public ZoneAutomaton Automaton { get; }

    /// <summary>The points after which a signal is possible if it ever is.</summary>
    public int Window { get; }

    /// <summary>True where R3 or R4 is among the rules, so that the last value matters.</summary>
    public bool SeeOrder => First.Length > 0;

    /// <summary>The state after a first point in each zone, or violated.</summary>
    public int[] First { get; private set; } = [];

    /// <summary>The first state of each zone; one more than there are zones.</summary>
    public int[] ZoneStarts { get; private set; } = [];

    /// <summary>Where a point leads that lies in the same zone above the last one, or violated.</summary>
    public int[] AboveHere { get; private set; } = [];

    /// <summary>The same for a point below the last one.</summary>
    public int[] BelowHere { get; private set; } = [];

    /// <summary>Where points in other zones lead, as many for each state as there are other zones; the number after the last state is a violation.</summary>
    public int[] Elsewhere { get; private set; } = [];

    /// <summary>What the states are worth in memory, for the bound of a cache.</summary>
    public int Size => Automaton.States + Elsewhere.Length;

    /// <exception cref="NotSupportedException">The rules remember too much.</exception>
    public static RunStates Of(RuleSet rules, RuleParameters parameters, ImmutableArray<ZoneOfPoint> zones)
    {
        var states = new RunStates(ZoneAutomaton.Of(rules, parameters, zones), rules.Each().Max(parameters.Window));
        if ((rules & (RuleSet.R3 | RuleSet.R4)) != RuleSet.None)
            states.Order(new TrendStates(rules, parameters));
        return states;
    }

    private void Order(TrendStates trends)
    {
        var zones = Automaton.Zones.Length;
        var numbers = new Dictionary<long, int>();
        var memories = new List<(int State, int Zone, int Trend)>();
        First = new int[zones];
        for (var zone = 0; zone < zones; zone++)
            First[zone] = Number(Automaton.Next(0, zone), zone, 0);

        var above = new List<int>();
        var below = new List<int>();
        var elsewhere = new List<int>();
        for (var number = 0; number < memories.Count; number++)
        {
            var (state, last, trend) = memories[number];
            var (up, down) = (trends.Up[trend], trends.Down[trend]);
            for (var zone = 0; zone < zones; zone++)
            {
                var next = Automaton.Next(state, zone);
                if (zone != last)
                {
                    elsewhere.Add(Number(next, zone, zone > last ? up : down));
                    continue;
                }

                above.Add(Number(next, zone, up));
                below.Add(Number(next, zone, down));
            }
        }

        Arrange(memories.ConvertAll(memory => memory.Zone), above, below, elsewhere);

        int Number(int state, int zone, int trend)
        {
            if (state == ZoneAutomaton.Violated || trend == ZoneAutomaton.Violated)
                return ZoneAutomaton.Violated;

            if (numbers.TryAdd((((long)state * zones) + zone) * trends.Count + trend, memories.Count))
            {
                memories.Add((state, zone, trend));
                if (memories.Count > MostStates)
                    throw new NotSupportedException($"These rules remember more than {MostStates} states of the past points together, too many for an exact run length. Choose fewer rules or shorter runs.");
            }

            return numbers[(((long)state * zones) + zone) * trends.Count + trend];
        }
    }

    /// <summary>Renumbers the states zone by zone, so that those of one zone lie side by side.</summary>
    private void Arrange(List<int> zoneOf, List<int> above, List<int> below, List<int> elsewhere)
    {
        var zones = Automaton.Zones.Length;
        ZoneStarts = new int[zones + 1];
        foreach (var zone in zoneOf)
            ZoneStarts[zone + 1]++;
        for (var zone = 0; zone < zones; zone++)
            ZoneStarts[zone + 1] += ZoneStarts[zone];

        var free = ZoneStarts.AsSpan(0, zones).ToArray();
        var place = zoneOf.ConvertAll(zone => free[zone]++);
        int Place(int number) => number == ZoneAutomaton.Violated ? number : place[number];

        First = Array.ConvertAll(First, Place);
        (AboveHere, BelowHere, Elsewhere) = (new int[zoneOf.Count], new int[zoneOf.Count], new int[elsewhere.Count]);
        for (var number = 0; number < zoneOf.Count; number++)
        {
            AboveHere[place[number]] = Place(above[number]);
            BelowHere[place[number]] = Place(below[number]);
            for (var other = 0; other < zones - 1; other++)
                Elsewhere[(place[number] * (zones - 1)) + other] = elsewhere[(number * (zones - 1)) + other] is >= 0 and var target ? place[target] : place.Count;
        }
    }
}
