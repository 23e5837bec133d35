using IndicatorCore.Errors;
using IndicatorCore.Fuzz.Layout;
using IndicatorCore.Fuzz.Oracles;
using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Tests.Fuzz;

/// <summary>The oracle itself: it knows what a changed byte may alter, and notices what it may not.</summary>
public sealed class ChangeScopeTests
{
    public static TheoryData<string> Seeds() => [.. SeedLibrary.Small.Where(static seed => seed.Map is not null).Select(static seed => seed.Name)];

    [Fact]
    public void Almost_every_seed_has_a_map_and_sites()
    {
        Assert.InRange(SeedLibrary.Small.Length, 50, 500);
        Assert.True(SeedLibrary.Small.Count(static seed => seed.Map is not null && seed.Sites.Length > 20) > SeedLibrary.Small.Length - 8);
        Assert.All(SeedLibrary.Small, static seed => Assert.True(seed.Truth.IsAccepted, seed.Name));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Unread_bytes_may_be_anything(string name)
    {
        var seed = SeedLibrary.Small.Single(seed => seed.Name == name);
        byte[] changed = [.. seed.Bytes];
        for (var i = 0; i < changed.Length; i++)
        {
            changed[i] ^= seed.Map!.Owners[i].Kind == ByteKind.Unread ? (byte)0xFF : (byte)0;
        }

        using var reading = new ArrowReading();
        var content = seed.IsFile ? reading.File(changed) : reading.Stream(changed);
        Assert.True(content.HasValuesOf(seed.Truth), content.Fault?.Message);
    }

    [Fact]
    public void A_changed_value_may_alter_its_row_alone()
    {
        var (seed, at) = Find(static owner => owner.Kind == ByteKind.Buffer && owner.Row == 1);
        var owner = seed.Map!.Owners[at];
        var scope = Scope(seed, at);
        scope.Check(seed.Truth);
        scope.Check(Altered(seed.Truth, owner.Batch, owner.Column, row: 1));
        Assert.Throws<FuzzFailureException>(() => scope.Check(Altered(seed.Truth, owner.Batch, owner.Column, row: 2)));
        Assert.Throws<FuzzFailureException>(() => scope.Check(Altered(seed.Truth, owner.Batch, owner.Column + 1, row: 1)));
        Assert.Throws<FuzzFailureException>(() => scope.Check(Altered(seed.Truth, 1 - owner.Batch, owner.Column, row: 1)));
        Assert.Throws<FuzzFailureException>(() => scope.Check(seed.Truth with { Schema = "other" }));
        Assert.Throws<FuzzFailureException>(() => scope.Check(seed.Truth with { IsWhole = false, Fault = new MalformedArrowException("x") }));
    }

    [Fact]
    public void Content_under_a_checksum_may_be_refused_but_not_altered()
    {
        var (seed, at) = Find(static owner => owner.IsProtected);
        var owner = seed.Map!.Owners[at];
        var scope = Scope(seed, at);
        Assert.True(scope.IsProtected);
        var altered = Altered(seed.Truth, owner.Batch, owner.Column, row: 0);
        Assert.Throws<FuzzFailureException>(() => scope.Check(altered));
        scope.Check(altered with { Fault = new MalformedArrowException("x"), Batches = [.. altered.Batches.Select((batch, i) => i == owner.Batch ? new BatchContent(batch.Rows, null) : batch)] });
    }

    [Fact]
    public void A_changed_head_of_a_file_may_alter_its_batch_alone()
    {
        var (seed, at) = Find(static owner => owner is { Kind: ByteKind.BatchHead, Batch: 1 }, isFile: true);
        var scope = Scope(seed, at);
        scope.Check(Altered(seed.Truth, 1, 0, row: 0));
        Assert.Throws<FuzzFailureException>(() => scope.Check(Altered(seed.Truth, 0, 0, row: 0)));
    }

    [Fact]
    public void Only_what_footer_and_stream_share_binds_both()
    {
        foreach (var (kind, isShared) in (Dictionary<ByteKind, bool>)new()
        {
            [ByteKind.BatchHead] = true,
            [ByteKind.DictionaryHead] = true,
            [ByteKind.DictionaryBody] = true,
            [ByteKind.Buffer] = true,
            [ByteKind.Prefix] = false,
            [ByteKind.DictionaryPrefix] = false,
            [ByteKind.Framing] = false,
            [ByteKind.Unread] = false,
        })
        {
            var (seed, at) = Find(owner => owner.Kind == kind, isFile: true);
            Assert.Equal(isShared, Scope(seed, at).IsWithinMessages);
        }
    }

    private static (Seed Seed, int At) Find(Predicate<ByteOwner> wanted, bool isFile = false)
    {
        foreach (var seed in SeedLibrary.Small.Where(seed => seed.Map is not null && seed.Truth.Batches.Count > 1 && (seed.IsFile || !isFile)))
        {
            for (var i = 0; i < seed.Bytes.Length; i++)
            {
                if (wanted(seed.Map!.Owners[i]))
                {
                    return (seed, i);
                }
            }
        }

        throw new InvalidOperationException("No seed has such a byte.");
    }

    private static ChangeScope Scope(Seed seed, int at)
    {
        byte[] changed = [.. seed.Bytes];
        changed[at] ^= 1;
        return new ChangeScope(seed.Map!, seed.Truth, seed.Bytes, changed, seed.IsFile);
    }

    private static ReadContent Altered(ReadContent content, int batch, int column, int row)
    {
        var columns = content.Batches[batch].Columns!.Select(static bytes => (byte[]?)bytes!.ToArray()).ToArray();
        var stride = (columns[column]!.Length - sizeof(int)) / content.Batches[batch].Rows;
        columns[column]![sizeof(int) + (row * stride)] ^= 1;
        return content with { Batches = [.. content.Batches.Select((old, i) => i == batch ? new BatchContent(old.Rows, columns) : old)] };
    }
}
