namespace LLMscope.Monitoring.Storage.PrivateServer;

/// <summary>The configuration of the private server. It is written anew at every start; ALTER SYSTEM overrules it.</summary>
internal static class ClusterSettings
{
    public const int Connections = 50;

    /// <summary>Most log files that are kept, each up to 10 MB.</summary>
    public const int LogFiles = 5;

    public static string Server(string socketFolder) => $"""
        # Written by LLMscope at every start. Use ALTER SYSTEM for settings of your own.
        listen_addresses = ''
        port = 5432
        unix_socket_directories = '{socketFolder}'
        unix_socket_permissions = 0700
        max_connections = {Connections}
        shared_buffers = 128MB
        max_wal_size = 2GB
        wal_compression = on
        fsync = on
        timezone = 'UTC'
        lc_messages = 'C'
        password_encryption = 'scram-sha-256'

        # Statements can hold data, and a log is copied around more freely than a database.
        log_min_error_statement = panic
        log_parameter_max_length_on_error = 0
        log_checkpoints = off
        log_timezone = 'UTC'
        logging_collector = on
        log_directory = 'log'
        log_filename = 'server-%Y%m%d-%H%M%S.log'
        log_rotation_size = 10MB
        log_rotation_age = 0

        """;

    public const string Access = """
        # Written by LLMscope at every start.
        local all all scram-sha-256

        """;
}
