using System.Diagnostics.CodeAnalysis;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Judging;

/// <summary>All that changes on one chart from point to point, at most 192 bytes. A new one comes from <see cref="ProcessJudge.Start"/>.</summary>
[SuppressMessage("Design", "CA1051", Justification = "Each part is stepped in place, by reference.")]
public struct ProcessMemory
{
    public RunMemory Rules;

    public CusumMemory Cusum;

    public EwmaMemory Ewma;

    public ForecastMemory Forecast;

    /// <summary>Points in a row whose forecast level lay above what the baseline saw; negative below.</summary>
    public int OutsideLevels;
}
