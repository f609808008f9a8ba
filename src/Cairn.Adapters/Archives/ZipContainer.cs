using System.IO.Compression;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;
using Cairn.Core.Provenance;
using Microsoft.Win32.SafeHandles;

namespace Cairn.Adapters.Archives;

/// <summary>A zip. Its members are read where they lie; the file as a whole is hashed beside them.</summary>
internal sealed class ZipContainer(string path, string name, ArchiveLimits limits) : Container(path, name, limits)
{
    private const int Stored = 0;
    private const int Deflated = 8;
    private readonly List<ZipEntry> _entries = [];
    private readonly CancellationTokenSource _given = new();
    private SafeFileHandle? _file;

    // As it was when it was listed: a change since then shows in its version.
    private DelimitedFile? _listed;
    private Task<DataVersion>? _hash;
    private long _read;

    public override (long Done, long? Total) Progress => (_read, _listed?.Length);

    public override void Dispose()
    {
        _given.Cancel();
        try
        {
            _hash?.Wait();
        }
        catch (AggregateException)
        {
            // It was told to stop; what it found is wanted no more.
        }

        _given.Dispose();
        _file?.Dispose();
    }

    private protected override List<ArchiveMember> List(CancellationToken stop)
    {
        _listed = DelimitedFile.At(Path, Name);
        _file ??= File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
        int renamed = 0;
        var members = new List<ArchiveMember>();
        foreach (ZipEntry entry in ZipDirectory.Read(_file, Name, out bool trailing))
        {
            stop.ThrowIfCancellationRequested();
            string safe = MemberName.Checked(entry.Name, Name);
            if (trailing)
            {
                AddFinding("archive/trailing-bytes", $"{Name} has bytes after the end of its zip, which were not read");
            }

            // A folder is an entry whose name ends in a slash.
            if (entry.Name[^1] is '/' or '\\')
            {
                continue;
            }

            renamed += entry.Name.Contains('\\') ? 1 : 0;
            members.Add(new ArchiveMember(safe, entry.Size, entry.Modified) { Index = members.Count });
            _entries.Add(entry);
        }

        if (renamed > 0)
        {
            AddFinding("archive/renamed", $"{Name}: {Count(renamed, "name")} with backslashes, read as folders");
        }

        return members;
    }

    private protected override Stream Content(ArchiveMember member, CancellationToken stop)
    {
        ZipEntry entry = _entries[member.Index];
        if (Members(stop).Count(m => m.Name == member.Name) > 1)
        {
            throw Damaged("archive/repeated-name", $"{Name} has more than one member named {MemberName.Shown(member.Name)}, so it is not certain which is meant; it was not read", "pack the files again");
        }

        if (entry.Encrypted)
        {
            throw Damaged("archive/encrypted", $"{Name}: {member.Name} is encrypted, which Cairn does not read", "unpack it with its password, then pack its files again");
        }

        if (entry.Method is not (Stored or Deflated))
        {
            throw Damaged("archive/kind-not-read", $"{Name}: {member.Name} is packed by method {entry.Method}, where Cairn reads plain and deflated members", "unpack it, then pack its files with: zip -r");
        }

        if (Limits.Exceeded(entry.Size, entry.Stored) is { } reason)
        {
            throw Damaged("archive/bomb", $"{Name}: {member.Name} {reason}; it was not read", "if you trust it, set largest_ratio or largest_text");
        }

        if (entry.Method == Stored && entry.Stored != entry.Size)
        {
            throw Damaged("archive/damaged", $"{Name} is damaged: its directory gives {member.Name} two sizes");
        }

        var stored = new StoredPart(_file!, ZipDirectory.ContentAt(_file!, entry, Name), entry.Stored, read => _read += read);
        Stream content = entry.Method == Deflated ? new DeflateStream(stored, CompressionMode.Decompress) : stored;
        return new VerifiedStream(content, Name, member.Name, entry.Size, entry.Crc);
    }

    private protected override IReadOnlyList<DataVersion> Versions(CancellationToken stop)
    {
        BeginHash();
        _hash!.Wait(stop);
        return [_hash.Result];
    }

    /// <summary>Begins to hash the file on another thread; the content of members is read meanwhile.</summary>
    public override void BeginHash() => _hash ??= Task.Factory.StartNew(Hash, _given.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private DataVersion Hash()
    {
        DelimitedFile file = _listed ?? DelimitedFile.At(Path, Name);
        using var stored = new StoredBytes(file, hashed: true, _given.Token);
        while (!stored.Next().IsEmpty)
        {
        }

        return file.Version!(new StoredBytesRead(stored.Sha256(), stored.Done, Gzip: false)) with { MediaType = "application/zip" };
    }
}
