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
    private SafeFileHandle? _file;

    // As it was when it was listed: a change since then shows in its version.
    private DelimitedFile? _listed;
    private StoredPass? _pass;

    public override (long Done, long? Total) Progress => (_pass?.Done ?? 0, _listed?.Length);

    public override void BeginHash() => Pass(CancellationToken.None);

    public override void Dispose()
    {
        _pass?.Dispose();
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

        long at = ZipDirectory.ContentAt(_file!, entry, Name);

        // On its way through the whole file the pass that hashes it comes by; a member that lies behind it is read where it is.
        Stream stored = _pass is { } pass && pass.At <= at ? pass.Part(at, entry.Stored) : new StoredPart(_file!, at, entry.Stored);
        Stream content = entry.Method == Deflated ? new DeflateStream(stored, CompressionMode.Decompress) : stored;
        return new VerifiedStream(content, Name, member.Name, entry.Size, entry.Crc);
    }

    private protected override IReadOnlyList<DataVersion> Versions(CancellationToken stop) =>
        [Pass(stop).Finish(stop) with { MediaType = "application/zip" }];

    private StoredPass Pass(CancellationToken stop) => _pass ??= new StoredPass(_listed ?? DelimitedFile.At(Path, Name), stop);
}
