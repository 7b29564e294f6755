using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Charts;

/// <summary>The open gaps of charts of units between events, in the rows of their charts. They change with every call, and are written with whatever else is.</summary>
internal static class OpenGapRows
{
    public static async Task SaveAsync(NpgsqlConnection connection, IReadOnlyCollection<LiveChart> charts, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "UPDATE charts c SET gap_units = g.units, gap_through = g.through FROM unnest($1, $2, $3) AS g (id, units, through) WHERE c.id = g.id", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = charts.Select(chart => chart.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter { Value = charts.Select(chart => chart.Gap.Units).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter { Value = charts.Select(chart => chart.Gap.Through).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
