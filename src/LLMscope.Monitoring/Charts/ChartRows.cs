using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Rules;
using Npgsql;

namespace LLMscope.Monitoring.Charts;

/// <summary>Charts as rows: their plans, and where their baselines begin.</summary>
internal static class ChartRows
{
    public static async Task SaveAsync(NpgsqlConnection connection, IEnumerable<LiveChart> charts, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var chart in charts.Distinct())
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                """
                INSERT INTO charts (id, series_id, kind, transform, subgroup, rules, baseline_points, collects_from, problem)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, transform = excluded.transform, subgroup = excluded.subgroup,
                    rules = excluded.rules, baseline_points = excluded.baseline_points, collects_from = excluded.collects_from, problem = excluded.problem
                """)
            {
                Parameters =
                {
                    new NpgsqlParameter<int> { TypedValue = chart.Id },
                    new NpgsqlParameter<int> { TypedValue = chart.Series.Id },
                    new NpgsqlParameter<short> { TypedValue = (short)chart.Plan.Kind },
                    new NpgsqlParameter<short> { TypedValue = (short)chart.Plan.Transform },
                    new NpgsqlParameter<TimeSpan> { TypedValue = chart.Plan.Subgroup },
                    new NpgsqlParameter<short> { TypedValue = (short)chart.Plan.Rules },
                    new NpgsqlParameter<int> { TypedValue = chart.Plan.BaselinePoints },
                    new NpgsqlParameter<long> { TypedValue = chart.CollectsFrom },
                    new NpgsqlParameter { Value = (object?)chart.Problem ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<List<StoredChart>> LoadAsync(NpgsqlConnection connection, SeriesCatalog catalog, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT id, series_id, kind, transform, subgroup, rules, baseline_points, collects_from, problem FROM charts ORDER BY id", connection);
        var charts = new List<StoredChart>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var series = catalog.Find(reader.GetInt32(1)) ?? throw new InvalidDataException($"Chart {reader.GetInt32(0)} has no series.");
            var plan = new ChartPlan(
                (ChartKind)reader.GetInt16(2), (Transform)reader.GetInt16(3), reader.GetTimeSpan(4), (RuleSet)reader.GetInt16(5), reader.GetInt32(6));
            charts.Add(new StoredChart(
                new LiveChart(reader.GetInt32(0), series, plan), reader.GetInt64(7), await reader.IsDBNullAsync(8, cancellation) ? null : reader.GetString(8)));
        }

        return charts;
    }
}

internal sealed record StoredChart(LiveChart Chart, long CollectsFrom, string? Problem);
