using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Tests.Indicators.Reporting;

public sealed class ReportCrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_piece_is_done_once_and_in_ascending_order_on_each_thread(int threads)
    {
        var done = new int[1_000];
        var locals = 0;
        ReportCrew.Run(
            threads,
            done.Length,
            () =>
            {
                Interlocked.Increment(ref locals);
                return new int[] { -1 };
            },
            (piece, last) =>
            {
                Assert.True(piece > last[0]);
                last[0] = piece;
                Interlocked.Increment(ref done[piece]);
            });

        Assert.All(done, static count => Assert.Equal(1, count));
        Assert.InRange(locals, 1, threads);
    }

    [Fact]
    public void The_fault_of_the_lowest_piece_is_thrown_whatever_the_threads()
    {
        for (var round = 0; round < 50; round++)
        {
            var problem = Assert.Throws<InvalidOperationException>(() => ReportCrew.Run(4, 500, static () => 0, static (piece, _) =>
            {
                if (piece == 17)
                {
                    Thread.Yield();
                }

                if (piece >= 17)
                {
                    throw new InvalidOperationException($"piece {piece}");
                }
            }));

            Assert.Equal("piece 17", problem.Message);
        }
    }

    [Fact]
    public void Nothing_to_do_starts_no_thread() => ReportCrew.Run(4, 0, static () => 0, static (_, _) => Assert.Fail("there is no piece"));
}
