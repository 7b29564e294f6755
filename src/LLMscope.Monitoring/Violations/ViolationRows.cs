using LLMscope.Spc;
using LLMscope.Spc.Rules;
using Npgsql;

namespace LLMscope.Monitoring.Violations;

/// <summary>Violations as rows.</summary>
internal static class ViolationRows
{
    public const string Columns =
        """
        v.id, v.chart_id, v.baseline_id, v.direction, v.state, v.severity, v.rules, v.first_rules, v.opened_at, v.opened_number, v.last_signal_at,
        v.last_signal_number, v.signal_points, v.value, v.extreme, v.centre, v.lower, v.upper, v.acknowledged_at, v.acknowledged_by,
        v.resolved_at, v.resolved_by, v.cause
        """;

    /// <summary>Stores what the monitor knows of a violation. What people said of it (acknowledged, cause) is left as it is.</summary>
    public static async Task SaveAsync(NpgsqlConnection connection, Violation violation, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO violations (id, chart_id, baseline_id, direction, state, severity, rules, first_rules, opened_at, opened_number,
                last_signal_at, last_signal_number, signal_points, value, extreme, centre, lower, upper, resolved_at, resolved_by)
            VALUES (@id, @chart, @baseline, @direction, @state, @severity, @rules, @first_rules, @opened_at, @opened_number,
                @last_at, @last_number, @points, @value, @extreme, @centre, @lower, @upper, @resolved_at, @resolved_by)
            ON CONFLICT (id) DO UPDATE SET direction = excluded.direction, severity = excluded.severity, rules = excluded.rules,
                last_signal_at = excluded.last_signal_at, last_signal_number = excluded.last_signal_number,
                signal_points = excluded.signal_points, extreme = excluded.extreme,
                state = CASE WHEN excluded.state = 2 THEN 2 ELSE violations.state END,
                resolved_at = excluded.resolved_at, resolved_by = excluded.resolved_by
            WHERE violations.state <> 2
            """,
            connection);
        command.Parameters.AddWithValue("id", violation.Id);
        command.Parameters.AddWithValue("chart", violation.ChartId);
        command.Parameters.AddWithValue("baseline", violation.BaselineId);
        command.Parameters.AddWithValue("direction", (short)violation.Direction);
        command.Parameters.AddWithValue("state", (short)violation.State);
        command.Parameters.AddWithValue("severity", (short)violation.Severity);
        command.Parameters.AddWithValue("rules", (short)violation.Rules);
        command.Parameters.AddWithValue("first_rules", (short)violation.FirstRules);
        command.Parameters.AddWithValue("opened_at", violation.OpenedAt);
        command.Parameters.AddWithValue("opened_number", violation.OpenedNumber);
        command.Parameters.AddWithValue("last_at", violation.LastSignalAt);
        command.Parameters.AddWithValue("last_number", violation.LastSignalNumber);
        command.Parameters.AddWithValue("points", violation.SignalPoints);
        command.Parameters.AddWithValue("value", violation.Value);
        command.Parameters.AddWithValue("extreme", violation.Extreme);
        command.Parameters.AddWithValue("centre", violation.Centre);
        command.Parameters.AddWithValue("lower", violation.Lower);
        command.Parameters.AddWithValue("upper", violation.Upper);
        command.Parameters.AddWithValue("resolved_at", NpgsqlTypes.NpgsqlDbType.TimestampTz, (object?)violation.ResolvedAt ?? DBNull.Value);
        command.Parameters.AddWithValue("resolved_by", NpgsqlTypes.NpgsqlDbType.Text, (object?)violation.ResolvedBy ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellation);
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
    };
}
