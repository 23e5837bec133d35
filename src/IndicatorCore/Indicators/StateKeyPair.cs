using System.Security.Cryptography;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators;

/// <summary>A private key that signs state files: ECDSA over P-256 or P-384, or RSA of 2,048 bits or more.</summary>
public sealed class StateKeyPair : IDisposable
{
    private const int LeastRsaBits = 2_048;

    private readonly AsymmetricAlgorithm _key;

    private StateKeyPair(AsymmetricAlgorithm key, string algorithm)
    {
        _key = key;
        Algorithm = algorithm;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>The algorithm, one of <see cref="StateSignature.Algorithms"/>.</summary>
    public string Algorithm { get; }

    /// <summary>SHA-256 of the public key's SubjectPublicKeyInfo, lower-case hexadecimal.</summary>
    public string KeyId { get; }

    /// <summary>The hash that is signed.</summary>
    public HashAlgorithmName HashAlgorithm => StateSignature.HashOf(Algorithm);

    /// <summary>Reads a private key from a PEM file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">The password of an encrypted key, or null.</param>
    /// <exception cref="ConfigurationException">It holds no key that can be used, or the password is missing or wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StateKeyPair Load(string path, string? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var pem = File.ReadAllText(path);
        var location = new DataLocation(File: path);
        var isEncrypted = pem.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);
        if (isEncrypted && string.IsNullOrEmpty(password))
        {
            throw new ConfigurationException("The private key is encrypted, and no password is given", location, "Put it into the variable INDICATORS_SIGN_PASSWORD.");
        }

        if (!pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new ConfigurationException("The file holds no private key in PEM", location, "Give the private key, not the certificate or public key.");
        }

        foreach (var make in new Func<AsymmetricAlgorithm>[] { ECDsa.Create, RSA.Create })
        {
            var key = make();
            var isTaken = false;
            try
            {
                if (isEncrypted)
                {
                    key.ImportFromEncryptedPem(pem, password);
                }
                else
                {
                    key.ImportFromPem(pem);
                }

                var pair = new StateKeyPair(key, AlgorithmOf(key) ?? throw Unsupported(location));
                isTaken = true;
                return pair;
            }
            catch (Exception fault) when (fault is CryptographicException or ArgumentException)
            {
                // of the other kind, perhaps
            }
            finally
            {
                if (!isTaken)
                {
                    key.Dispose();
                }
            }
        }

        throw isEncrypted
            ? new ConfigurationException("The private key cannot be decrypted: the password is wrong, or it is of a kind that is not used here", location, "Use ECDSA P-256 or P-384, or RSA.")
            : Unsupported(location);
    }

    /// <summary>Signs what has the hash.</summary>
    /// <param name="hash">The hash of the file's bytes by <see cref="HashAlgorithm"/>.</param>
    public StateSignature Sign(ReadOnlySpan<byte> hash) => new(Algorithm, KeyId, _key switch
    {
        ECDsa curve => curve.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence),
        RSA rsa => rsa.SignHash(hash, HashAlgorithm, RSASignaturePadding.Pss),
        _ => throw new NotSupportedException(),
    });

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The algorithm of a key, or null where it is none that is used.</summary>
    internal static string? AlgorithmOf(AsymmetricAlgorithm key) => key switch
    {
        ECDsa curve => StateSignature.AlgorithmOf(curve),
        RSA { KeySize: >= LeastRsaBits } => StateSignature.Algorithms[2],
        _ => null,
    };

    private static ConfigurationException Unsupported(DataLocation location) => new(
        "The key is of a kind that is not used here", location, $"Use one of {string.Join(", ", StateSignature.Algorithms)}; RSA from {LeastRsaBits:N0} bits.");
}
