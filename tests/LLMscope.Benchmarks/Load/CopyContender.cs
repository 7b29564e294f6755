using LLMscope.Monitoring.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Benchmarks.Load;

/// <summary>Binary COPY by the driver into a bare table of the same rows: the ceiling of whatever is durable in this database.</summary>
internal sealed class CopyContender : Contender
{
    private readonly string _root;
    private readonly DataFolder _folder;
    private readonly PrivatePostgres _postgres;
    private readonly NpgsqlDataSource _database;

    private CopyContender(string root, DataFolder folder, PrivatePostgres postgres) =>
        (_root, _folder, _postgres, _database) = (root, folder, postgres, NpgsqlDataSource.Create(postgres.ConnectionString));

    public override string Name => "binary COPY by Npgsql, no HTTP, no judging, its client not counted";

    public override bool IsDurable => true;

    public static async Task<CopyContender> StartAsync(CancellationToken cancellation)
    {
        var root = Directory.CreateTempSubdirectory("llmscope-benchmark-").FullName;
        File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var folder = DataFolder.Open(Path.Combine(root, "database"));
        var contender = new CopyContender(
            root, folder, await PrivatePostgres.StartAsync(folder, new PrivatePostgresOptions(), TimeProvider.System, NullLogger.Instance, cancellation));
        await using var table = contender._database.CreateCommand("CREATE TABLE ceiling (sequence bigint, series_id int, time timestamptz, value float8, standing smallint, call_id bigint)");
        await table.ExecuteNonQueryAsync(cancellation);
        return contender;
    }

    public override Sender Connect(IReadOnlyList<int> series, int samples, int seed) => new CopySender(_database, series, samples, new Random(seed));

    public override double Cpu() => ProcessCpu.Of(_postgres.ProcessId);

    public override async Task<long> CountAsync(CancellationToken cancellation) => await AskAsync("SELECT count(*) FROM ceiling", cancellation);

    public override async Task<long> BytesAsync(CancellationToken cancellation) => await AskAsync("SELECT pg_total_relation_size('ceiling')", cancellation);

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _postgres.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private async Task<long> AskAsync(string sql, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private sealed class CopySender(NpgsqlDataSource database, IReadOnlyList<int> series, int samples, Random random) : Sender
    {
        private readonly NpgsqlConnection _connection = database.OpenConnection();
        private long _rows;

        public override async Task<int> SendAsync(CancellationToken cancellation)
        {
            var time = TimeProvider.System.GetUtcNow().UtcDateTime;
            await using var copy = await _connection.BeginBinaryImportAsync("COPY ceiling FROM STDIN (FORMAT BINARY)", cancellation);
            for (var i = 0; i < samples; i++)
            {
                copy.StartRow();
                copy.Write(++_rows, NpgsqlDbType.Bigint);
                copy.Write(series[i % series.Count], NpgsqlDbType.Integer);
                copy.Write(time, NpgsqlDbType.TimestampTz);
                copy.Write(random.NextDouble(), NpgsqlDbType.Double);
                copy.Write((short)0, NpgsqlDbType.Smallint);
                copy.WriteNull();
            }

            await copy.CompleteAsync(cancellation);
            return samples;
        }

        public override void Dispose() => _connection.Dispose();
    }
}
