using System.Diagnostics;
using System.IO.Compression;
using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

public sealed class RunExportTests : IDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly RunExport _export;
    private readonly DataVersion _input;

    public RunExportTests()
    {
        _export = new RunExport(_store.Store);
        _input = _store.File("in.tsv", "a\n1\n");
        _store.Run("share", [_input], [], keep: new Keep(Inputs: true));
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        string first = Export("first.zip", false), second = Export("second.zip", false);

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        using ZipArchive zip = ZipFile.OpenRead(first);
        Assert.Equal(
            ["journal-line.txt", "log.jsonl", "manifest-sha256.txt", "problems.json", "prov.json", "run.json", "share.flow.yaml"],
            zip.Entries.Select(e => e.FullName["21T10-04-00-share-0001/".Length..]));
    }

    /// <summary>coreutils' sha256sum reads the list and agrees.</summary>
    [Fact]
    public void A_folder_can_be_checked_with_sha256sum()
    {
        string folder = Export("out", true);
        using Process check = Process.Start(new ProcessStartInfo("sha256sum", ["-c", "--strict", "--quiet", RunExport.List]) { WorkingDirectory = folder })!;
        check.WaitForExit();

        Assert.Equal(0, check.ExitCode);
        Assert.Equal("a\n1\n", File.ReadAllText(Path.Combine(folder, "data", $"{_input.Sha256[..12]}-in.tsv")));
        Assert.False(Directory.Exists(folder + ".part"));
    }

    [Fact]
    public void The_manifest_still_is_the_one_the_journal_names()
    {
        string folder = Export("out", false);

        Assert.Equal(FileHash.Of(Path.Combine(folder, "run.json")), JournalLine.Parse(File.ReadAllText(Path.Combine(folder, "journal-line.txt")).TrimEnd())!.Sha256);
    }

    [Fact]
    public void What_is_there_is_not_overwritten()
    {
        string folder = Export("out", false);

        Assert.Equal("export/exists", Assert.Throws<ProblemException>(() => _export.Write(_store.History.Find("0001"), folder, false)).Problems[0].Code);
    }

    private string Export(string name, bool withData)
    {
        string path = Path.Combine(_store.Project, name);
        _export.Write(_store.History.Find("0001"), path, withData);
        return path;
    }
}
