using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Signatures beside state files: by whom, of what, and what is refused.</summary>
public sealed class StateTrustTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StateTrustTests() => Directory.CreateDirectory(_folder.File("keys"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("p256", "ecdsa-p256-sha256")]
    [InlineData("p384", "ecdsa-p384-sha384")]
    [InlineData("rsa", "rsa-pss-sha256")]
    public void What_a_trusted_key_signed_is_believed(string kind, string algorithm)
    {
        using var key = Make(kind);
        var path = Signed(key, "a.state");
        Trust(key, "city a");
        using var trust = StateTrust.Load(_folder.File("keys"));
        Assert.Equal(("city a", Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))), trust.Verify(path));
        Assert.Equal(algorithm, StateSignature.Find(path)!.Algorithm);
    }

    [Fact]
    public void A_certificate_counts_as_its_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=site", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        _folder.Write("keys/site.crt", certificate.ExportCertificatePem());
        using var trust = StateTrust.Load(_folder.File("keys"));
        Assert.Equal("site", trust.Verify(Signed(key, "a.state")).Signer);
    }

    [Theory]
    [InlineData("unsigned", "not signed")]
    [InlineData("unknown key", "unknown key")]
    [InlineData("altered", "altered")]
    [InlineData("of another file", "does not fit")]
    [InlineData("no JSON", "cannot be read")]
    [InlineData("another algorithm", "is for ecdsa-p256-sha256")]
    [InlineData("another signature", "does not fit")]
    [InlineData("wrong key", "does not fit")]
    public void Anything_else_is_refused_by_name(string way, string says)
    {
        using var key = Make("p256");
        using var other = Make("p256");
        Trust(key, "a");
        var path = Signed(way == "unknown key" ? other : key, "a.state");
        var signature = path + ".sig";
        switch (way)
        {
            case "unsigned":
                File.Delete(signature);
                break;
            case "altered":
                File.AppendAllText(path, "!");
                break;
            case "of another file":
                File.Copy(Signed(key, "b.state") + ".sig", signature, overwrite: true);
                break;
            case "no JSON":
                File.WriteAllText(signature, "{}");
                break;
            case "another algorithm":
                File.WriteAllText(signature, File.ReadAllText(signature).Replace("ecdsa-p256-sha256", "rsa-pss-sha256", StringComparison.Ordinal));
                break;
            case "another signature":
                File.WriteAllText(signature, File.ReadAllText(signature).Replace("\"signature\":\"M", "\"signature\":\"N", StringComparison.Ordinal));
                break;
            case "wrong key":
                var mine = StateSignature.Find(path)!;
                File.WriteAllBytes(signature, (StateSignature.Find(Signed(other, "c.state"))! with { KeyId = mine.KeyId }).ToJson());
                break;
            default:
                break;
        }

        using var trust = StateTrust.Load(_folder.File("keys"));
        var fault = Assert.Throws<UntrustedStateException>(() => trust.Verify(path));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Equal((path, DataFault.Untrusted), (fault.Location.File, fault.Kind));
    }

    [Fact]
    public void An_encrypted_key_needs_its_password()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var pem = _folder.Write("key.pem", key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000)));
        using (StateKeyPair.Load(pem, "secret"))
        {
            Assert.Contains("INDICATORS_SIGN_PASSWORD", Assert.Throws<ConfigurationException>(() => StateKeyPair.Load(pem)).Message, StringComparison.Ordinal);
        }

        Assert.Contains("password is wrong", Assert.Throws<ConfigurationException>(() => StateKeyPair.Load(pem, "Secret")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no key", "no private key")]
    [InlineData("public", "no private key")]
    [InlineData("p521", "of a kind that is not used")]
    [InlineData("short rsa", "of a kind that is not used")]
    public void A_key_that_cannot_be_used_is_refused(string way, string says)
    {
        using var key = way switch { "p521" => Make("p521"), "short rsa" => RSA.Create(1_024), _ => Make("p256") };
        var pem = _folder.Write("key.pem", way == "no key" ? "hello" : way == "public" ? key.ExportSubjectPublicKeyInfoPem() : key.ExportPkcs8PrivateKeyPem());
        Assert.Contains(says, Assert.Throws<ConfigurationException>(() => StateKeyPair.Load(pem)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_of_trusted_keys_holds_public_keys_and_nothing_else()
    {
        Assert.Contains("no public key", Assert.Throws<ConfigurationException>(() => StateTrust.Load(_folder.File("keys"))).Message, StringComparison.Ordinal);
        using var key = Make("p256");
        _folder.Write("keys/a.pem", key.ExportPkcs8PrivateKeyPem());
        Assert.Contains("private key", Assert.Throws<ConfigurationException>(() => StateTrust.Load(_folder.File("keys"))).Message, StringComparison.Ordinal);
        _folder.Write("keys/a.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
        Assert.Contains("a.pem", Assert.Throws<ConfigurationException>(() => StateTrust.Load(_folder.File("keys"))).Message, StringComparison.Ordinal);
    }

    private static AsymmetricAlgorithm Make(string kind) => kind switch
    {
        "p256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        "p384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        "p521" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
        _ => RSA.Create(2_048),
    };

    private void Trust(AsymmetricAlgorithm key, string name) => _folder.Write($"keys/{name}.pem", key.ExportSubjectPublicKeyInfoPem());

    private string Signed(AsymmetricAlgorithm key, string name)
    {
        var path = _folder.Write(name, Encoding.UTF8.GetBytes($"the state {name}"));
        using var pair = StateKeyPair.Load(_folder.Write("private.pem", key.ExportPkcs8PrivateKeyPem()));
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path + ".sig", pair.Sign(pair.HashAlgorithm == HashAlgorithmName.SHA384 ? SHA384.HashData(bytes) : SHA256.HashData(bytes)).ToJson());
        return path;
    }
}
