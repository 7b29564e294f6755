using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using Npgsql;
using NpgsqlTypes;

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
                INSERT INTO charts (id, series_id, kind, transform, subgroup, rules, baseline_points, collects_from, problem, choices, detection, proposal, planned_from)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, transform = excluded.transform, subgroup = excluded.subgroup,
                    rules = excluded.rules, baseline_points = excluded.baseline_points, collects_from = excluded.collects_from, problem = excluded.problem,
                    choices = excluded.choices, detection = excluded.detection, proposal = excluded.proposal, planned_from = excluded.planned_from
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
                    new NpgsqlParameter { Value = (object?)chart.Problem ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                    new NpgsqlParameter<string> { TypedValue = ModelJson.Write(chart.Plan.Choices), NpgsqlDbType = NpgsqlDbType.Json },
                    JsonOrNull(chart.Detection),
                    JsonOrNull(chart.Proposal),
                    new NpgsqlParameter<long> { TypedValue = chart.PlannedFrom },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<List<StoredChart>> LoadAsync(NpgsqlConnection connection, SeriesCatalog catalog, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT id, series_id, kind, transform, subgroup, rules, baseline_points, collects_from, problem, choices, detection, proposal, planned_from, gap_units, gap_through FROM charts ORDER BY id", connection);
        var charts = new List<StoredChart>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var series = catalog.Find(reader.GetInt32(1)) ?? throw new InvalidDataException($"Chart {reader.GetInt32(0)} has no series.");
            var plan = new ChartPlan(
                (ChartKind)reader.GetInt16(2), (Transform)reader.GetInt16(3), reader.GetTimeSpan(4), (RuleSet)reader.GetInt16(5), reader.GetInt32(6))
            {
                Choices = ModelJson.Read<ChartChoices>(reader.GetString(9)),
            };
            charts.Add(new StoredChart(
                new LiveChart(reader.GetInt32(0), series, plan),
                new StoredState(
                    null,
                    await reader.IsDBNullAsync(10, cancellation) ? null : ModelJson.Read<Detection>(reader.GetString(10)),
                    await reader.IsDBNullAsync(8, cancellation) ? null : reader.GetString(8),
                    await reader.IsDBNullAsync(11, cancellation) ? null : ModelJson.Read<RebaselineProposal>(reader.GetString(11)),
                    reader.GetInt64(7),
                    reader.GetInt64(12))
                { Gap = new OpenGap(reader.GetInt64(13), reader.GetInt64(14)) }));
        }

        return charts;
    }

    private static NpgsqlParameter JsonOrNull<T>(T? value)
        where T : class =>
        new() { Value = value is null ? DBNull.Value : ModelJson.Write(value), NpgsqlDbType = NpgsqlDbType.Json };
}

/// <param name="State">Without the baseline, which has rows of its own.</param>
internal sealed record StoredChart(LiveChart Chart, StoredState State);
