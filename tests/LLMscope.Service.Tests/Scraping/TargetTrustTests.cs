using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LLMscope.Service.Scraping;
using LLMscope.Service.Scraping.Deriving;
using LLMscope.Tests;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Scraping;

/// <summary>Scrapes over TLS: whom a target's server is believed.</summary>
public sealed class TargetTrustTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TemporaryFolder _folder = new();
    private readonly PageDownload _download = new(Options.Create(new ScrapingOptions()), TimeProvider.System);

    public void Dispose()
    {
        _download.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_server_is_believed_whose_certificate_an_authority_of_the_file_has_signed()
    {
        using var authority = Authority("ours");
        await using var server = await PageServer.StartAsync(Signed(authority, IPAddress.Loopback));

        Assert.Null(await ReadAsync(server, Written(authority)));
        Assert.Null(await ReadAsync(server, Written(Authority("others"), authority)));
    }

    [Fact]
    public async Task A_certificate_that_vouches_for_itself_can_be_named_too()
    {
        using var own = Signed(issuer: null, IPAddress.Loopback);
        await using var server = await PageServer.StartAsync(own);

        Assert.Null(await ReadAsync(server, Written(own)));
    }

    [Fact]
    public async Task Without_the_file_with_another_authority_or_another_name_it_is_not()
    {
        using var authority = Authority("ours");
        await using var server = await PageServer.StartAsync(Signed(authority, IPAddress.Loopback));
        await using var misnamed = await PageServer.StartAsync(Signed(authority, IPAddress.Parse("127.0.0.99")));

        foreach (var fault in new[] { await ReadAsync(server, null), await ReadAsync(server, Written(Authority("ours"))), await ReadAsync(misnamed, Written(authority)) })
        {
            Assert.Equal(ScrapeOutcome.Unreachable, fault?.Outcome);
            Assert.Contains("certificate", fault!.Problem, StringComparison.Ordinal);
        }

        Assert.False(server.TryTake(out _) || misnamed.TryTake(out _));
    }

    [Fact]
    public void A_file_without_a_root_is_refused_at_the_start()
    {
        using var authority = Authority("ours");
        using var signed = Signed(authority, IPAddress.Loopback);
        var file = Written(signed);

        Assert.Equal($"'{file}' holds no root certificate, one that is its own issuer", TargetTrust.FaultOf(file));
        Assert.StartsWith("cannot be read: ", TargetTrust.FaultOf(_folder.Write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")), StringComparison.Ordinal);
        Assert.Null(TargetTrust.FaultOf(Written(signed, authority)));
    }

    private async Task<ScrapeFault?> ReadAsync(PageServer server, string? authorities)
    {
        var plan = TargetPlan.Of(new TargetOptions { Address = server.Url, Preset = "vllm", CaFile = authorities });
        return await _download.ReadAsync(plan, new ScrapedPage(Now.UtcDateTime, plan.Wanted, plan.Map, 10), TestContext.Current.CancellationToken);
    }

    private string Written(params X509Certificate2[] certificates) =>
        _folder.Write($"{Guid.NewGuid():N}.pem", string.Join('\n', certificates.Select(certificate => certificate.ExportCertificatePem())));

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(Now.AddHours(-1), Now.AddHours(1));
    }

    /// <param name="issuer">Null for one that has signed itself.</param>
    private static X509Certificate2 Signed(X509Certificate2? issuer, IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = issuer is null
            ? request.CreateSelfSigned(Now.AddMinutes(-30), Now.AddMinutes(30))
            : request.Create(issuer, Now.AddMinutes(-30), Now.AddMinutes(30), RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);

        // What a server uses has its key in a store.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
