namespace LLMscope.Spc.Attributes;

/// <summary>One point of a p chart: how many units were looked at and how many had the event, such as calls and failed calls.</summary>
public readonly record struct ProportionSubgroup(int Units, int Events)
{
    /// <summary>The plotted proportion, or not a number where there were no units.</summary>
    public double Proportion => Units == 0 ? double.NaN : (double)Events / Units;
}
