namespace LLMscope.Benchmarks.Load;

/// <summary>A body of samples that is sent again and again, each time with other times and values.</summary>
internal interface ILoadBody
{
    byte[] Bytes { get; }

    /// <summary>The samples that it brings.</summary>
    int Samples { get; }

    /// <summary>How much later the last samples are than the first.</summary>
    TimeSpan Span { get; }

    void Renew(DateTimeOffset time);
}
