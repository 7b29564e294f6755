using Npgsql;

namespace LLMscope.Service;

/// <summary>
/// The database that an operator names: <c>ConnectionStrings:LLMscope</c>, with the password from a file where
/// <c>LLMscope:DatabasePasswordFile</c> names one, so that it stands neither in the environment nor in a command line.
/// </summary>
internal static class ConfiguredDatabase
{
    public const string PasswordFile = "LLMscope:DatabasePasswordFile";

    /// <returns>The whole connection string, or null where none is configured.</returns>
    /// <exception cref="InvalidOperationException">The file cannot be read or is empty.</exception>
    public static string? Find(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("LLMscope") is not { Length: > 0 } configured)
            return null;

        return configuration[PasswordFile] is { Length: > 0 } file
            ? new NpgsqlConnectionStringBuilder(configured) { Password = Read(file) }.ConnectionString
            : configured;
    }

    private static string Read(string file)
    {
        try
        {
            // An editor or echo leaves a line break at the end.
            return File.ReadAllText(file).TrimEnd('\r', '\n') is { Length: > 0 } password
                ? password
                : throw new InvalidOperationException($"The file with the password of the database, {file}, is empty ({PasswordFile}).");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The file with the password of the database cannot be read ({PasswordFile}): {fault.Message}", fault);
        }
    }
}
