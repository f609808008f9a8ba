using Cairn.Terminal;
using Xunit;

namespace Cairn.Tests.Terminal;

public class ProgressPrinterTests
{
    private readonly HandClock _clock = new();
    private readonly StringWriter _to = new() { NewLine = "\n" };

    [Fact]
    public void Without_a_terminal_there_is_a_line_for_each_stage_and_one_every_half_minute()
    {
        using (var progress = new ProgressPrinter(_to, live: false, 100, _clock))
        {
            progress.Stage("read media");
            for (int i = 1; i <= 70; i++)
            {
                progress.At(i * 50_000_000L, 6_400_000_000, i * 100_000L);
                _clock.Advance(TimeSpan.FromSeconds(1));
            }

            progress.Stage("write result");
        }

        Assert.Equal(
            """
            read media
            read media   23 %   1.5 GB of 6.4 GB   3,000,000 rows   100,000/s   98 s left
            read media   47 %   3.0 GB of 6.4 GB   6,000,000 rows   100,000/s   68 s left
            write result

            """,
            _to.ToString());
    }

    [Fact]
    public void On_a_terminal_one_line_is_drawn_again_at_most_ten_times_a_second_and_taken_away_at_the_end()
    {
        using (var progress = new ProgressPrinter(_to, live: true, 100, _clock))
        {
            progress.Stage("read media");
            for (int i = 0; i < 3_000; i++)
            {
                progress.At((i + 1) * 1_000L, null, i + 1);
                _clock.Advance(TimeSpan.FromMilliseconds(1));
            }
        }

        string[] drawn = _to.ToString().Split('\r');
        Assert.Equal(33, drawn.Length);
        Assert.All(drawn.Skip(1), line => Assert.EndsWith("\u001b[K", line, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', _to.ToString());
        Assert.Equal("read media   3.0 MB   3,000 rows   1,000/s   3.0 s\u001b[K", drawn[^2]);
        Assert.Equal("\u001b[K", drawn[^1]);
    }

    [Fact]
    public void A_narrow_terminal_gets_one_line_all_the_same()
    {
        using (var progress = new ProgressPrinter(_to, live: true, 20, _clock))
        {
            progress.Stage("read a table with a long name");
            progress.At(1, 2, 3);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.All(_to.ToString().Replace("\u001b[K", "", StringComparison.Ordinal).Split('\r'), line => Assert.True(line.Length < 20, line));
    }

    [Fact]
    public void A_reader_that_goes_past_its_total_never_shows_more_than_all()
    {
        using (var progress = new ProgressPrinter(_to, live: false, 100, _clock))
        {
            progress.Stage("read");
            progress.At(300, 200, 0);
            _clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Contains("100 %   200 bytes of 200 bytes", _to.ToString(), StringComparison.Ordinal);
    }
}
