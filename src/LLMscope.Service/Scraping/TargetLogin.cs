using System.Net.Http.Headers;
using System.Text;

namespace LLMscope.Service.Scraping;

/// <summary>How a scrape says who it is. What is secret is never part of a text about it.</summary>
internal sealed class TargetLogin
{
    // A token is a line; what is larger is another file than the one that was meant.
    private const int LargestFile = 16 * 1024;

    private readonly string? _username;
    private readonly string? _secret;
    private readonly string? _file;

    private TargetLogin(string? username, string? secret, string? file) => (_username, _secret, _file) = (username, secret, file);

    public static TargetLogin Of(TargetOptions options) =>
        new(options.Username, options.Username is null ? options.BearerToken : options.Password, options.Username is null ? options.BearerTokenFile : options.PasswordFile);

    /// <summary>Null where the target asks for none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public async Task<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellation)
    {
        var secret = _file is null ? _secret : await ReadAsync(_file, cancellation);
        if (_username is not null)
            return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_username}:{secret}")));

        return string.IsNullOrEmpty(secret) ? null : new AuthenticationHeaderValue("Bearer", secret);
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellation)
    {
        if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
            throw new IOException($"'{path}' is larger than {LargestFile} bytes.");

        var secret = (await File.ReadAllTextAsync(path, cancellation)).Trim();
        return secret.Length > 0 && !secret.Any(char.IsControl) ? secret : throw new IOException($"'{path}' does not hold one line of text.");
    }
}
