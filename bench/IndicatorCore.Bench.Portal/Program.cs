using System.Globalization;
using IndicatorCore.Bench.Portal;

// province DIR [FACTORIES MONTHS INDICATORS]: publishes a made-up province into a folder store
// load URL RATE SECONDS [FACTORIES MONTHS INDICATORS]: asks a server that serves it, and says how long answers took
int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
switch (args)
{
    case ["province", var folder, ..]:
        await MadeUpProvince.PublishAsync(folder, new ProvinceSize(Number(2, 10_000), Number(3, 24), Number(4, 20)));
        return 0;
    case ["load", var url, var rate, var seconds, ..]:
        var size = new ProvinceSize(Number(4, 10_000), Number(5, 24), Number(6, 20));
        return await new LoadRun(new Uri(url), int.Parse(rate, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture), size).RunAsync() ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync("province DIR [FACTORIES MONTHS INDICATORS] | load URL RATE SECONDS [FACTORIES MONTHS INDICATORS]");
        return 2;
}
