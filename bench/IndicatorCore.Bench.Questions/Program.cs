using System.Text.Json.Nodes;

namespace IndicatorCore.Bench.Questions;

/// <summary>
/// One contender of bench/peers: reads a request a line from standard input, writes an answer a line to standard output, until the input
/// ends or asks to quit. A failed request is answered with <c>error</c>; the next one is taken as ever.
/// </summary>
internal static class Program
{
    public static async Task<int> Main()
    {
        IContender? contender = null;
        try
        {
            while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                JsonObject answer;
                try
                {
                    var request = JsonNode.Parse(line)!.AsObject();
                    var operation = (string?)request["op"];
                    if (operation == "quit")
                    {
                        break;
                    }

                    if (operation == "prepare")
                    {
                        contender?.Dispose();
                        contender = (string?)request["engine"] == "limits" ? LimitContender.Open(request) : EngineContender.Open(request);
                    }

                    answer = await AnswerAsync(contender, operation, request).ConfigureAwait(false);
                }
                catch (Exception fault)
                {
                    // whatever it is, it is the harness's to say so, with the case at fault
                    answer = new JsonObject { ["error"] = fault.ToString() };
                }

                await Console.Out.WriteLineAsync(answer.ToJsonString()).ConfigureAwait(false);
                await Console.Out.FlushAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            contender?.Dispose();
        }

        return 0;
    }

    private static async Task<JsonObject> AnswerAsync(IContender? contender, string? operation, JsonObject request)
    {
        if (operation == "hello")
        {
            return [];
        }

        if (contender is null)
        {
            throw new InvalidOperationException("The first request is to prepare a case.");
        }

        switch (operation)
        {
            case "prepare":
                return contender.Describe();
            case "run":
                return await contender.RunAsync(request).ConfigureAwait(false);
            case "dump":
                return await contender.DumpAsync(request).ConfigureAwait(false);
            case "memory":
                GC.Collect();
                return new JsonObject { ["managedBytes"] = GC.GetTotalMemory(forceFullCollection: true) };
            default:
                throw new ArgumentException($"There is no operation '{operation}'.", nameof(request));
        }
    }
}
