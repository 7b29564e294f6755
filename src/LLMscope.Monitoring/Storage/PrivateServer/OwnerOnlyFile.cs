using System.Security.Cryptography;

namespace LLMscope.Monitoring.Storage.PrivateServer;

/// <summary>A small file that only its owner can read, from its first moment on.</summary>
internal static class OwnerOnlyFile
{
    public static void Write(string path, string text)
    {
        File.Delete(path); // A file that was there would keep its permissions.
        using var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using (var writer = new StreamWriter(stream, leaveOpen: true))
            writer.Write(text);

        stream.Flush(flushToDisk: true);
    }

    /// <summary>The secret in the file, made at the first reading.</summary>
    public static string ReadOrMakeSecret(string path)
    {
        if (!File.Exists(path))
        {
            var partial = $"{path}.new";
            Write(partial, Convert.ToHexString(RandomNumberGenerator.GetBytes(24)));
            File.Move(partial, path);
        }

        return File.ReadAllText(path).Trim();
    }
}
