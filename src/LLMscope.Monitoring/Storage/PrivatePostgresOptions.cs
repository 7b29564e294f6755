namespace LLMscope.Monitoring.Storage;

/// <summary>Where LLMscope keeps its data, and which PostgreSQL it starts when no database is configured.</summary>
public sealed class PrivatePostgresOptions
{
    public const string Section = "LLMscope";

    /// <summary>The data folder; <see cref="Storage.DataFolder.DefaultPath"/> where it is left out.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The folder that holds <c>bin/postgres</c>, or that <c>bin</c> itself. Otherwise the PostgreSQL that came with LLMscope, then the system's.</summary>
    public string? PostgresBinaries { get; init; }

    /// <summary>Name or number of the user that runs the server when LLMscope runs as root; <c>postgres</c>, or else <c>nobody</c>, where it is left out.</summary>
    public string? PostgresUser { get; init; }
}
