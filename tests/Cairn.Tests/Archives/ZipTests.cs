using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cairn.Adapters.Archives;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Archives;

public sealed class ZipTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("CAIRN_LONG") == "1" ? 20_000 : 500;
    private readonly Packed _packed = new();

    public void Dispose() => _packed.Dispose();

    [Fact]
    public void Members_come_in_the_archives_order_with_their_content_and_the_hash_is_of_the_whole_file()
    {
        string path = _packed.Put("a.zip", Packed.Zip(("b/two.txt", "zwei"), ("one.txt", "eins"), ("empty.txt", ""), ("b/", "")));

        Assert.Equal([("b/two.txt", "zwei"), ("one.txt", "eins"), ("empty.txt", "")], Packed.ReadAll(path));
        using Container archive = Container.Open(path, "a.zip", new ArchiveLimits());
        ArchiveMember member = archive.Members(CancellationToken.None)[0];
        Assert.Equal(("two.txt", "b", 4, "2020-05-04T03:02:00"), (member.File, member.Folder, member.Size, member.Modified));
        DataVersion version = Assert.Single(archive.Finish(CancellationToken.None));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), version.Sha256);
        Assert.False(version.ChangedWhileRead);
        Assert.Empty(archive.Findings);
    }

    [Fact]
    public void Members_read_on_the_way_of_the_hash_or_behind_it_are_the_same()
    {
        (string, string)[] files = [.. Enumerable.Range(0, 8).Select(i => ($"{i}.txt", string.Concat(Enumerable.Range(0, 90_000 * (i % 3)).Select(n => $"{n * 7919 % 10007},"))))];
        string path = _packed.Put("a.zip", Packed.Zip(files));
        string sha = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        foreach (int[] order in (int[][])[[0, 1, 2, 3, 4, 5, 6, 7], [5], [7, 2, 4, 4, 0], []])
        {
            using Container archive = Container.Open(path, "a.zip", new ArchiveLimits());
            IReadOnlyList<ArchiveMember> members = archive.Members(CancellationToken.None);
            archive.BeginHash();
            foreach (int i in order)
            {
                using var reader = new StreamReader(archive.Read(members[i], CancellationToken.None));
                Assert.True(files[i].Item2 == reader.ReadToEnd(), $"member {i} in {string.Join(' ', order)}");
            }

            Assert.Equal(sha, Assert.Single(archive.Finish(CancellationToken.None)).Sha256);
        }
    }

    [Fact]
    public void A_zip_made_by_another_program_with_a_stub_in_front_is_read()
    {
        byte[] zip = Packed.Zip(("one.txt", "eins"), ("two.txt", "zwei"));
        string path = _packed.Put("stub.zip", [.. "PK\x03\x04#!/bin/sh stub"u8, .. zip]);

        Assert.Equal([("one.txt", "eins"), ("two.txt", "zwei")], Packed.ReadAll(path));
    }

    [Fact]
    public void Every_cut_is_told_and_none_passes()
    {
        byte[] zip = Packed.Zip(("one.txt", string.Concat(Enumerable.Range(0, 80).Select(i => $"row {i}\n"))), ("two.txt", "zwei"));
        for (int length = 4; length < zip.Length; length++)
        {
            string path = _packed.Put("cut.zip", zip[..length]);
            Problem problem = Packed.ProblemOf(() => Packed.ReadAll(path));
            Assert.Equal("archive/truncated", problem.Code);
            Assert.Equal(ProblemKind.Refused, problem.Kind);
        }
    }

    [Fact]
    public void A_changed_bit_is_told_wherever_it_changes_the_content()
    {
        string text = string.Concat(Enumerable.Range(0, 40).Select(i => $"row {i}\n"));
        byte[] zip = Packed.Zip(("one.txt", text));
        int contentAt = 30 + "one.txt".Length;
        int end = zip.AsSpan().IndexOf("PK\x01\x02"u8);
        int told = 0;
        for (int bit = contentAt * 8; bit < end * 8; bit++)
        {
            byte[] changed = [.. zip];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            string path = _packed.Put("changed.zip", changed);
            try
            {
                Assert.Equal(text, Assert.Single(Packed.ReadAll(path)).Text);
            }
            catch (ProblemException e)
            {
                Assert.Equal("archive/damaged", e.Problems[0].Code);
                told++;
            }
        }

        // The few others are the mark of the last block and the bits that fill the last byte.
        Assert.InRange(told, ((end - contentAt) * 8) - 9, (end - contentAt) * 8);
    }

    [Theory]
    [InlineData("../out.txt")]
    [InlineData("a/../../out.txt")]
    [InlineData(@"..\out.txt")]
    [InlineData("/etc/passwd")]
    [InlineData(@"\\server\share\x")]
    [InlineData("C:/x.txt")]
    [InlineData("c:x.txt")]
    [InlineData("a\0b")]
    [InlineData("..")]
    public void A_name_that_leads_out_is_refused_and_nothing_is_written(string name)
    {
        string path = _packed.Put("evil.zip", Packed.Zip(("fine.txt", "x"), (name, "y")));

        Problem problem = Packed.ProblemOf(() => Packed.ReadAll(path));

        Assert.Equal("archive/unsafe-name", problem.Code);
        Assert.DoesNotContain('\0', problem.Message);
        Assert.Equal(["evil.zip"], Directory.GetFileSystemEntries(_packed.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Backslashes_of_old_writers_are_read_as_folders_with_a_finding()
    {
        string path = _packed.Put("old.zip", Packed.Zip((@"\meta.xml", "m"), (@"data\occurrence.txt", "o"), ("./plain.txt", "p")));

        Assert.Equal([("meta.xml", "m"), ("data/occurrence.txt", "o"), ("plain.txt", "p")], Packed.ReadAll(path));
        using Container archive = Container.Open(path, "old.zip", new ArchiveLimits());
        archive.Members(CancellationToken.None);
        Assert.Equal("archive/renamed", Assert.Single(archive.Findings).Code);
    }

    [Fact]
    public void What_macOS_adds_is_left_out_with_a_finding()
    {
        string path = _packed.Put("mac.zip", Packed.Zip(("meta.xml", "m"), ("__MACOSX/._meta.xml", "x"), ("a/.DS_Store", "x"), ("a/._b.txt", "x"), ("a/b.txt", "b")));

        Assert.Equal([("meta.xml", "m"), ("a/b.txt", "b")], Packed.ReadAll(path));
        using Container archive = Container.Open(path, "mac.zip", new ArchiveLimits());
        archive.Members(CancellationToken.None);
        Problem finding = Assert.Single(archive.Findings);
        Assert.Equal(("archive/left-out", ProblemKind.Finding), (finding.Code, finding.Kind));
        Assert.Contains("3 files", finding.Message);
    }

    [Fact]
    public void A_name_that_stands_twice_is_a_finding_and_its_content_is_refused()
    {
        string path = _packed.Put("twice.zip", Packed.Zip(("a.txt", "1"), ("a.txt", "2")));

        using Container archive = Container.Open(path, "twice.zip", new ArchiveLimits());
        ArchiveMember member = archive.Members(CancellationToken.None)[0];
        Assert.Equal("archive/repeated-name", Assert.Single(archive.Findings).Code);
        Assert.Equal("archive/repeated-name", Packed.ProblemOf(() => archive.Read(member, CancellationToken.None)).Code);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_unpacks_and_the_limit_can_be_raised()
    {
        string zeros = new('0', 40 << 20);
        string path = _packed.Put("bomb.zip", Packed.Zip(("zeros.txt", zeros)));

        Problem problem = Packed.ProblemOf(() => Packed.ReadAll(path, new ArchiveLimits(LargestRatio: 100)));
        Assert.Equal("archive/bomb", problem.Code);
        Assert.Contains("largest_ratio", problem.Help);
        Assert.Equal("archive/bomb", Packed.ProblemOf(() => Packed.ReadAll(path, new ArchiveLimits(5000, LargestText: 1 << 20))).Code);
        Assert.Equal(zeros.Length, Packed.ReadAll(path, new ArchiveLimits(LargestRatio: 5000))[0].Text.Length);
    }

    [Fact]
    public void Entries_that_share_their_bytes_are_refused()
    {
        // The directory's second entry is made to point at the first one's place, as in the bombs that reuse one kernel.
        byte[] zip = Packed.Zip(("a.txt", "the same text"), ("b.txt", "another text!"));
        int second = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(second + 42), 0);
        string path = _packed.Put("overlap.zip", zip);

        Assert.Equal("archive/overlapping", Packed.ProblemOf(() => Packed.ReadAll(path)).Code);
    }

    [Fact]
    public void An_encrypted_member_and_a_method_not_known_are_told()
    {
        byte[] zip = Packed.Zip(("a.txt", "text"));
        int entry = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
        byte[] encrypted = [.. zip];
        encrypted[entry + 8] |= 1;
        byte[] lzma = [.. zip];
        lzma[entry + 10] = 14;

        Assert.Equal("archive/encrypted", Packed.ProblemOf(() => Packed.ReadAll(_packed.Put("e.zip", encrypted))).Code);
        Assert.Equal("archive/kind-not-read", Packed.ProblemOf(() => Packed.ReadAll(_packed.Put("l.zip", lzma))).Code);
    }

    [Fact]
    public void A_directory_that_gives_another_name_than_the_place_itself_is_refused()
    {
        byte[] zip = Packed.Zip(("a.txt", "text"));
        zip[30] = (byte)'b';
        Assert.Equal("archive/names-differ", Packed.ProblemOf(() => Packed.ReadAll(_packed.Put("n.zip", zip))).Code);
    }

    [Fact]
    public void Bytes_after_the_end_are_a_finding()
    {
        string path = _packed.Put("more.zip", [.. Packed.Zip(("a.txt", "text")), .. "appended"u8]);

        Assert.Equal([("a.txt", "text")], Packed.ReadAll(path));
        using Container archive = Container.Open(path, "more.zip", new ArchiveLimits());
        archive.Members(CancellationToken.None);
        Assert.Equal("archive/trailing-bytes", Assert.Single(archive.Findings).Code);
    }

    [Fact]
    public void Names_in_the_old_PC_set_and_in_unmarked_UTF8_are_read()
    {
        byte[] zip = Packed.Zip(("Xr.txt", "text"));
        Replace(zip, "Xr.txt"u8, [0x84, (byte)'r', (byte)'.', (byte)'t', (byte)'x', (byte)'t']);
        Assert.Equal("är.txt", Packed.ReadAll(_packed.Put("cp437.zip", zip))[0].Name);

        byte[] unmarked = Packed.Zip(("XX.txt", "text"));
        Replace(unmarked, "XX.txt"u8, "ä.txt"u8.ToArray());
        Assert.Equal("ä.txt", Packed.ReadAll(_packed.Put("utf8.zip", unmarked))[0].Name);
    }

    [Fact]
    public void No_change_of_a_few_bytes_brings_anything_but_a_problem()
    {
        byte[] zip = Packed.Zip(("one.txt", string.Concat(Enumerable.Range(0, 40).Select(i => $"row {i}\n"))), ("two.txt", "zwei"));
        var random = new Random(1);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] changed = [.. zip];
            for (int n = random.Next(1, 5); n > 0; n--)
            {
                changed[random.Next(4, changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                Packed.ReadAll(_packed.Put("fuzz.zip", changed));
            }
            catch (ProblemException)
            {
            }
        }
    }

    private static void Replace(byte[] bytes, ReadOnlySpan<byte> from, byte[] to)
    {
        for (int at; (at = bytes.AsSpan().IndexOf(from)) >= 0;)
        {
            to.CopyTo(bytes, at);
        }
    }
}
