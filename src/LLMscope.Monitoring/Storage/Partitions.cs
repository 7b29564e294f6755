using System.Globalization;
using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// The day and month partitions of the tables that grow. They are made when their first row comes, in its transaction,
/// and dropped whole by <see cref="Retention"/>; rows are never deleted one by one.
/// </summary>
internal sealed class Partitions
{
    /// <summary>The tables that are partitioned, and whether by month; by day otherwise.</summary>
    public static IReadOnlyList<(string Table, bool Monthly)> Tables { get; } =
        [("sample_blocks", false), ("calls", false), ("item_keys", false), ("points", true)];

    // Bounded by retention: one entry per table and kept day or month.
    private readonly Lock _gate = new();
    private readonly HashSet<string> _existing = new(StringComparer.Ordinal);
    private readonly HashSet<(string Table, string Name)> _uncommitted = [];

    /// <summary>Makes the partitions of these days where they are missing, within the transaction of the connection.</summary>
    public async Task EnsureAsync(NpgsqlConnection connection, string table, IEnumerable<DateOnly> days, CancellationToken cancellation)
    {
        var monthly = IsMonthly(table);
        foreach (var day in days)
        {
            var (name, from, to) = RangeOf(table, monthly, day);
            if (IsKnown(name))
                continue;

            // Names and bounds are made here from dates; nothing of a caller gets into the statement.
            await using var command = new NpgsqlCommand(
                $"CREATE TABLE IF NOT EXISTS {name} PARTITION OF {table} FOR VALUES FROM ('{from:yyyy-MM-dd}') TO ('{to:yyyy-MM-dd}')", connection);
            await command.ExecuteNonQueryAsync(cancellation);
            lock (_gate)
                _uncommitted.Add((table, name));
        }
    }

    /// <summary>
    /// To be called once a transaction that made partitions of these tables is committed; until then they may be rolled back. Each table
    /// has one writer, so a commit of one says nothing of the partitions that another is making.
    /// </summary>
    public void Committed(params string[] tables)
    {
        lock (_gate)
        {
            _existing.UnionWith(_uncommitted.Where(made => tables.Contains(made.Table, StringComparer.Ordinal)).Select(made => made.Name));
            _uncommitted.RemoveWhere(made => tables.Contains(made.Table, StringComparer.Ordinal));
        }
    }

    /// <summary>The partitions of a table that hold only days before the given one.</summary>
    public static async Task<IReadOnlyList<string>> OlderThanAsync(
        NpgsqlConnection connection, string table, DateOnly day, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });

        var older = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var name = reader.GetString(0);
            if (RangeOf(table, IsMonthly(table), FirstDayOf(table, name)).To <= day)
                older.Add(name);
        }

        return older;
    }

    public async Task DropAsync(NpgsqlConnection connection, string partition, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"DROP TABLE IF EXISTS {partition}", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        lock (_gate)
            _existing.Remove(partition);
    }

    private bool IsKnown(string name)
    {
        lock (_gate)
            return _existing.Contains(name);
    }

    private static bool IsMonthly(string table) => Tables.Single(known => known.Table == table).Monthly;

    private static (string Name, DateOnly From, DateOnly To) RangeOf(string table, bool monthly, DateOnly day)
    {
        var from = monthly ? new DateOnly(day.Year, day.Month, 1) : day;
        return ($"{table}_{from:yyyyMMdd}", from, monthly ? from.AddMonths(1) : from.AddDays(1));
    }

    private static DateOnly FirstDayOf(string table, string partition) =>
        DateOnly.ParseExact(partition.AsSpan(table.Length + 1), "yyyyMMdd", CultureInfo.InvariantCulture);
}
