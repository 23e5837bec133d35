using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation;
using IndicatorCore.Errors;

namespace IndicatorCore.Tests.Aggregation;

public sealed class KeyTableTests
{
    private static readonly string[] s_edges =
    [
        "0", "00", "-0", "-1", "01", "+1", "1", " 1", "1 ", "1.0", "-", "4194303", "4194304", "2147483647", "4294967295", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "99999999999999999999", "1e3", "１", "产线", "line",
    ];

    [Fact]
    public void Every_text_has_one_number_and_gets_its_text_back()
    {
        var keys = new KeyTable("device", new MemoryBudget(1 << 28));
        var numbers = s_edges.Select(keys.GetOrAdd).ToArray();
        Assert.Equal(Enumerable.Range(0, s_edges.Length), numbers);
        Assert.Equal(s_edges, keys.Names());
        Assert.Equal(numbers, s_edges.Select(keys.Find));
        Assert.Equal(-1, keys.Find("never"));
        Assert.Equal(-1, keys.Find("17"));
        Assert.Equal(s_edges.Length, keys.Count);
    }

    [Fact]
    public void An_integer_is_its_decimal_form() => Prop.ForAll<long[], uint[]>((wide, narrow) =>
    {
        var keys = new KeyTable("device", new MemoryBudget(1 << 28));
        var numbers = new int[narrow.Length];
        keys.GetOrAdd(narrow, isSigned: true, numbers);
        Assert.Equal(numbers, narrow.Select(value => keys.Find(((int)value).ToString(CultureInfo.InvariantCulture))));
        keys.GetOrAdd(narrow, isSigned: false, numbers);
        Assert.Equal(numbers, narrow.Select(value => keys.Find(value.ToString(CultureInfo.InvariantCulture))));
        foreach (var value in wide)
        {
            var text = value.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(keys.GetOrAdd(Encoding.UTF8.GetBytes(text)), keys.GetOrAdd(value));
            Assert.Equal(text, keys.Name(keys.GetOrAdd(value)));
        }

        var names = keys.Names();
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys_of_another_table_keep_their_texts()
    {
        var random = new Random(1);
        var (one, other) = (new KeyTable("line", new MemoryBudget(1 << 24)), new KeyTable("line", new MemoryBudget(1 << 24)));
        for (var i = 0; i < 2_000; i++)
        {
            (i % 3 == 0 ? one : other).GetOrAdd(random.Next(2) == 0 ? $"{random.Next(500)}" : $"line-{random.Next(500)}");
        }

        var before = one.Names();
        var map = one.Take(other);
        Assert.Equal(other.Names(), map.Select(one.Name));
        Assert.Equal(before, one.Names()[..before.Length]);
    }

    [Fact]
    public void Many_threads_see_one_number_a_key()
    {
        var keys = new KeyTable("device", new MemoryBudget(1 << 28));
        var seen = new Dictionary<string, int>[4];
        Parallel.For(0, seen.Length, new ParallelOptions { MaxDegreeOfParallelism = seen.Length }, worker =>
        {
            var random = new Random(worker);
            seen[worker] = new Dictionary<string, int>(StringComparer.Ordinal);
            var (values, numbers) = (new uint[64], new int[64]);
            for (var i = 0; i < 2_000; i++)
            {
                var text = $"key {random.Next(5_000)}";
                seen[worker][text] = keys.GetOrAdd(text);
                values.AsSpan().Fill((uint)random.Next(1 << 16));
                values[random.Next(64)] = (uint)random.Next(1 << 23);
                keys.GetOrAdd(values, isSigned: false, numbers);
                for (var at = 0; at < values.Length; at++)
                {
                    seen[worker][$"{values[at]}"] = numbers[at];
                }
            }
        });

        var names = keys.Names();
        Assert.All(seen, numbers => Assert.All(numbers, pair => Assert.Equal(pair.Key, names[pair.Value])));
        Assert.Equal(names.Length, seen.SelectMany(static numbers => numbers.Keys).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Memory_is_asked_for_before_a_key_is_kept()
    {
        var keys = new KeyTable("device", new MemoryBudget(1_000));
        var fault = Assert.Throws<LimitExceededException>(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                keys.GetOrAdd($"device-{i}");
            }
        });
        Assert.Contains("the keys of 'device'", fault.Message, StringComparison.Ordinal);
        Assert.InRange(keys.Count, 1, 20);
        Assert.All(keys.Names(), (name, number) => Assert.Equal(number, keys.Find(name)));
        Assert.Throws<LimitExceededException>(() => keys.GetOrAdd(4_000_000));
        Assert.Equal(-1, keys.Find("4000000"));
    }
}
