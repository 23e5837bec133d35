using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace IndicatorCore.Bench.Portal;

/// <summary>
/// Asks at a fixed rate, whether or not answers have come, and counts from the moment at which a request was due: a server that stalls is not spared the requests that it
/// would have held up.
/// </summary>
/// <param name="root">The server.</param>
/// <param name="rate">Requests a second.</param>
/// <param name="seconds">For how long.</param>
/// <param name="size">What it serves.</param>
internal sealed class LoadRun(Uri root, int rate, int seconds, ProvinceSize size)
{
    private const int Connections = 64;
    private const int Kinds = 6;
    private static readonly string[] s_kinds = ["ranking of a month", "months of a factory", "a city's factories in a month", "series of a factory", "page of a level", "cities of a month"];
    private readonly ConcurrentBag<(int Kind, double Milliseconds)> _answers = [];
    private long _bytes;
    private int _failures;

    /// <summary>Runs, and prints what was measured.</summary>
    /// <returns>Whether every answer was 200.</returns>
    public async Task<bool> RunAsync()
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections, PooledConnectionLifetime = TimeSpan.FromHours(1) };
        using var client = new HttpClient(handler) { BaseAddress = root, Timeout = TimeSpan.FromSeconds(60) };
        for (var warm = 0; warm < 500; warm++)
        {
            using var response = await client.GetAsync(Address(warm, out _));
            await response.Content.ReadAsByteArrayAsync();
        }

        var total = rate * seconds;
        var work = new List<Task>(total);
        var since = Stopwatch.GetTimestamp();
        for (var i = 0; i < total;)
        {
            for (var due = (int)Math.Min(total, Stopwatch.GetElapsedTime(since).TotalSeconds * rate); i < due; i++)
            {
                work.Add(AskAsync(client, i, since));
            }

            await Task.Delay(1);
        }

        await Task.WhenAll(work);
        Print(Stopwatch.GetElapsedTime(since).TotalSeconds);
        return _failures == 0;
    }

    private async Task AskAsync(HttpClient client, int i, long since)
    {
        try
        {
            using var response = await client.GetAsync(Address(i + 1_000_003, out var kind), HttpCompletionOption.ResponseHeadersRead);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            _answers.Add((kind, (Stopwatch.GetElapsedTime(since).TotalSeconds - ((double)i / rate)) * 1000));
            Interlocked.Add(ref _bytes, bytes.Length);
            if (!response.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref _failures);
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    private string Address(int i, out int kind)
    {
        // spread without repeating soon, the same in every run
        var spread = unchecked((uint)i * 2_654_435_761u);
        kind = (int)((spread >> 8) % Kinds);
        var indicator = size.Ids[(int)((spread >> 3) % (uint)size.Ids.Count)];
        var other = size.Ids[(int)((spread >> 5) % (uint)size.Ids.Count)];
        var month = (int)((spread >> 7) % (uint)size.Months);
        var factory = ProvinceSize.Factory((int)((spread >> 4) % (uint)size.Factories));
        var city = Uri.EscapeDataString(ProvinceSize.City((int)((spread >> 6) % ProvinceSize.Cities)));
        var window = string.Create(CultureInfo.InvariantCulture, $"from={ProvinceSize.Month(month):yyyy-MM-dd}&to={ProvinceSize.Month(month + 1):yyyy-MM-dd}");
        return "api/v1/" + kind switch
        {
            0 => $"results?view=month&level=factory&indicator={indicator}&{window}&sort=-value&limit=20",
            1 => $"results?view=month&group=factory:{factory}&indicator={indicator},{other}&limit=100",
            2 => $"results?view=month&level=factory&within=city:{city}&indicator={indicator}&{window}&limit=50",
            3 => $"series?view=month&indicator={indicator}&group=factory:{factory}",
            4 => string.Create(CultureInfo.InvariantCulture, $"results?level=factory&indicator={indicator}&offset={spread % (uint)size.Factories}&limit=50"),
            _ => $"results?view=month&level=city&indicator={indicator}&{window}",
        };
    }

    private void Print(double elapsed)
    {
        Console.WriteLine($"{_answers.Count:N0} answers in {elapsed:0.0} s: {_answers.Count / elapsed:0} requests/s, {_bytes / elapsed / 1e6:0.0} MB/s, {_failures} failures");
        Line("all", [.. _answers.Select(static answer => answer.Milliseconds)]);
        for (var kind = 0; kind < Kinds; kind++)
        {
            Line(s_kinds[kind], [.. _answers.Where(answer => answer.Kind == kind).Select(static answer => answer.Milliseconds)]);
        }
    }

    private static void Line(string name, double[] times)
    {
        Array.Sort(times);
        double At(double share) => times.Length == 0 ? 0 : times[Math.Min(times.Length - 1, (int)(times.Length * share))];
        Console.WriteLine($"{name,-30} {times.Length,8:N0}  p50 {At(0.5),8:0.00}  p90 {At(0.9),8:0.00}  p99 {At(0.99),8:0.00}  p99.9 {At(0.999),8:0.00}  max {At(1),8:0.00} ms");
    }
}
