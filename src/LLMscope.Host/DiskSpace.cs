using System.Text.RegularExpressions;

namespace LLMscope.Host;

/// <summary>How full a file system is, in bytes.</summary>
/// <param name="Available">What is left for who is not root.</param>
public readonly partial record struct DiskSpace(string Mount, long Used, long Available)
{
    // More mounts than this belong to a machine whose disks someone else watches.
    private const int MostMounts = 16;

    /// <summary>As <c>df</c> reckons it: of what may be used.</summary>
    public double? Utilization => Used + Available > 0 ? (double)Used / (Used + Available) : null;

    /// <summary>
    /// Where the disks of this machine are mounted, each once, by <c>/proc/mounts</c>. File systems of the kernel and of other machines are left out:
    /// asking after a server that is gone would hang.
    /// </summary>
    public static IReadOnlyList<string> MountsOf(string mounts)
    {
        var seen = new HashSet<string>();
        var found = new List<string>();
        foreach (var line in mounts.Split('\n'))
        {
            var fields = line.Split(' ');
            if (fields.Length < 3 || found.Count == MostMounts)
                continue;

            var (device, mount, kind) = (fields[0], Unescaped(fields[1]), fields[2]);
            var isDisk = (device.StartsWith("/dev/", StringComparison.Ordinal) && !device.StartsWith("/dev/loop", StringComparison.Ordinal)) || kind == "zfs";
            if ((isDisk || mount == "/") && !IsFile(mount) && seen.Add(device))
                found.Add(mount);
        }

        return found;
    }

    // A container has single files of its host mounted over its own.
    private static bool IsFile(string mount) => mount is "/etc/hosts" or "/etc/hostname" or "/etc/resolv.conf" or "/dev/termination-log";

    // Blanks and backslashes are written as three octal digits, see getmntent(3).
    private static string Unescaped(string mount) => Escape().Replace(mount, match => ((char)Convert.ToInt32(match.Value[1..], 8)).ToString());

    [GeneratedRegex(@"\\[0-3][0-7]{2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Escape();
}
