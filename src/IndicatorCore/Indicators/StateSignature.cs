using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators;

/// <summary>
/// The detached signature of a state file: JSON beside it, in <c>FILE.sig</c>. It is over all bytes of the file, so that any program that
/// verifies signatures can check it (docs/distributed.md).
/// </summary>
/// <param name="Algorithm">One of <see cref="Algorithms"/>.</param>
/// <param name="KeyId">The key: SHA-256 of its SubjectPublicKeyInfo, lower-case hexadecimal.</param>
/// <param name="Value">The signature; of ECDSA the DER sequence of RFC 3279.</param>
public sealed record StateSignature(string Algorithm, string KeyId, ReadOnlyMemory<byte> Value)
{
    /// <summary>What stands behind the name of a file in that of its signature.</summary>
    public const string Suffix = ".sig";

    private const int MostBytes = 64 << 10;

    /// <summary>The algorithms: ECDSA over P-256 with SHA-256, over P-384 with SHA-384, RSA-PSS with SHA-256.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["ecdsa-p256-sha256", "ecdsa-p384-sha384", "rsa-pss-sha256"];

    /// <summary>The signature as a line of JSON.</summary>
    public byte[] ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>();
        var json = new JsonOutput(bytes);
        json.StartObject();
        json.Name("version");
        json.Value(1);
        json.Name("algorithm");
        json.Value(Algorithm);
        json.Name("key_id");
        json.Value(KeyId);
        json.Name("signature");
        json.Value(Convert.ToBase64String(Value.Span));
        json.EndObject();
        json.LineFeed();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads the signature beside a file.</summary>
    /// <param name="path">The file that is signed.</param>
    /// <returns>The signature; null when there is none.</returns>
    /// <exception cref="UntrustedStateException">What is there is no signature.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StateSignature? Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = path + Suffix;
        if (!File.Exists(name))
        {
            return null;
        }

        try
        {
            using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > MostBytes)
            {
                throw new FormatException($"{file.Length} bytes are no signature");
            }

            using var document = JsonDocument.Parse(file);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != 1)
            {
                throw new FormatException("its version is not 1");
            }

            return new StateSignature(
                root.GetProperty("algorithm").GetString() ?? string.Empty, root.GetProperty("key_id").GetString() ?? string.Empty, root.GetProperty("signature").GetBytesFromBase64());
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UntrustedStateException($"The signature '{name}' cannot be read: {fault.Message}", new DataLocation(File: path), "Have the file signed again.", fault);
        }
    }

    /// <summary>The hash that an algorithm signs.</summary>
    internal static HashAlgorithmName HashOf(string algorithm) => algorithm == Algorithms[1] ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>The algorithm of a key on a curve, or null where it is neither P-256 nor P-384.</summary>
    internal static string? AlgorithmOf(ECDsa key) => key.KeySize switch
    {
        256 when IsCurve(key, ECCurve.NamedCurves.nistP256) => Algorithms[0],
        384 when IsCurve(key, ECCurve.NamedCurves.nistP384) => Algorithms[1],
        _ => null,
    };

    private static bool IsCurve(ECDsa key, ECCurve curve) => key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value == curve.Oid.Value;
}
