using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators;

/// <summary>
/// The public keys whose signatures on state files are believed. A certificate counts as its key: neither who issued it nor until when it
/// is valid is looked at, for a state must verify the same tomorrow; take a key away to believe it no longer.
/// </summary>
public sealed class StateTrust : IDisposable
{
    private static readonly string[] s_patterns = ["*.pem", "*.crt", "*.cer", "*.pub"];

    private readonly Dictionary<string, (string Name, AsymmetricAlgorithm Key, string Algorithm)> _keys = new(StringComparer.Ordinal);

    private StateTrust()
    {
    }

    /// <summary>How many keys there are.</summary>
    public int Count => _keys.Count;

    /// <summary>Reads the keys of a directory: PEM files of public keys or certificates, <c>*.pem *.crt *.cer *.pub</c>. A signer is called as its file.</summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="ConfigurationException">A file holds no such key, or there is none.</exception>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static StateTrust Load(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var trust = new StateTrust();
        try
        {
            foreach (var path in s_patterns.SelectMany(pattern => Directory.EnumerateFiles(directory, pattern)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var key = Read(path, out var algorithm);
                if (!trust._keys.TryAdd(Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())), (Path.GetFileNameWithoutExtension(path), key, algorithm)))
                {
                    key.Dispose();   // the same key once more
                }
            }

            return trust.Count > 0
                ? trust
                : throw new ConfigurationException(
                    $"The directory '{directory}' holds no public key: no file called {string.Join(", ", s_patterns)}", advice: "Put the public keys of those who sign into it, in PEM.");
        }
        catch
        {
            trust.Dispose();
            throw;
        }
    }

    /// <summary>Verifies the signature beside a state file.</summary>
    /// <param name="path">The state file.</param>
    /// <returns>Who signed it, as the key's file is called, and the key.</returns>
    /// <exception cref="UntrustedStateException">It is not signed, or not by one of these keys, or not as it is.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public (string Signer, string KeyId) Verify(string path)
    {
        var location = new DataLocation(File: path);
        var signature = StateSignature.Find(path)
            ?? throw new UntrustedStateException($"The state is not signed: there is no '{Path.GetFileName(path)}{StateSignature.Suffix}' beside it", location, "Have it signed by who made it (--sign).");
        if (!_keys.TryGetValue(signature.KeyId, out var known))
        {
            throw new UntrustedStateException($"The state is signed by an unknown key, {signature.KeyId}", location, "Put its public key into the directory of trusted keys, if you trust it.");
        }

        // the algorithm is the key's, whatever the signature says of itself
        if (signature.Algorithm != known.Algorithm)
        {
            throw new UntrustedStateException($"The signature says {signature.Algorithm}, the key of '{known.Name}' is for {known.Algorithm}", location, "Have the file signed again.");
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return IsGood(known.Key, file, signature, known.Algorithm)
            ? (known.Name, signature.KeyId)
            : throw new UntrustedStateException(
                $"The signature of '{known.Name}' does not fit: the file was altered after it was signed, or the signature is of another file", location, "Get the file again from who made it.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, key, _) in _keys.Values)
        {
            key.Dispose();
        }

        _keys.Clear();
    }

    private static bool IsGood(AsymmetricAlgorithm key, FileStream file, StateSignature signature, string algorithm)
    {
        try
        {
            return key switch
            {
                ECDsa curve => curve.VerifyData(file, signature.Value.ToArray(), StateSignature.HashOf(algorithm), DSASignatureFormat.Rfc3279DerSequence),
                RSA rsa => rsa.VerifyData(file, signature.Value.ToArray(), StateSignature.HashOf(algorithm), RSASignaturePadding.Pss),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static AsymmetricAlgorithm Read(string path, out string algorithm)
    {
        var location = new DataLocation(File: path);
        var pem = File.ReadAllText(path);
        if (pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new ConfigurationException("The directory of trusted keys holds a private key", location, "Keep it with who signs; put its public key here.");
        }

        AsymmetricAlgorithm? key = null;
        try
        {
            key = pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal) ? OfCertificate(pem) : OfPublicKey(pem);
            algorithm = StateKeyPair.AlgorithmOf(key) ?? throw new CryptographicException("it is of a kind that is not used here");
            return key;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            key?.Dispose();
            throw new ConfigurationException(
                $"The file holds no public key or certificate that can be used: {fault.Message}", location, $"Use one of {string.Join(", ", StateSignature.Algorithms)}, in PEM.", fault);
        }
    }

    private static AsymmetricAlgorithm OfCertificate(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return (AsymmetricAlgorithm?)certificate.GetECDsaPublicKey() ?? certificate.GetRSAPublicKey() ?? throw new CryptographicException("the certificate is of no such key");
    }

    private static AsymmetricAlgorithm OfPublicKey(string pem)
    {
        var curve = ECDsa.Create();
        try
        {
            curve.ImportFromPem(pem);
            return curve;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            curve.Dispose();
        }

        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return rsa;
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }
}
