using System.Text.Json;

namespace LLMscope.Monitoring.Storage.PrivateServer;

/// <summary>
/// The symbolic links among the libraries of the npm package. A package cannot hold links, so it lists them; its own
/// install script that would make them is not run.
/// </summary>
internal static class BinaryLinks
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Makes the links that are missing. Several processes may do so at once.</summary>
    /// <param name="native">The folder that holds <c>bin</c>, <c>lib</c> and the list.</param>
    /// <returns>False where the folder cannot be written.</returns>
    public static bool TryRestore(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return true; // not from npm

        var package = Path.GetDirectoryName(native)!; // the list's paths begin with "native/"
        foreach (var entry in JsonSerializer.Deserialize<Entry[]>(File.ReadAllText(list), Json)!)
        {
            var link = Path.Combine(package, entry.Target);
            if (File.Exists(link))
                continue;

            try
            {
                File.CreateSymbolicLink(link, Path.GetRelativePath(Path.GetDirectoryName(link)!, Path.Combine(package, entry.Source)));
            }
            catch (UnauthorizedAccessException)
            {
                return false;
            }
            catch (IOException) when (File.Exists(link))
            {
                continue; // Another process was faster.
            }
            catch (IOException)
            {
                return false; // A read-only file system.
            }
        }

        return true;
    }

    /// <param name="Source">The file, from the folder of the package.</param>
    /// <param name="Target">The link to it.</param>
    private sealed record Entry(string Source, string Target);
}
