using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;

namespace Cairn.Tests.DelimitedText;

public sealed class GzipTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("id\tname\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}\tname {i * 7919 % 1000}\n")));

    [Fact]
    public void A_whole_gz_reads_as_its_text()
    {
        Reading reading = Read(Gz(Text));
        Assert.Equal(20_000, reading.Rows.Count);
        Assert.Equal(Text.Length, reading.Report.TextBytes);
        Assert.Empty(reading.Report.Findings);
    }

    [Fact]
    public void None_of_200_truncations_passes()
    {
        byte[] whole = Gz(Text);
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            // The first byte alone is no gz; each of the last 12 is tried.
            int length = i < 12 ? whole.Length - 1 - i : random.Next(2, whole.Length);
            Problem problem = Assert.Throws<ProblemException>(() => Read(whole[..length])).Problems[0];
            Assert.Equal("gz/truncated", problem.Code);
            Assert.Contains($"at byte {length}", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_flipped_bit_of_the_trailer_passes_and_no_other_changes_rows_unseen()
    {
        byte[] whole = Gz(Text);
        for (int bit = 0; bit < 64; bit++)
        {
            byte[] flipped = (byte[])whole.Clone();
            flipped[whole.Length - 8 + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Assert.Equal(bit < 32 ? "gz/wrong-checksum" : "gz/wrong-length", Assert.Throws<ProblemException>(() => Read(flipped)).Problems[0].Code);
        }

        var random = new Random(2);
        for (int i = 0; i < 100; i++)
        {
            byte[] flipped = (byte[])whole.Clone();
            flipped[random.Next(10, whole.Length - 8)] ^= (byte)(1 << random.Next(8));
            Assert.StartsWith("gz/", Assert.Throws<ProblemException>(() => Read(flipped)).Problems[0].Code, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Members_follow_one_another_and_zeros_may_pad_the_end()
    {
        byte[] parts = [.. Gz("a\tb\n1\t"u8), .. Gz(""u8), .. Gz("2\n3\t4\n"u8)];
        Assert.Equal(["1|2", "3|4"], Read(parts).Lines);

        Reading padded = Read([.. parts, .. new byte[700]]);
        Assert.Equal(["1|2", "3|4"], padded.Lines);
        Problem padding = Assert.Single(padded.Report.Findings);
        Assert.Equal(("gz/padding", ProblemKind.Finding), (padding.Code, padding.Kind));
        Assert.Contains("700 zero bytes", padding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\0\0x")]
    [InlineData("\u001fx")]
    [InlineData("\0\u001f\u008b")]
    public void Other_bytes_after_the_end_are_a_problem(string trailing)
    {
        byte[] whole = Gz(Text);
        Problem problem = Assert.Throws<ProblemException>(() => Read([.. whole, .. Encoding.Latin1.GetBytes(trailing)])).Problems[0];
        Assert.Equal("gz/trailing-bytes", problem.Code);
    }

    [Fact]
    public void The_bytes_as_stored_are_hashed_while_they_are_read_and_a_change_meanwhile_is_told()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("cairn-gz").FullName, "data.tsv.gz");
        byte[] whole = Gz(Text);
        File.WriteAllBytes(path, whole);
        Reading reading = Reading.Of([DelimitedFile.At(path)], DelimitedFormat.Tsv, 2);
        var version = Assert.Single(reading.Report.Inputs);
        Assert.Equal((path, Convert.ToHexStringLower(SHA256.HashData(whole)), (long)whole.Length, false), (version.Path, version.Sha256, version.Bytes, version.ChangedWhileRead));
        Assert.Equal((whole.Length, whole.Length), (reading.BytesDone, reading.BytesTotal));

        DelimitedFile changing = DelimitedFile.At(path);
        Reading changed = Reading.Of([changing with { Open = () => { File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch); return changing.Open(); } }], DelimitedFormat.Tsv, 2);
        Assert.True(changed.Report.Inputs[0].ChangedWhileRead);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static Reading Read(byte[] stored) => Reading.Of(stored, DelimitedFormat.Tsv, 2, 4096);

    private static byte[] Gz(ReadOnlySpan<byte> text)
    {
        var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest))
        {
            gzip.Write(text);
        }

        // GZipStream writes nothing at all for no text.
        return stored.ToArray() is { Length: > 0 } bytes ? bytes : [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }
}
