using System.Globalization;
using System.IO.Compression;
using System.Text;
using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>
/// A run as one zip file (or folder) to give away: its folder, its line of the journal, if wanted the versions of its inputs and outputs from the
/// archive, and a list of SHA-256 that <c>sha256sum -c</c> reads. The same run gives the same bytes.
/// </summary>
public sealed class RunExport(string store)
{
    public const string List = "manifest-sha256.txt";
    private readonly StorePaths _paths = new(store);

    /// <param name="target">A path ending in .zip, or a folder that does not exist yet.</param>
    /// <returns>How many files it holds.</returns>
    public int Write(RunManifest run, string target, bool withData)
    {
        List<Entry> entries = [.. Entries(run, withData).OrderBy(e => e.Name, StringComparer.Ordinal)];
        try
        {
            if (target.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                WriteZip(run, entries, target);
            }
            else
            {
                WriteFolder(entries, target);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("export/cannot-write", ProblemKind.Refused, $"run {run.Id} cannot be exported to {target}: {e.Message}", new FilePlace(target)), e);
        }

        return entries.Count;
    }

    private IEnumerable<Entry> Entries(RunManifest run, bool withData)
    {
        string folder = _paths.Folder(run.Folder);
        var entries = new List<Entry> { FromFile(StorePaths.Manifest, Path.Combine(folder, StorePaths.Manifest)) };
        entries.AddRange(RunEnd.FilesOf(folder).Select(f => FromFile(f.Path, Path.Combine(folder, f.Path))));
        JournalEntry? entry = new JournalFile(_paths.Journal).Lines().Select(JournalLine.Parse).LastOrDefault(e => e?.Run == run.Folder);
        if (entry is not null)
        {
            entries.Add(FromText("journal-line.txt", entry.Line + "\n"));
        }

        if (withData)
        {
            var archive = new FileArchive(_paths.Store);
            entries.AddRange(run.Inputs.Concat(run.Outputs).DistinctBy(d => d.Sha256).Where(d => archive.Has(d.Sha256))
                .Select(d => new Entry($"data/{d.Sha256[..12]}-{FileNames.Safe(Path.GetFileName(d.Path), 100)}", d.Sha256, () => archive.Open(d.Sha256))));
        }

        var list = new StringBuilder();
        foreach (Entry one in entries.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            list.Append(CultureInfo.InvariantCulture, $"{one.Sha256}  {one.Name}\n");
        }

        entries.Add(FromText(List, list.ToString()));
        return entries;
    }

    private static void WriteZip(RunManifest run, List<Entry> entries, string target)
    {
        // Zip knows no years before 1980 and no odd seconds; the run's own time makes every export of it alike.
        DateTimeOffset time = run.Opened.Year < 1980 ? new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero) : run.Opened;
        using AtomicFile file = AtomicFile.Create(target);
        using (var zip = new ZipArchive(file.Stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (Entry entry in entries)
            {
                ZipArchiveEntry made = zip.CreateEntry($"{Leaf(run)}/{entry.Name}", CompressionLevel.Optimal);
                made.LastWriteTime = time;
                using Stream from = entry.Open(), to = made.Open();
                from.CopyTo(to);
            }
        }

        file.Commit();
    }

    private static void WriteFolder(List<Entry> entries, string target)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new ProblemException(new Problem("export/exists", ProblemKind.Usage, $"{target} is there already; nothing was written", new FilePlace(target), "name another folder, or a file ending in .zip"));
        }

        string unfinished = target.TrimEnd('/', '\\') + ".part";
        foreach (Entry entry in entries)
        {
            string path = Path.Combine(unfinished, entry.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using Stream from = entry.Open();
            using var to = new FileStream(path, FileMode.Create);
            from.CopyTo(to);
        }

        if (Directory.Exists(target))
        {
            Directory.Delete(target);
        }

        Directory.Move(unfinished, target);
    }

    private static string Leaf(RunManifest run) => run.Folder[(run.Folder.LastIndexOf('/') + 1)..];

    private static Entry FromFile(string name, string path) => new(name, FileHash.Of(path), () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

    private static Entry FromText(string name, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return new Entry(name, FileHash.Of(bytes), () => new MemoryStream(bytes));
    }

    private sealed record Entry(string Name, string Sha256, Func<Stream> Open);
}
