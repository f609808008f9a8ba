using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Cairn.Adapters.Deflate;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Tests.Deflate;

/// <summary>The decompressor against the framework's compressor, with input and output in pieces of any size.</summary>
public sealed class InflaterTests
{
    private sealed record Case(byte[] Text, CompressionLevel Level, int Piece, int Buffer);

    [Fact]
    public void What_was_compressed_comes_back_whatever_the_pieces()
    {
        Gen<byte[]> texts = Gen.OneOf(
            Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i)),
            from words in Gen.ListOf(Gen.Elements("barcode ", "USNM ", "Zo\u00eb", "\t", "\n", "00000140", "http://n2t.net/ark:/65665/"), 400)
            select Encoding.UTF8.GetBytes(string.Concat(words)),
            from period in Gen.Choose(1, 40)
            from length in Gen.Choose(1, 5000)
            from seed in Gen.Choose(0, 1000)
            select Periodic(period, length, seed),
            from distance in Gen.Choose(32_700, 32_768)
            from seed in Gen.Choose(0, 1000)
            select Far(distance, seed),
            Gen.Choose(0, 1000).Select(Skewed));
        Gen<Case> cases =
            from text in texts
            from level in Gen.Elements(CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal, CompressionLevel.SmallestSize)
            from piece in Gen.Elements(1, 2, 31, 32, 33, 100, 4096, 1 << 18)
            from buffer in Gen.Elements(1, 7, 258, 326, 400, 1000, 40_000, 1 << 19)
            select new Case(text, level, piece, buffer);
        Prop.ForAll(Arb.From(cases), c =>
        {
            byte[] stored = Compressed(c.Text, c.Level);
            using var pieces = new Pieces([.. stored, 1, 2, 3], c.Piece);
            using var inflater = new Inflater(pieces);
            inflater.Begin();
            Assert.Equal(c.Text, All(inflater, c.Buffer));
            Assert.Equal(stored.Length, inflater.Used);
            Assert.Equal([1, 2, 3, -1], Enumerable.Range(0, 4).Select(_ => inflater.NextByte()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
    }

    [Fact]
    public void A_stream_cut_off_anywhere_is_told_so()
    {
        byte[] stored = Compressed(Periodic(37, 3000, 1), CompressionLevel.Optimal);
        for (int length = 0; length < stored.Length; length++)
        {
            using var pieces = new Pieces(stored[..length], 64);
            using var inflater = new Inflater(pieces);
            inflater.Begin();
            Assert.True(Assert.Throws<DeflateException>(() => All(inflater, 512)).Truncated);
        }
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void A_broken_stream_ends_in_an_error_or_in_other_text_and_never_beyond_its_buffers(CompressionLevel level)
    {
        var random = new Random(3);
        byte[] stored = Compressed([.. Skewed(1), .. Periodic(5, 9000, 2), .. Far(32_768, 3)], level);
        for (int i = 0; i < 1000; i++)
        {
            byte[] broken = (byte[])stored.Clone();
            for (int n = random.Next(1, 6); n > 0; n--)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            using var pieces = new Pieces(broken, random.Next(1, 5000));
            using var inflater = new Inflater(pieces);
            inflater.Begin();
            byte[] buffer = new byte[random.Next(1, 5000) + 64];
            try
            {
                long made = 0;
                while (!inflater.Ended && made < 1 << 20)
                {
                    buffer.AsSpan(buffer.Length - 64).Fill(0xa5);
                    made += inflater.Inflate(buffer.AsSpan(0, buffer.Length - 64));
                    Assert.Equal(-1, buffer.AsSpan(buffer.Length - 64).IndexOfAnyExcept((byte)0xa5));
                }
            }
            catch (DeflateException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    [Fact]
    public unsafe void The_packed_table_is_the_same_made_wide_or_narrow()
    {
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Avx2.IsSupported, "this processor has one way only");
        var random = new Random(4);
        using var code = new DeflateCode(PackedCode.IndexBits, 1 << 13);
        using var wide = new PackedCode();
        using var narrow = new PackedCode();
        for (int i = 0; i < 300; i++)
        {
            Assert.True(code.Make(Lengths(random), DeflateCode.LengthMeanings, mayBeSingle: true));
            wide.Make(code);
            narrow.MakeNarrow(code.Table);
            Assert.True(new ReadOnlySpan<uint>(wide.Table, 1 << PackedCode.IndexBits).SequenceEqual(new ReadOnlySpan<uint>(narrow.Table, 1 << PackedCode.IndexBits)));
        }
    }

    [Theory]
    [InlineData("1,1,1", false)]
    [InlineData("1,2", false)]
    [InlineData("1", true)]
    [InlineData("0", true)]
    [InlineData("1,2,2", true)]
    [InlineData("2", false)]
    public void Lengths_that_make_no_code_are_refused(string lengths, bool make)
    {
        using var code = new DeflateCode(9, 1 << 12);
        Assert.Equal(make, code.Make(lengths.Split(',').Select(byte.Parse).ToArray(), DeflateCode.DistanceMeanings, mayBeSingle: true));
    }

    /// <summary>The lengths of a complete code: a leaf is split in two, again and again.</summary>
    private static byte[] Lengths(Random random)
    {
        var leaves = new List<byte> { 1, 1 };
        for (int n = random.Next(2, 284); leaves.Count < n;)
        {
            int at = random.Next(leaves.Count);
            if (leaves[at] < 15)
            {
                leaves[at]++;
                leaves.Add(leaves[at]);
            }
        }

        var lengths = new byte[286];
        int[] symbols = [.. Enumerable.Range(0, 286)];
        random.Shuffle(symbols);
        for (int i = 0; i < leaves.Count; i++)
        {
            lengths[symbols[i]] = leaves[i];
        }

        return lengths;
    }

    private static byte[] Periodic(int period, int length, int seed)
    {
        byte[] one = new byte[period];
        new Random(seed).NextBytes(one);
        return [.. Enumerable.Range(0, length).Select(i => one[i % period])];
    }

    private static byte[] Far(int distance, int seed)
    {
        byte[] one = new byte[distance];
        new Random(seed).NextBytes(one);
        return [.. one, .. one];
    }

    /// <summary>Bytes whose numbers grow as Fibonacci's do, which gives codes of every length up to the longest.</summary>
    private static byte[] Skewed(int seed)
    {
        var bytes = new List<byte>();
        (int a, int b) = (1, 1);
        for (byte value = 0; value < 20; value++)
        {
            bytes.AddRange(Enumerable.Repeat(value, a));
            (a, b) = (b, a + b);
        }

        byte[] shuffled = [.. bytes];
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }

    private static byte[] Compressed(byte[] text, CompressionLevel level)
    {
        var stored = new MemoryStream();
        using (var deflate = new DeflateStream(stored, level))
        {
            deflate.Write(text);
            if (text.Length == 0)
            {
                return [3, 0];
            }
        }

        return stored.ToArray();
    }

    private static byte[] All(Inflater inflater, int buffer)
    {
        var all = new MemoryStream();
        byte[] piece = new byte[buffer];
        while (!inflater.Ended)
        {
            all.Write(piece, 0, inflater.Inflate(piece));
        }

        return all.ToArray();
    }

    /// <summary>Bytes in pieces, each in the same place, as a reader's buffer is.</summary>
    private sealed unsafe class Pieces(byte[] bytes, int size) : IDeflateInput, IDisposable
    {
        private readonly byte* buffer = (byte*)NativeMemory.Alloc((nuint)(size + (2 * IDeflateInput.Around)));
        private int at;

        public bool Next(out byte* piece, out int length)
        {
            length = Math.Min(size, bytes.Length - at);
            piece = buffer + IDeflateInput.Around;
            if (length > 0)
            {
                bytes.AsSpan(at, length).CopyTo(new Span<byte>(piece, length));
                at += length;
            }

            return length > 0;
        }

        public void Dispose() => NativeMemory.Free(buffer);
    }
}
