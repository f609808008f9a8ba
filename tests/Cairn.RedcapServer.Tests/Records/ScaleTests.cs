using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Tests.Records;

/// <summary>A large project goes in by batches and out as a stream. With CAIRN_LONG=1 it has 200,000 records of 50 fields, otherwise 4,000.</summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    private const int Batch = 1000;
    private static readonly int Size = Environment.GetEnvironmentVariable("CAIRN_LONG") == "1" ? 200_000 : 4_000;

    [Fact]
    public void A_large_project_goes_in_by_batches_and_out_as_a_stream()
    {
        Field[] fields = [TestDesign.Text("record_id"), .. Enumerable.Range(1, 49).Select(i => TestDesign.Text($"field_{i}"))];
        using var server = new TestServer(new TestDesign().Form("all", fields).Build());
        string header = string.Join(',', fields.Select(f => f.Name)) + "\n";
        var times = new List<double>();
        for (int first = 1; first <= Size; first += Batch)
        {
            var data = new StringBuilder(header);
            for (int record = first; record < first + Batch; record++)
            {
                data.Append(CultureInfo.InvariantCulture, $"{record}");
                for (int field = 1; field < 50; field++)
                {
                    data.Append(CultureInfo.InvariantCulture, $",{record * 31 % 997}.{field}");
                }

                data.Append('\n');
            }

            long began = Stopwatch.GetTimestamp();
            Assert.Equal("1000", server.Import(data.ToString()));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        using var counted = new Counted();
        long start = Stopwatch.GetTimestamp(), before = GC.GetTotalMemory(forceFullCollection: true);
        server.Api.Answer(new ApiCall([new("token", TestServer.Token), new("content", "record"), new("format", "csv")]), answer => answer.Write(counted));
        Assert.Equal(Size + 1, counted.Lines);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"batches of 1,000: first tenth {times.Take(Math.Max(1, times.Count / 10)).Average():0} ms, last tenth {times.TakeLast(Math.Max(1, times.Count / 10)).Average():0} ms; " +
            $"export {counted.Bytes / 1e6:0} MB in {seconds:0.0} s, most memory held {(counted.Most - before) / 1e6:0} MB above {before / 1e6:0} MB"));
        Assert.True(counted.Most - before < 64 << 20, $"{counted.Most - before} bytes held while exporting");
    }

    /// <summary>Counts what is written and what memory is held meanwhile.</summary>
    private sealed class Counted : Stream
    {
        private int _writes;

        public long Bytes { get; private set; }

        public int Lines { get; private set; }

        public long Most { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Bytes;

        public override long Position { get => Bytes; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Bytes += count;
            Lines += buffer.AsSpan(offset, count).Count((byte)'\n');
            if (_writes++ % 64 == 0)
            {
                Most = Math.Max(Most, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
