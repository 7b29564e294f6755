using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>Calls as rows, written by binary COPY.</summary>
internal static class CallRows
{
    private const short Columns = 20;

    public static async Task CopyAsync(NpgsqlConnection connection, ArchiveGroup rows, CancellationToken cancellation)
    {
        if (rows.Calls.Count == 0)
            return;

        await using var copy = await BinaryCopy.BeginAsync(
            connection,
            """
            COPY calls (id, source_id, time, duration, time_to_first_token, input_tokens, output_tokens, cached_tokens, status, error_category,
                http_status, attempt, cache_hit, cold_start, streaming, trace_id, prompt_hmac, prompt_version, cost_usd, finish_reason)
            FROM STDIN (FORMAT BINARY)
            """,
            cancellation);
        foreach (var row in rows.Calls)
        {
            if (copy.IsFull)
                await copy.FlushAsync(cancellation);
            Write(copy, row);
        }

        await copy.CompleteAsync(cancellation);
    }

    private static void Write(BinaryCopy copy, ArchivedCall row)
    {
        var call = row.Call;
        copy.StartRow(Columns);
        copy.Write(row.Id);
        copy.Write(row.AnySeries.SourceId);
        copy.Write(call.Time);
        copy.Write(call.Duration);
        copy.Write(call.TimeToFirstToken);
        copy.Write(call.InputTokens);
        copy.Write(call.OutputTokens);
        copy.Write(call.CachedTokens);
        copy.Write((short)call.Status);
        copy.Write((short?)call.ErrorCategory);
        copy.Write(call.HttpStatus);
        copy.Write(call.Attempt);
        copy.Write(call.CacheHit);
        copy.Write(call.ColdStart);
        copy.Write(call.Streaming);
        copy.Write(call.TraceId);
        copy.Write(call.PromptHmac);
        copy.Write(call.PromptVersion);
        copy.Write(call.CostUsd);
        copy.Write(call.FinishReason);
    }
}
