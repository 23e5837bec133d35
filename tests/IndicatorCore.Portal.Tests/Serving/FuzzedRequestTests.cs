using FsCheck.Fluent;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Serving;

/// <summary>Whatever stands in an address: an answer, or a fault of the caller's; never one of the server's.</summary>
[Collection("sample server")]
public sealed class FuzzedRequestTests(SampleServer sample)
{
    private static readonly string[] s_paths =
    [
        "datasets", "datasets/sample/revisions", "catalog", "catalog/knr", "places", "results", "series", "results/sample/1/0", "declared", "coverage", "quality", "difference", "forms",
        "alerts", "whoami", "/metrics", "/", "/openapi/v1.json",
    ];

    private static readonly string[] s_names =
    [
        "dataset", "revision", "view", "indicator", "level", "group", "within", "from", "to", "status", "sort", "offset", "limit", "factory", "count", "format", "name", "x", "",
    ];

    private static readonly string[] s_values =
    [
        "sample", "1", "0", "-1", "2147483647", "2147483648", "9223372036854775807", "99999999999999999999", "month", "default", "knr", "factory", "factory,line", "city:大连", "factory:F001",
        "province:", ":", "a:b:c", "2024-01-01", "0001-01-01", "9999-12-31", "2024-01-01T00:00:00Z", "value", "-value", "window", "PUBLISHED", "", " ", "%", "%zz", "%00", "\u0000", "\ud800", "𠮷",
        "../../etc/passwd", "'; drop table", "<script>", "NaN", "1e9", "json", "xlsx", "null", ",,,", "é",
    ];

    [Fact]
    public async Task No_address_makes_the_server_fail()
    {
        var key = await sample.Server.KeyAsync("read all", "upload all");
        var scoped = await sample.Server.KeyAsync("read city:大连");
        var parameter = from name in Gen.Elements(s_names)
                        from value in Gen.OneOf(Gen.Elements(s_values), ArbMap.Default.GeneratorFor<string>().Select(static text => text ?? string.Empty))
                        from escaped in Gen.Elements(true, true, false)
                        select $"{name}={(escaped ? Escape(value) : Raw(value))}";
        var address = from path in Gen.Elements(s_paths)
                      from count in Gen.Choose(0, 4)
                      from parameters in parameter.ArrayOf(count)
                      select $"{path}?{string.Join('&', parameters)}";
        var failures = new List<string>();
        foreach (var path in address.Sample(400, 400))
        {
            foreach (var who in new[] { key, scoped })
            {
                using var response = await sample.Server.GetAsync(path, who);
                if ((int)response.StatusCode >= 500 || ((int)response.StatusCode >= 400 && response.Content.Headers.ContentType?.MediaType != "application/problem+json"))
                {
                    failures.Add($"{(int)response.StatusCode} {path}");
                }
            }
        }

        Assert.Empty(failures);
        Assert.Empty(sample.Server.Faults.Lines);
    }

    [Fact]
    public async Task No_path_makes_the_server_fail()
    {
        var key = await sample.Server.KeyAsync("read all", "upload all");
        var piece = Gen.OneOf(Gen.Elements("results", "sample", "1", "0", "datasets", "revisions", "catalog", "forms", "uploads", "stream", "..", ".", "%2f", "%00", ""), ArbMap.Default.GeneratorFor<string>().Select(static text => Escape(text ?? string.Empty)));
        var path = from count in Gen.Choose(0, 5)
                   from pieces in piece.ArrayOf(count)
                   select string.Join('/', pieces);
        var failures = new List<string>();
        foreach (var one in path.Sample(200, 200))
        {
            using var response = await sample.Server.GetAsync("./" + one, key);
            if ((int)response.StatusCode >= 500)
            {
                failures.Add($"{(int)response.StatusCode} {one}");
            }
        }

        Assert.Empty(failures);
        Assert.Empty(sample.Server.Faults.Lines);
    }

    private static string Escape(string text) => Uri.EscapeDataString(new string([.. text.Where(static character => !char.IsSurrogate(character))]));

    private static string Raw(string text) => new([.. text.Where(static character => character is > ' ' and < '\u007f' and not ('#' or '&' or '+'))]);
}
