namespace LLMscope.Spc.RunLengths;

/// <summary>What false alarms are counted by. A month has 30 days.</summary>
public enum BudgetPeriod : byte
{
    Hour,
    Day,
    Week,
    Month,
}
