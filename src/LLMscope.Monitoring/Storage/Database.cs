using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>How LLMscope connects: one pool for all rooms.</summary>
internal static class Database
{
    public static NpgsqlDataSource Open(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "LLMscope",
            Timezone = "UTC",
            WriteBufferSize = 64 * 1024, // COPY writes much at once; 8 KiB would be sixteen calls of the kernel for each of its buffers.
        };
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, 20);
        return NpgsqlDataSource.Create(settings);
    }
}
