using System.Runtime.InteropServices;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Violations;

/// <summary>What an episode needs to know of a point: where it lies, against which limits, and which rules it violates.</summary>
/// <param name="Alerting">The rules that open a violation; others only add to one that is open.</param>
/// <param name="Change">What is estimated of the change behind the signals; null without a signal.</param>
/// <param name="Matters">Whether the change is as large as people want to be told of.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JudgedPoint(
    long Number, DateTime Time, double Value, int BaselineId, double Centre, double Lower, double Upper, RuleSignals Signals,
    RuleSet Alerting, EstimatedChange? Change, bool Matters);
