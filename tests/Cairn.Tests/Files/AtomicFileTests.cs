using System.Security.Cryptography;
using System.Text;
using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cairn-atomic-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_shows_only_when_it_is_whole_and_its_hash_is_of_what_was_written()
    {
        string path = Path.Combine(_folder, "out.tsv");
        using AtomicFile file = AtomicFile.Create(path);
        file.Stream.Write("a\tb\n"u8);
        Assert.False(File.Exists(path));

        DataVersion version = file.Commit();

        Assert.Equal("a\tb\n", File.ReadAllText(path));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("a\tb\n"u8)), version.Sha256);
        Assert.Equal(4, version.Bytes);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_is_given_up_leaves_what_was_there()
    {
        string path = Path.Combine(_folder, "out.tsv");
        File.WriteAllText(path, "before");
        using (AtomicFile file = AtomicFile.Create(path))
        {
            file.Stream.Write("half"u8);
        }

        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_second_writer_is_told_that_another_run_is_writing_and_the_first_ends_well()
    {
        string path = Path.Combine(_folder, "out.tsv");
        using AtomicFile first = AtomicFile.Create(path);
        first.Stream.Write("first"u8);

        Problem problem = Assert.Single(Assert.Throws<ProblemException>(() => AtomicFile.Create(path)).Problems);

        Assert.Equal("write/busy", problem.Code);
        Assert.Equal(ProblemKind.Unreachable, problem.Kind);
        first.Commit();
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_a_killed_run_left_is_removed()
    {
        string path = Path.Combine(_folder, "out.tsv");
        File.WriteAllText(Path.Combine(_folder, ".out.tsv.0123456789ab.part"), "half of an old run");
        File.WriteAllText(Path.Combine(_folder, ".other.tsv.0123456789ab.part"), "of another file");

        using AtomicFile file = AtomicFile.Create(path);
        file.Commit();

        Assert.Equal([".other.tsv.0123456789ab.part", "out.tsv"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_link_is_followed_and_stays_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        string target = Path.Combine(_folder, "real.tsv");
        string link = Path.Combine(_folder, "link.tsv");
        File.WriteAllText(target, "before");
        File.CreateSymbolicLink(link, "real.tsv");

        using AtomicFile file = AtomicFile.Create(link);
        file.Stream.Write("after"u8);
        file.Commit();

        Assert.Equal("real.tsv", new FileInfo(link).LinkTarget);
        Assert.Equal("after", File.ReadAllText(target));
        Assert.True(RealPath.Same(link, target));
    }

    [Fact]
    public void The_rights_of_the_file_that_is_replaced_are_kept()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("modes are of Unix");
            return;
        }

        string path = Path.Combine(_folder, "out.tsv");
        File.WriteAllText(path, "before");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        using AtomicFile file = AtomicFile.Create(path);
        file.Commit();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_folder_that_is_not_there_and_a_folder_of_that_name_are_told()
    {
        Problem missing = Assert.Single(Assert.Throws<ProblemException>(() => AtomicFile.Create(Path.Combine(_folder, "no", "out.tsv"))).Problems);
        Assert.Equal("write/no-folder", missing.Code);

        string taken = Path.Combine(_folder, "taken");
        Directory.CreateDirectory(taken);
        Problem folder = Assert.Single(Assert.Throws<ProblemException>(() => AtomicFile.Create(taken)).Problems);
        Assert.Equal("write/is-folder", folder.Code);
    }

    [Fact]
    public void A_full_disk_is_said_to_be_full()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full here");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        IOException e = Assert.Throws<IOException>(() => full.Write(Encoding.ASCII.GetBytes("x")));

        Assert.Equal("write/disk-full", FileProblems.Writing("/data/out.tsv", e).Code);
    }
}
