using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Storage;

/// <summary>Calls as rows, written by binary COPY.</summary>
internal static class CallRows
{
    public static async Task CopyAsync(NpgsqlConnection connection, ArchiveGroup rows, CancellationToken cancellation)
    {
        if (rows.Calls.Count == 0)
            return;

        await using var copy = await connection.BeginBinaryImportAsync(
            """
            COPY calls (id, source_id, time, duration, time_to_first_token, input_tokens, output_tokens, cached_tokens, status, error_category,
                http_status, attempt, cache_hit, cold_start, streaming, trace_id, prompt_hmac, prompt_version, cost_usd, finish_reason)
            FROM STDIN (FORMAT BINARY)
            """,
            cancellation);
        foreach (var row in rows.Calls)
            Write(copy, row);

        await copy.CompleteAsync(cancellation);
    }

    private static void Write(NpgsqlBinaryImporter copy, ArchivedCall row)
    {
        var call = row.Call;
        copy.StartRow();
        copy.Write(row.Id, NpgsqlDbType.Bigint);
        copy.Write(row.AnySeries.SourceId, NpgsqlDbType.Integer);
        copy.Write(call.Time, NpgsqlDbType.TimestampTz);
        Write(copy, call.Duration, NpgsqlDbType.Double);
        Write(copy, call.TimeToFirstToken, NpgsqlDbType.Double);
        Write(copy, call.InputTokens, NpgsqlDbType.Integer);
        Write(copy, call.OutputTokens, NpgsqlDbType.Integer);
        Write(copy, call.CachedTokens, NpgsqlDbType.Integer);
        copy.Write((short)call.Status, NpgsqlDbType.Smallint);
        Write(copy, (short?)call.ErrorCategory, NpgsqlDbType.Smallint);
        Write(copy, call.HttpStatus, NpgsqlDbType.Integer);
        copy.Write(call.Attempt, NpgsqlDbType.Integer);
        copy.Write(call.CacheHit, NpgsqlDbType.Boolean);
        copy.Write(call.ColdStart, NpgsqlDbType.Boolean);
        Write(copy, call.Streaming, NpgsqlDbType.Boolean);
        Write(copy, call.TraceId);
        Write(copy, call.PromptHmac);
        Write(copy, call.PromptVersion);
        Write(copy, call.CostUsd, NpgsqlDbType.Double);
        Write(copy, call.FinishReason);
    }

    private static void Write<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type)
        where T : struct
    {
        if (value is { } known)
            copy.Write(known, type);
        else
            copy.WriteNull();
    }

    private static void Write(NpgsqlBinaryImporter copy, string? text)
    {
        if (text is not null)
            copy.Write(text, NpgsqlDbType.Text);
        else
            copy.WriteNull();
    }
}
