using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Cairn.Adapters.Archives;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Archives;

public sealed class TarTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("CAIRN_LONG") == "1" ? 20_000 : 500;
    private static readonly string LongName = string.Join('/', Enumerable.Repeat("a-folder-with-a-long-name", 12)) + "/bild-ä.jpg";
    private readonly Packed _packed = new();

    public void Dispose() => _packed.Dispose();

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void Every_form_is_read_plain_and_in_gz(TarEntryFormat format)
    {
        (string, string)[] files = [("top/", ""), ("top/b.txt", "zwei"), ("top/a.txt", new string('x', 70000)), ("empty", "")];
        if (format is TarEntryFormat.Pax or TarEntryFormat.Gnu)
        {
            files = [.. files, (LongName, "lang")];
        }

        byte[] tar = Packed.Tar(format, files);
        foreach (string path in (string[])[_packed.Put("a.tar", tar), _packed.Put("a.tgz", Packed.Gz(tar))])
        {
            Assert.Equal(files[1..], Packed.ReadAll(path));
            using Container archive = Container.Open(path, "a", new ArchiveLimits());
            Assert.Equal("2020-05-04T03:02:01Z", archive.Members(CancellationToken.None)[0].Modified);
            DataVersion version = Assert.Single(archive.Finish(CancellationToken.None));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), version.Sha256);
            Assert.Empty(archive.Findings);
        }
    }

    [Fact]
    public void Members_are_read_in_any_order_and_an_archive_only_listed_is_hashed_too()
    {
        string path = _packed.Put("a.tgz", Packed.Gz(Packed.Tar(TarEntryFormat.Pax, ("1", "eins"), ("2", "zwei"), ("3", "drei"))));
        using Container archive = Container.Open(path, "a.tgz", new ArchiveLimits());
        IReadOnlyList<ArchiveMember> members = archive.Members(CancellationToken.None);
        foreach (int i in (int[])[2, 0, 1, 1])
        {
            using var reader = new StreamReader(archive.Read(members[i], CancellationToken.None));
            Assert.Equal(((string[])["eins", "zwei", "drei"])[i], reader.ReadToEnd());
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), Assert.Single(archive.Finish(CancellationToken.None)).Sha256);
    }

    [Fact]
    public void Every_cut_is_told_also_between_members()
    {
        byte[] tar = Packed.Tar(TarEntryFormat.Ustar, ("one.txt", new string('1', 600)), ("two.txt", "zwei"));
        int content = tar.AsSpan().LastIndexOfAnyExcept((byte)0) / 512 * 512 + 512;
        // Around every block's edge, and here and there within.
        foreach (int length in Enumerable.Range(512, content - 511).Where(n => n % 512 is 0 or 1 or 511 || n % 37 == 0))
        {
            Problem problem = Packed.ProblemOf(() => Packed.ReadAll(_packed.Put("cut.tar", tar[..length])));
            Assert.Equal("archive/truncated", problem.Code);
        }

        // With one block of zeros nothing is lost, but it is said.
        string lone = _packed.Put("lone.tar", tar[..(content + 512)]);
        Assert.Equal(2, Packed.ReadAll(lone).Count);
        using Container archive = Container.Open(lone, "lone.tar", new ArchiveLimits());
        archive.Members(CancellationToken.None);
        Assert.Equal("archive/lone-zero-block", Assert.Single(archive.Findings).Code);
    }

    [Fact]
    public void Every_cut_of_a_tar_gz_is_told()
    {
        byte[] gz = Packed.Gz(Packed.Tar(TarEntryFormat.Ustar, ("one.txt", new string('1', 600)), ("two.txt", "zwei")));
        for (int length = 3; length < gz.Length; length++)
        {
            Problem problem = Packed.ProblemOf(() => Packed.ReadAll(_packed.Put("cut.tar.gz", gz[..length])));
            Assert.True(problem.Code is "gz/truncated" or "archive/not-an-archive", $"{length}: {problem}");
        }
    }

    [Fact]
    public void Bytes_after_the_end_are_told()
    {
        byte[] tar = Packed.Tar(TarEntryFormat.Ustar, ("one.txt", "eins"));
        byte[] two = [.. tar, .. Packed.Tar(TarEntryFormat.Ustar, ("two.txt", "zwei"))];
        Problem problem = Packed.ProblemOf(() => Packed.ReadAll(_packed.Put("two.tar", two)));
        Assert.Equal("archive/trailing-bytes", problem.Code);
        Assert.Contains($"byte {tar.Length}", problem.Message);

        // Padding to a whole record is no such thing.
        Assert.Single(Packed.ReadAll(_packed.Put("padded.tar", [.. tar, .. new byte[8192]])));
    }

    [Fact]
    public void A_changed_header_is_told()
    {
        byte[] tar = Packed.Tar(TarEntryFormat.Ustar, ("one.txt", "eins"), ("two.txt", "zwei"));
        tar[1024 + 124] ^= 1;
        Assert.Equal("archive/damaged", Packed.ProblemOf(() => Packed.ReadAll(_packed.Put("changed.tar", tar))).Code);
    }

    [Theory]
    [InlineData("../out.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    public void A_name_that_leads_out_is_refused(string name)
    {
        string path = _packed.Put("evil.tar.gz", Packed.Gz(Packed.Tar(TarEntryFormat.Gnu, ("fine", "x"), (name, "y"))));
        Assert.Equal("archive/unsafe-name", Packed.ProblemOf(() => Packed.ReadAll(path)).Code);
        Assert.Equal(["evil.tar.gz"], Directory.GetFileSystemEntries(_packed.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Links_are_passed_over_with_a_finding()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "./file") { DataStream = new MemoryStream("x"u8.ToArray()) });
        }

        string path = _packed.Put("links.tar", bytes.ToArray());
        Assert.Equal([("file", "x")], Packed.ReadAll(path));
        using Container archive = Container.Open(path, "links.tar", new ArchiveLimits());
        archive.Members(CancellationToken.None);
        Assert.Equal("archive/not-files", Assert.Single(archive.Findings).Code);
    }

    [Fact]
    public void A_tar_gz_that_unpacks_to_a_thousand_times_its_size_is_refused()
    {
        byte[] tar = Packed.Tar(TarEntryFormat.Ustar, ("zeros", new string('\0', 40 << 20)));
        string path = _packed.Put("bomb.tar.gz", Packed.Gz(tar));
        Problem problem = Packed.ProblemOf(() => Packed.ReadAll(path, new ArchiveLimits(LargestRatio: 100)));
        Assert.Equal("archive/bomb", problem.Code);
    }

    [Theory]
    [InlineData("BZh91AY", "bzip2")]
    [InlineData("\u00FD7zXZ\0", "xz")]
    [InlineData("7z\u00BC\u00AF\u0027\u001C", "7-Zip")]
    [InlineData("Rar!\u001A", "RAR")]
    public void What_is_not_read_is_named_with_the_way_to_repack_it(string start, string kind)
    {
        string path = _packed.Put("data.tar.x", Encoding.Latin1.GetBytes(start + " and more"));
        Problem problem = Packed.ProblemOf(() => Packed.ReadAll(path));
        Assert.Equal("archive/kind-not-read", problem.Code);
        Assert.Contains(kind, problem.Message);
        Assert.NotNull(problem.Help);
    }

    [Fact]
    public void No_change_of_a_few_bytes_brings_anything_but_a_problem()
    {
        byte[] tar = Packed.Tar(TarEntryFormat.Pax, ("one.txt", "eins"), (LongName, "zwei"));
        var random = new Random(2);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] changed = [.. tar];
            int header = random.Next(changed.Length / 512) * 512;
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                changed[Math.Min(header + random.Next(600), changed.Length - 1)] = (byte)random.Next(256);
            }

            // Half of them with a right checksum, so that more than the checksum is tried.
            if (round % 2 == 0)
            {
                Sum(changed.AsSpan(header, 512));
            }

            try
            {
                Packed.ReadAll(_packed.Put("fuzz.tar", changed));
            }
            catch (ProblemException)
            {
            }
        }
    }

    private static void Sum(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte b in header)
        {
            sum += b;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
    }
}
