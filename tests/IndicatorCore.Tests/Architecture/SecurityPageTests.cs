using System.Globalization;
using System.Text.RegularExpressions;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Architecture;

public sealed partial class SecurityPageTests
{
    [Fact]
    public void The_table_of_limits_is_the_options_and_their_defaults()
    {
        var page = File.ReadAllText(Path.Combine(Shared.Repository, "docs", "SECURITY.md"));
        var written = Row().Matches(page).Select(static row => (row.Groups[1].Value, row.Groups[2].Value)).Order().ToArray();
        var real = typeof(IpcReaderOptions).GetProperties()
            .Where(static option => option.PropertyType == typeof(int) || option.PropertyType == typeof(long))
            .Select(static option => (option.Name, Convert.ToInt64(option.GetValue(IpcReaderOptions.Default)).ToString("N0", CultureInfo.InvariantCulture)))
            .Order()
            .ToArray();
        Assert.Equal(real, written);
    }

    [GeneratedRegex(@"^\| `(Max\w+)` \| ([\d,]+) \|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Row();
}
