using System.Runtime.InteropServices;

namespace LLMscope.Monitoring.Samples;

/// <summary>One value of a series at one time; or what many observations came to in the time before it, where only that is known.</summary>
/// <param name="Series">The series that it belongs to.</param>
/// <param name="Time">When it was measured, in UTC and whole microseconds (the resolution of PostgreSQL).</param>
/// <param name="Value">The value in the base unit of the series.</param>
/// <param name="Standing">Whether it may be judged.</param>
/// <param name="Call">The position of its call in the batch, or -1.</param>
/// <param name="Length">The length of its call, as far as it is known.</param>
/// <param name="Count">
/// How many observations it stands for: 1 for a single one, more where the value is their mean, or their share where the characteristic is an event.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Sample(Series Series, DateTime Time, double Value, Standing Standing = Standing.Judged, int Call = -1, TokenCounts Length = default, int Count = 1);
