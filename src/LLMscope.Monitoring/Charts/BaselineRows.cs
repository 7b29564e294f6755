using System.Text.Json;
using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.RareEvents;
using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Charts;

/// <summary>Baselines as rows. They are inserted and read, never changed.</summary>
internal static class BaselineRows
{
    private const string Columns =
        """
        id, chart_id, version, frozen_at, frozen_by, reason, first_number, last_number, from_time, to_time, transform, count, units, events,
        centre, sigma, zones, moving_range_centre, moving_range_upper, max_gap, excluded, remarks, model, hash, confirmed, dispersion, kind, time_between, joint
        """;

    public static async Task InsertAsync(NpgsqlConnection connection, IReadOnlyList<Baseline> baselines, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY baselines ({Columns}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var baseline in baselines)
        {
            var estimate = baseline.Estimate;
            copy.StartRow();
            copy.Write(baseline.Id, NpgsqlDbType.Integer);
            copy.Write(baseline.ChartId, NpgsqlDbType.Integer);
            copy.Write(baseline.Version, NpgsqlDbType.Integer);
            copy.Write(baseline.FrozenAt, NpgsqlDbType.TimestampTz);
            copy.Write(baseline.FrozenBy, NpgsqlDbType.Text);
            copy.Write(baseline.Reason, NpgsqlDbType.Text);
            copy.Write(baseline.FirstNumber, NpgsqlDbType.Bigint);
            copy.Write(baseline.LastNumber, NpgsqlDbType.Bigint);
            copy.Write(baseline.From, NpgsqlDbType.TimestampTz);
            copy.Write(baseline.To, NpgsqlDbType.TimestampTz);
            copy.Write((short)estimate.Transform, NpgsqlDbType.Smallint);
            copy.Write(estimate.Count, NpgsqlDbType.Integer);
            copy.Write(estimate.Units, NpgsqlDbType.Bigint);
            copy.Write(estimate.Events, NpgsqlDbType.Bigint);
            copy.Write(estimate.Centre, NpgsqlDbType.Double);
            copy.Write(estimate.Sigma, NpgsqlDbType.Double);
            copy.Write(ZonesOf(estimate), NpgsqlDbType.Array | NpgsqlDbType.Double);
            copy.Write(estimate.MovingRangeCentre, NpgsqlDbType.Double);
            copy.Write(estimate.MovingRangeUpper, NpgsqlDbType.Double);
            copy.Write(baseline.MaxGap, NpgsqlDbType.Interval);
            copy.Write(JsonSerializer.Serialize(estimate.Excluded), NpgsqlDbType.Jsonb);
            copy.Write(estimate.Remarks.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            if (estimate.Model is { } model)
                copy.Write(ModelJson.Write(model), NpgsqlDbType.Json);
            else
                copy.WriteNull();
            copy.Write(baseline.Hash, NpgsqlDbType.Text);
            copy.Write(baseline.Confirmed, NpgsqlDbType.Boolean);
            copy.Write(estimate.Dispersion, NpgsqlDbType.Double);
            copy.Write((short)baseline.Kind, NpgsqlDbType.Smallint);
            if (estimate.TimeBetween is { } times)
                copy.Write(ModelJson.Write(times), NpgsqlDbType.Json);
            else
                copy.WriteNull();
            if (estimate.Joint is { } joint)
                copy.Write(ModelJson.Write(joint), NpgsqlDbType.Json);
            else
                copy.WriteNull();
        }

        await copy.CompleteAsync(cancellation);
    }

    /// <summary>All baselines of the given charts, or of all charts; oldest version first.</summary>
    public static async Task<List<Baseline>> LoadAsync(NpgsqlConnection connection, int? chartId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT {Columns} FROM baselines WHERE $1 IS NULL OR chart_id = $1 ORDER BY chart_id, version", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)chartId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });

        var baselines = new List<Baseline>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            baselines.Add(Read(reader));

        return baselines;
    }

    private static Baseline Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetInt32(0),
        ChartId = reader.GetInt32(1),
        Version = reader.GetInt32(2),
        FrozenAt = reader.GetDateTime(3),
        FrozenBy = reader.GetString(4),
        Reason = reader.GetString(5),
        FirstNumber = reader.GetInt64(6),
        LastNumber = reader.GetInt64(7),
        From = reader.GetDateTime(8),
        To = reader.GetDateTime(9),
        MaxGap = reader.GetTimeSpan(19),
        Hash = reader.GetString(23),
        Confirmed = reader.GetBoolean(24),
        Kind = (ChartKind)reader.GetInt16(26),
        Estimate = new BaselineEstimate
        {
            Transform = (Transform)reader.GetInt16(10),
            Count = reader.GetInt32(11),
            Units = reader.GetInt64(12),
            Events = reader.GetInt64(13),
            Centre = reader.GetDouble(14),
            Sigma = reader.GetDouble(15),
            Zones = reader.GetFieldValue<double[]>(16) is [var l3, var l2, var l1, var cl, var u1, var u2, var u3] ? new ZoneLimits(l3, l2, l1, cl, u1, u2, u3) : null,
            MovingRangeCentre = reader.GetDouble(17),
            MovingRangeUpper = reader.GetDouble(18),
            Excluded = JsonSerializer.Deserialize<ExcludedPoint[]>(reader.GetString(20)) ?? [],
            Remarks = reader.GetFieldValue<string[]>(21),
            Model = reader.IsDBNull(22) ? null : ModelJson.Read<ProcessModel>(reader.GetString(22)),
            Dispersion = reader.GetDouble(25),
            TimeBetween = reader.IsDBNull(27) ? null : ModelJson.Read<TimeBetweenBaseline>(reader.GetString(27)),
            Joint = reader.IsDBNull(28) ? null : ModelJson.Read<JointModel>(reader.GetString(28)),
        },
    };

    private static double[] ZonesOf(BaselineEstimate estimate) => estimate.Zones is { } z ? [z.Lower3, z.Lower2, z.Lower1, z.Centre, z.Upper1, z.Upper2, z.Upper3] : [];
}
