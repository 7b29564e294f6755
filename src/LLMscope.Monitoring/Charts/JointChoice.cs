namespace LLMscope.Monitoring.Charts;

/// <summary>What a joint chart charts together.</summary>
/// <param name="Characteristics">By name, those of its source, in the order of the numbers in its vectors. A list keeps to itself when a plan is changed.</param>
/// <param name="Lambda">How much the newest point counts in the averages of a MEWMA.</param>
/// <param name="From">What its members measured before belongs to no interval of it, also when a restart reads it again.</param>
public sealed record JointChoice(IReadOnlyList<string> Characteristics, double Lambda, DateTime From);
