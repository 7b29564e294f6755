using LLMscope.Spc;
using LLMscope.Spc.Rules;
using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Violations;

/// <summary>Violations as rows.</summary>
internal static class ViolationRows
{
    public const string Columns =
        """
        v.id, v.chart_id, v.baseline_id, v.direction, v.state, v.severity, v.rules, v.first_rules, v.opened_at, v.opened_number, v.last_signal_at,
        v.last_signal_number, v.signal_points, v.value, v.extreme, v.centre, v.lower, v.upper, v.acknowledged_at, v.acknowledged_by,
        v.resolved_at, v.resolved_by, v.cause, v.began_number, v.began_at, v.shift, v.shift_share, v.told
        """;

    /// <summary>With what the chart was when its limits were frozen.</summary>
    public const string WithKind = Columns + ", (SELECT b.kind FROM baselines b WHERE b.id = v.baseline_id)";

    /// <summary>Stores what the monitor knows of violations. What people said of one (acknowledged, cause) is left as it is.</summary>
    public static async Task SaveAsync(NpgsqlConnection connection, IEnumerable<Violation> violations, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var violation in violations)
            batch.BatchCommands.Add(SavingOf(violation));

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlBatchCommand SavingOf(Violation violation)
    {
        var command = new NpgsqlBatchCommand(
            """
            INSERT INTO violations (id, chart_id, baseline_id, direction, state, severity, rules, first_rules, opened_at, opened_number,
                last_signal_at, last_signal_number, signal_points, value, extreme, centre, lower, upper, resolved_at, resolved_by,
                began_number, began_at, shift, shift_share, told)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
            ON CONFLICT (id) DO UPDATE SET direction = excluded.direction, severity = excluded.severity, rules = excluded.rules,
                last_signal_at = excluded.last_signal_at, last_signal_number = excluded.last_signal_number,
                signal_points = excluded.signal_points, extreme = excluded.extreme,
                shift = excluded.shift, shift_share = excluded.shift_share, told = excluded.told,
                state = CASE WHEN excluded.state = 2 THEN 2 ELSE violations.state END,
                resolved_at = excluded.resolved_at, resolved_by = excluded.resolved_by
            WHERE violations.state <> 2
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = violation.Id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = violation.ChartId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = violation.BaselineId });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)violation.Direction });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)violation.State });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)violation.Severity });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)violation.Rules });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)violation.FirstRules });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = violation.OpenedAt });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = violation.OpenedNumber });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = violation.LastSignalAt });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = violation.LastSignalNumber });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = violation.SignalPoints });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = violation.Value });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = violation.Extreme });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = violation.Centre });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = violation.Lower });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = violation.Upper });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)violation.ResolvedAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)violation.ResolvedBy ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)violation.BeganNumber ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)violation.BeganAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)violation.Shift ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)violation.ShiftShare ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = violation.Told });
        return command;
    }

    public static async Task<List<Violation>> LoadOpenAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT {Columns} FROM violations v WHERE v.state <> 2 ORDER BY v.opened_number, v.direction", connection);
        var open = new List<Violation>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            open.Add(Read(reader));

        return open;
    }

    /// <summary>Reads the row whose violation columns come first.</summary>
    public static Violation Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        ChartId = reader.GetInt32(1),
        BaselineId = reader.GetInt32(2),
        Direction = (Direction)reader.GetInt16(3),
        State = (ViolationState)reader.GetInt16(4),
        Severity = (Severity)reader.GetInt16(5),
        Rules = (RuleSet)reader.GetInt16(6),
        FirstRules = (RuleSet)reader.GetInt16(7),
        OpenedAt = reader.GetDateTime(8),
        OpenedNumber = reader.GetInt64(9),
        LastSignalAt = reader.GetDateTime(10),
        LastSignalNumber = reader.GetInt64(11),
        SignalPoints = reader.GetInt32(12),
        Value = reader.GetDouble(13),
        Extreme = reader.GetDouble(14),
        Centre = reader.GetDouble(15),
        Lower = reader.GetDouble(16),
        Upper = reader.GetDouble(17),
        AcknowledgedAt = reader.IsDBNull(18) ? null : reader.GetDateTime(18),
        AcknowledgedBy = reader.IsDBNull(19) ? null : reader.GetString(19),
        ResolvedAt = reader.IsDBNull(20) ? null : reader.GetDateTime(20),
        ResolvedBy = reader.IsDBNull(21) ? null : reader.GetString(21),
        Cause = reader.IsDBNull(22) ? null : reader.GetString(22),
        BeganNumber = reader.IsDBNull(23) ? null : reader.GetInt64(23),
        BeganAt = reader.IsDBNull(24) ? null : reader.GetDateTime(24),
        Shift = reader.IsDBNull(25) ? null : reader.GetDouble(25),
        ShiftShare = reader.IsDBNull(26) ? null : reader.GetDouble(26),
        Told = reader.GetBoolean(27),
    };

    /// <summary>What the chart of a row was that was read <see cref="WithKind"/>.</summary>
    public static short ReadKind(NpgsqlDataReader reader) => reader.GetInt16(28);
}
