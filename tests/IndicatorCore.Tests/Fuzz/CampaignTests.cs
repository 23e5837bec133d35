using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Running;
using IndicatorCore.Tests.Support;
using Xunit.Abstractions;

namespace IndicatorCore.Tests.Fuzz;

/// <summary>A part of each campaign, in worker processes as the console runs them; <c>tests/IndicatorCore.Fuzz</c> runs more.</summary>
public sealed class CampaignTests(ITestOutputHelper output)
{
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("corpus", 10_000)]
    [InlineData("truncation", 8_000)]
    [InlineData("bytes", 40_000)]
    [InlineData("structure", 8_000)]
    [InlineData("engine", 2_000)]
    [InlineData("lz4-block", 60_000)]
    [InlineData("lz4-frame", 40_000)]
    public async Task Changed_inputs_are_refused_or_read_rightly(string name, long inputs)
    {
        using var folder = new TemporaryFolder();
        using var text = new StringWriter();
        var campaign = CampaignList.Find(name)!;
        var totals = await new CampaignRun(campaign, 20_251_119, folder.Path, text).RunAsync(inputs, 2);
        output.WriteLine(text.ToString());
        Assert.True(totals.Failures == 0, text.ToString());
        Assert.Equal(Math.Min(inputs, campaign.Available), totals.Inputs);
        Assert.Equal(totals.Inputs, totals.Identical + totals.Different + totals.Refused.Values.Sum());
        Assert.True(totals.Refused.Values.Sum() > totals.Inputs / 10, "hardly anything was refused");
        Assert.True(totals.Identical + totals.Different > 0, "nothing was accepted");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Planted_defects_are_found_and_put_down_to_their_inputs()
    {
        using var folder = new TemporaryFolder();
        using var text = new StringWriter();
        var totals = await new CampaignRun(new PlantedCampaign(), 1, folder.Path, text).RunAsync(10, 2);
        output.WriteLine(text.ToString());
        Assert.Equal((10, 4, 6), (totals.Inputs, totals.Identical, totals.Failures));
        foreach (var (input, what) in (Dictionary<int, string>)new()
        {
            [1] = "another exception than IndicatorDataException escapes: System.IndexOutOfRangeException",
            [2] = "A planted disagreement",
            [3] = "it allocates",
            [4] = "it takes more than 5 s",
            [5] = "the process died with 134: Stack overflow",
            [6] = "the process died with 134: Fatal error",
        })
        {
            Assert.Contains($"input {input} of 10 (planted defect {input}): {what}", text.ToString(), StringComparison.Ordinal);
            Assert.True(File.Exists(folder.File($"planted.seed1.of10.input{input}.bin")));
        }
    }

    [Fact]
    public void A_dump_is_tried_again_by_its_name()
    {
        using var folder = new TemporaryFolder();
        using var text = new StringWriter();
        var slice = new Slice("planted", 1, 10, 0, 1);
        Assert.Equal(1, Replay.Run(FailureDump.Write(folder.Path, slice, 2, [2]), text));
        Assert.Equal(0, Replay.Run(FailureDump.Write(folder.Path, slice, 0, [0]), text));
        Assert.Equal(2, Replay.Run(folder.Write("other.bin", "?"), text));
        Assert.Contains("A planted disagreement", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_and_index_give_the_same_input()
    {
        foreach (var campaign in CampaignList.All)
        {
            for (var index = 0; index < 20; index++)
            {
                var once = campaign.Choose(index, 50, 7);
                Assert.Equal(once.Bytes, CampaignList.Find(campaign.Name)!.Choose(index, 50, 7).Bytes);
            }
        }
    }

    [Fact]
    public void A_million_inputs_are_shared_out_whole()
    {
        var plan = CampaignList.Share(1_000_000);
        Assert.InRange(plan.Sum(static part => part.Wanted), 1_000_000 - plan.Count, 1_001_000);
        Assert.All(plan, static part => Assert.InRange(part.Wanted, 1, part.Campaign.Available));
    }
}
