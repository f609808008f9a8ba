using System.Globalization;
using System.IO.Enumeration;
using System.Security.Cryptography;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Archives;

/// <summary>A folder read as if it were an archive: its files with those of the folders inside it, by name.</summary>
internal sealed class FolderContainer(string path, string name, ArchiveLimits limits) : Container(path, name, limits)
{
    // Archives are a folder or two deep; someone's home folder given by mistake is not walked to its end.
    private const int Deepest = 8;
    private readonly List<DataVersion> _read = [];

    public override string PathOf(ArchiveMember member) => System.IO.Path.Combine(Path, member.Name);

    public override byte[] ReadSmall(ArchiveMember member, int limit, CancellationToken stop)
    {
        byte[] bytes = base.ReadSmall(member, limit, stop);
        string path = PathOf(member);
        _read.RemoveAll(v => v.Path == path);
        _read.Add(new DataVersion(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero)));
        return bytes;
    }

    public override void Dispose()
    {
    }

    private protected override List<ArchiveMember> List(CancellationToken stop)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Deepest, AttributesToSkip = 0, IgnoreInaccessible = true };
        var members = new List<ArchiveMember>();
        var files = new FileSystemEnumerable<FileInfo>(Path, (ref FileSystemEntry e) => (FileInfo)e.ToFileSystemInfo(), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory,

            // A link to a folder may lead round in a ring, or out of this one.
            ShouldRecursePredicate = (ref FileSystemEntry e) => (e.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        foreach (FileInfo file in files)
        {
            stop.ThrowIfCancellationRequested();
            string relative = System.IO.Path.GetRelativePath(Path, file.FullName).Replace(System.IO.Path.DirectorySeparatorChar, '/');
            members.Add(new ArchiveMember(relative, file.Length, file.LastWriteTimeUtc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        }

        members.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return [.. members.Select((m, i) => m with { Index = i })];
    }

    private protected override Stream Content(ArchiveMember member, CancellationToken stop) => File.OpenRead(PathOf(member));

    private protected override IReadOnlyList<DataVersion> Versions(CancellationToken stop) => _read;
}
