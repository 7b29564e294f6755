namespace LLMscope.Monitoring.Samples;

/// <summary>A sample that is on disk.</summary>
/// <param name="Sequence">The place in the order of commit.</param>
/// <param name="CallId">The call that it belongs to, or 0.</param>
internal readonly record struct ArchivedSample(long Sequence, Sample Sample, long CallId);
