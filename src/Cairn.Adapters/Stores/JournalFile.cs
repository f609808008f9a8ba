using System.Text;
using Cairn.Adapters.Files.Native;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>
/// The journal on disk: one line for each run that was closed or pruned, each line carrying the hash of the one before, so that a run that is
/// edited, removed or rewritten later shows. Appended under the store's lock and flushed before anything depends on it.
/// </summary>
internal sealed class JournalFile(string path)
{
    // A line is under 500 bytes: the name of a run is at most 100, two hashes are 128.
    private const int Tail = 4096;

    /// <summary>The last whole line. The store's lock must be held: a line that a crash left half written is cut off.</summary>
    public JournalHead HeadForAppend()
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);
        byte[] end = new byte[Math.Min(Tail, file.Length)];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        int last = end.AsSpan().LastIndexOf((byte)'\n');
        if (last + 1 < end.Length)
        {
            file.SetLength(file.Length - (end.Length - last - 1));
            file.Flush(flushToDisk: true);
        }

        if (last < 0)
        {
            return JournalHead.Start;
        }

        int before = end.AsSpan(0, last).LastIndexOf((byte)'\n');
        string line = Encoding.UTF8.GetString(end, before + 1, last - before - 1);

        // A last line that cannot be read was changed by someone: later lines go on from its hash, and verify says what is wrong.
        return JournalLine.Parse(line)?.Head ?? new JournalHead(Lines().Count, JournalLine.HashOf(line));
    }

    public void Append(JournalEntry entry)
    {
        bool first = !File.Exists(path) || new FileInfo(path).Length == 0;
        using (var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 1))
        {
            file.Write(Encoding.UTF8.GetBytes(entry.Line + "\n"));
            file.Flush(flushToDisk: true);
        }

        if (first)
        {
            FolderFlush.Flush(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Every whole line as it stands.</summary>
    public IReadOnlyList<string> Lines()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        string text = reader.ReadToEnd();
        int end = text.LastIndexOf('\n');
        return end < 0 ? [] : text[..end].Split('\n');
    }

    /// <summary>Does a line say that this run was closed with this manifest?</summary>
    public bool Has(string run, string sha256) =>
        Lines().Select(JournalLine.Parse).Any(e => e is { Event: JournalEvent.Closed } && e.Run == run && e.Sha256 == sha256);
}
