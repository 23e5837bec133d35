using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>Posts alerts, one a request, signed with HMAC-SHA256.</summary>
internal sealed class Webhook : IDisposable
{
    /// <summary><c>t=SECONDS,sha256=HEX</c>: of <c>SECONDS.BODY</c>, so that nothing old can be sent again.</summary>
    public const string Header = "X-Indicators-Signature";

    private readonly WebhookTarget _target;
    private readonly byte[]? _secret;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public Webhook(WebhookTarget target, string? secret, TimeProvider time)
    {
        (_target, _time) = (target, time);
        _secret = secret is null ? null : Encoding.UTF8.GetBytes(secret);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false })
        {
            Timeout = target.Timeout,
            MaxResponseContentBufferSize = 64 << 10,
        };
    }

    /// <summary>Where alerts go, without what an address may keep secret.</summary>
    public string Name => _target.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>Posts one alert.</summary>
    /// <returns>Null when it was taken (2xx), else why not.</returns>
    public async Task<string?> PostAsync(string alert, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(alert);
        using var request = new HttpRequestMessage(HttpMethod.Post, _target.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        if (_secret is not null)
        {
            request.Headers.Add(Header, Sign(_secret, _time.GetUtcNow().ToUnixTimeSeconds(), body));
        }

        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"it answers {(int)response.StatusCode}");
        }
        catch (HttpRequestException problem)
        {
            return problem.HttpRequestError == HttpRequestError.Unknown ? "it cannot be reached" : $"it cannot be reached ({problem.HttpRequestError})";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "it does not answer in time";
        }
    }

    /// <summary>The signature of a body.</summary>
    public static string Sign(byte[] secret, long seconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hash.AppendData(body);
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},sha256={Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }

    public void Dispose() => _client.Dispose();
}
