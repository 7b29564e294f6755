using System.Runtime.InteropServices;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Violations;

/// <summary>What an episode needs to know of a point: where it lies, against which limits, and which rules it violates.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JudgedPoint(
    long Number, DateTime Time, double Value, int BaselineId, double Centre, double Lower, double Upper, RuleSignals Signals);
