using System.Numerics;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// What R1, R2 and R5 to R8 remember while none of them has been violated. They see only the zone of a point, so their memory is finite.
/// </summary>
/// <param name="Side">R2: points on one side in a row, negative below.</param>
/// <param name="Within">R7: points within the zone in a row.</param>
/// <param name="Outside">R8: points outside the zone in a row, at most N8.</param>
/// <param name="SameSide">R8: the last of them on one side, negative below, at most N8.</param>
internal readonly record struct ZoneMemory(int Side, int Up5, int Down5, int Up6, int Down6, int Within, int Outside, int SameSide)
{
    /// <summary>The memory after one more point, or null where the point violates one of the rules.</summary>
    public ZoneMemory? After(ZoneOfPoint zone, RuleSet rules, RuleParameters parameters)
    {
        var next = default(ZoneMemory);
        if (rules.HasFlag(RuleSet.R1) && zone.Beyond(parameters.K1) != 0)
            return null;

        if (rules.HasFlag(RuleSet.R2))
        {
            var side = Run(Side, zone.Beyond(0));
            if (Math.Abs(side) >= parameters.N2)
                return null;
            next = next with { Side = side };
        }

        if (rules.HasFlag(RuleSet.R5))
        {
            var (up, down) = (Push(Up5, zone.Beyond(parameters.K5) > 0), Push(Down5, zone.Beyond(parameters.K5) < 0));
            if (EndsIn(up, 2, 0b111) || EndsIn(down, 2, 0b111))
                return null;
            next = next with { Up5 = up & 0b11, Down5 = down & 0b11 };
        }

        if (rules.HasFlag(RuleSet.R6))
        {
            var (up, down) = (Push(Up6, zone.Beyond(parameters.K6) > 0), Push(Down6, zone.Beyond(parameters.K6) < 0));
            if (EndsIn(up, 4, 0b11111) || EndsIn(down, 4, 0b11111))
                return null;
            next = next with { Up6 = up & 0b1111, Down6 = down & 0b1111 };
        }

        if (rules.HasFlag(RuleSet.R7) && zone.Beyond(parameters.K7) == 0)
        {
            if (Within + 1 >= parameters.N7)
                return null;
            next = next with { Within = Within + 1 };
        }

        if (rules.HasFlag(RuleSet.R8) && zone.Beyond(parameters.K8) is var beyond && beyond != 0)
        {
            var most = parameters.N8;
            var sameSide = Math.Clamp(Run(SameSide, beyond), -most, most);
            var outside = Math.Min(Outside + 1, most);
            if (outside == most && Math.Abs(sameSide) < most)
                return null;
            next = next with { Outside = outside, SameSide = sameSide };
        }

        return next;
    }

    private static int Run(int run, int side) => side == 0 ? 0 : Math.Sign(run) == side ? run + side : side;

    private static int Push(int history, bool newest) => (history << 1) | (newest ? 1 : 0);

    private static bool EndsIn(int history, int least, int window)
        => (history & 1) != 0 && BitOperations.PopCount((uint)(history & window)) >= least;
}
