using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

public sealed class RunVerifierTests : IDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly RunVerifier _verifier;
    private readonly DataVersion _input, _output;
    private readonly RunIndex _index;

    public RunVerifierTests()
    {
        _verifier = new RunVerifier(_store.Store);
        _input = _store.File("in.tsv", "a\n");
        _output = _store.File("out.tsv", "b\n");
        _store.Run("share", [_input], [_output]);
        _store.Run("share", [_input], [_output]);
        _store.Run("share", [_output], []);
        _index = new RunIndex(_store.Store);
    }

    public void Dispose()
    {
        _index.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void An_untouched_store_holds()
    {
        _store.Ledger.Open(TemporaryStore.Opening()).Dispose();

        Assert.Empty(_verifier.All().Problems);
        Assert.Equal(3, _verifier.All().Head.Sequence);
        Verification run = _verifier.Run(Name("0001"), _index);
        Assert.True(run.Holds);
        Assert.Equal(["input", "output", "record", "record", "record", "record"], run.Files.Select(f => f.Role));
    }

    [Fact]
    public void An_edited_manifest_is_found()
    {
        string path = InFolder("0002", "run.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"ada\"", "\"eve\"", StringComparison.Ordinal));

        Assert.Equal(["run/rewritten"], Codes(_verifier.All()));
        Assert.Equal(["run/rewritten"], Codes(_verifier.Run(Name("0002"), _index)));
        Assert.Empty(Codes(_verifier.Run(Name("0001"), _index)));
    }

    [Fact]
    public void A_manifest_that_cannot_be_read_any_more_is_found()
    {
        File.WriteAllText(InFolder("0002", "run.json"), "{}");

        Assert.Equal(["run/not-readable"], Codes(_verifier.All()));
    }

    [Fact]
    public void A_manifest_put_back_to_running_is_found()
    {
        string path = InFolder("0002", "run.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"state\": \"done\"", "\"state\": \"running\"", StringComparison.Ordinal));

        Assert.Equal(["run/rewritten"], Codes(_verifier.All()));
    }

    [Fact]
    public void Edited_added_and_removed_files_of_a_folder_are_found()
    {
        File.AppendAllText(InFolder("0001", "log.jsonl"), "{}\n");
        File.Delete(InFolder("0002", "prov.json"));
        File.WriteAllText(InFolder("0003", "note.txt"), "x");

        Assert.Equal(["run/edited", "run/file-removed", "run/file-added"], Codes(_verifier.All()));
    }

    [Fact]
    public void A_removed_run_is_found()
    {
        Directory.Delete(InFolder("0002", ""), recursive: true);

        Assert.Equal(["run/removed"], Codes(_verifier.All()));
    }

    [Fact]
    public void A_removed_run_and_its_line_are_found()
    {
        Directory.Delete(InFolder("0002", ""), recursive: true);
        Journal(lines => [lines[0], lines[2]]);

        Assert.Contains("journal/broken", Codes(_verifier.All()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_edited_line_is_found(int line)
    {
        Journal(lines =>
        {
            lines[line] = lines[line].Replace(":0", ":1", StringComparison.Ordinal);
            return lines;
        });

        // A time that was changed shows in the line after it; on the last line it is the manifest's own link that is compared.
        IReadOnlyList<string> codes = Codes(_verifier.All());
        Assert.Equal(line < 2 ? ["journal/broken"] : [], codes.Where(c => c.StartsWith("journal", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_line_with_another_hash_is_found_even_when_it_is_the_last()
    {
        Journal(lines =>
        {
            JournalEntry last = JournalLine.Parse(lines[2])!;
            lines[2] = (last with { Sha256 = new string('0', 64) }).Line;
            return lines;
        });

        Assert.Equal(["run/rewritten"], Codes(_verifier.All()));
    }

    [Fact]
    public void A_run_cut_off_the_journal_is_found()
    {
        Journal(lines => lines[..2]);

        Assert.Equal(["run/not-in-journal"], Codes(_verifier.All()));
    }

    [Fact]
    public void A_run_copied_in_is_found()
    {
        Directory.CreateDirectory(Path.Combine(_store.Store, "runs", "2026-12"));
        CopyFolder(InFolder("0001", ""), Path.Combine(_store.Store, "runs", "2026-12", "21T10-04-00-share-0009"));

        Assert.Equal(["run/not-in-journal"], Codes(_verifier.All()));
    }

    [Fact]
    public void Changed_and_missing_files_are_found_with_the_run()
    {
        File.WriteAllText(_input.Path, "other");
        File.Delete(_output.Path);

        Assert.Equal(["verify/changed", "verify/missing"], Codes(_verifier.Run(Name("0001"), _index)));
    }

    [Fact]
    public void A_file_is_compared_with_the_latest_run_that_knew_it()
    {
        Assert.True(_verifier.File(_output.Path, _index).Holds);
        File.WriteAllText(_output.Path, "a\n");

        Verification changed = _verifier.File(_output.Path, _index);
        Assert.Equal("verify/changed", Assert.Single(changed.Problems).Code);
        Assert.Contains("out.tsv is not what run 0003 read", changed.Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains(changed.Problems[0].Details, d => d.Contains("run 0002 read", StringComparison.Ordinal) && d.Contains("in.tsv", StringComparison.Ordinal));
        Assert.Equal("verify/not-recorded", Assert.Throws<ProblemException>(() => _verifier.File("/nowhere", _index)).Problems[0].Code);
    }

    [Fact]
    public void A_torn_last_line_is_cut_off_by_the_next_run()
    {
        string journal = Path.Combine(_store.Store, "journal");
        File.AppendAllText(journal, "4\t2026-11-2");
        Assert.Empty(_verifier.All().Problems);
        _store.Run("share", [], []);

        Assert.Empty(_verifier.All().Problems);
        Assert.Equal(4, _verifier.All().Head.Sequence);
    }

    private string Name(string id) => _store.History.Resolve(id);

    private string InFolder(string id, string file) => Path.Combine(_store.History.FolderOf(Name(id)), file);

    private void Journal(Func<string[], string[]> change)
    {
        string path = Path.Combine(_store.Store, "journal");
        File.WriteAllText(path, string.Concat(change(File.ReadAllLines(path)).Select(l => l + "\n")));
    }

    private static IReadOnlyList<string> Codes(Verification verification) => [.. verification.Problems.Select(p => p.Code)];

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
