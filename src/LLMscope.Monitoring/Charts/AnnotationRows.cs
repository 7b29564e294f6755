using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Charts;

/// <summary>Annotations as rows.</summary>
internal static class AnnotationRows
{
    public static async Task InsertAsync(NpgsqlConnection connection, Annotation annotation, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO annotations (id, time, kind, text, chart_id, model, demo, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = annotation.Id });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = annotation.Time });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = annotation.Kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = annotation.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)annotation.ChartId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)annotation.Model ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = annotation.Demo });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = annotation.CreatedAt });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
