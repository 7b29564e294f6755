using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LLMscope.Service.Scraping;

/// <summary>The authorities that vouch for the server of a target, in the place of those that the machine trusts. Its file is read once.</summary>
internal sealed class TargetTrust
{
    // All the authorities of a machine are a quarter of it.
    private const int LargestFile = 1024 * 1024;

    private readonly X509Certificate2Collection _authorities;

    private TargetTrust(X509Certificate2Collection authorities) => _authorities = authorities;

    /// <summary>Null where those of the machine are trusted.</summary>
    public static TargetTrust? Of(TargetOptions options) => options.CaFile is { } file ? new TargetTrust(Read(file)) : null;

    /// <summary>What is wrong with a file of authorities; null where nothing is.</summary>
    public static string? FaultOf(string file)
    {
        if (file.Length == 0)
            return "must be the path of a file";

        try
        {
            var authorities = Read(file);
            return authorities.Count == 0 ? $"'{file}' holds no certificate in PEM"
                : authorities.Any(IsRoot) ? null
                : $"'{file}' holds no root certificate, one that is its own issuer";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"cannot be read: {fault.Message.TrimEnd('.')}";
        }
    }

    /// <summary>For connections to the target.</summary>
    public SslClientAuthenticationOptions Connections()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(_authorities);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    private static bool IsRoot(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static X509Certificate2Collection Read(string file)
    {
        if (new FileInfo(file) is { Exists: true, Length: > LargestFile })
            throw new IOException($"'{file}' is larger than {LargestFile} bytes.");

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }
}
