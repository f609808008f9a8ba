using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

public sealed class FileArchiveTests : IDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly FileArchive _archive;

    public FileArchiveTests() => _archive = new FileArchive(_store.Store);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_version_comes_back_after_its_file_has_changed()
    {
        DataVersion input = _store.File("in.tsv", "a\n00000140\n"), output = _store.File("out.tsv", "b\n");
        _store.Run("share", [input], [output], keep: new Keep(Inputs: true, Outputs: true));
        File.WriteAllText(input.Path, "other");

        Assert.Equal("a\n00000140\n", Text(input.Sha256));
        Assert.Equal("b\n", Text(output.Sha256));
        Assert.Equal([KeptState.Kept, KeptState.Kept], _store.History.Find("0001").Kept.Select(k => k.State));
        Assert.Equal(new[] { input.Sha256, output.Sha256 }.Order(), _archive.List().Select(f => f.Sha256));
    }

    [Fact]
    public void What_is_compressed_is_kept_as_it_is()
    {
        string path = Path.Combine(_store.Project, "in.gz");
        byte[] bytes = [0x1f, 0x8b, 1, 2, 3, 4, 5];
        File.WriteAllBytes(path, bytes);
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

        Assert.Equal(KeptState.Kept, _archive.Put(new DataVersion(path, sha256, 7), null));
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_store.Store, "archive", sha256[..2], sha256[2..])));
    }

    [Fact]
    public void An_empty_file_is_kept_too()
    {
        DataVersion empty = _store.File("empty.tsv", "");

        Assert.Equal(KeptState.Kept, _archive.Put(empty, null));
        Assert.Equal("", Text(empty.Sha256));
    }

    [Fact]
    public void A_file_over_the_limit_is_not_kept_and_the_run_says_so()
    {
        DataVersion small = _store.File("small.tsv", "1234"), large = _store.File("large.tsv", "12345");
        using IOpenRun run = _store.Ledger.Open(TemporaryStore.Opening());
        IReadOnlyList<Problem> found = run.Close(new RunClosing(RunState.Done, 0, new FlowReport("share") { Inputs = [small, large] }, []), new Keep(Inputs: true, SizeLimit: 4));

        Assert.Equal("archive/too-large", Assert.Single(found).Code);
        Assert.Contains("large.tsv", found[0].Message, StringComparison.Ordinal);
        Assert.Equal("archive/too-large", Assert.Single(_store.History.Find(run.Id).Problems).Code);
        Assert.True(_archive.Has(small.Sha256));
        Assert.False(_archive.Has(large.Sha256));
    }

    [Theory]
    [InlineData(true, KeptState.Changed)]
    [InlineData(false, KeptState.NotReadable)]
    public void A_file_that_is_not_what_was_read_is_not_kept(bool there, KeptState expected)
    {
        DataVersion input = _store.File("in.tsv", "a");
        File.Delete(input.Path);
        if (there)
        {
            File.WriteAllText(input.Path, "b");
        }

        Assert.Equal(expected, _archive.Put(input, null));
        Assert.Empty(_archive.List());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_store.Store, "archive")));
    }

    [Fact]
    public void A_version_that_is_not_there_is_a_problem_with_a_next_step()
    {
        Problem problem = Assert.Throws<ProblemException>(() => _archive.Open(new string('a', 64))).Problems[0];

        Assert.Equal("archive/not-kept", problem.Code);
        Assert.NotNull(problem.Help);
    }

    private string Text(string sha256)
    {
        using var reader = new StreamReader(_archive.Open(sha256));
        return reader.ReadToEnd();
    }
}
