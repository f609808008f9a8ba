using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Archives;

/// <summary>
/// A folder, zip, tar or tar.gz, seen in one way: its files in order, the content of each as a stream, and in the end proof that what was read is
/// whole. Nothing is unpacked to the disk. Not for use from several threads at once.
/// </summary>
/// <remarks>
/// Content is verified while it is read: length and CRC-32 of zip members, CRC and length of the gz a tar lies in. Every method throws
/// <see cref="ProblemException"/> for an archive that is damaged, cut off, unsafe or made to fill disks.
/// </remarks>
public abstract class Container : IDisposable
{
    private readonly List<Problem> _findings = [];
    private IReadOnlyList<ArchiveMember>? _members;

    private protected Container(string path, string name, ArchiveLimits limits)
    {
        Path = path;
        Name = name;
        Limits = limits;
    }

    /// <summary>Absolute path of the archive or folder.</summary>
    public string Path { get; }

    /// <summary>As the user named it, for messages.</summary>
    public string Name { get; }

    /// <summary>It is one file that stands for an archive.</summary>
    public virtual bool IsSingleFile => false;

    /// <summary>What was seen that a person should know: files left out, names changed.</summary>
    public IReadOnlyList<Problem> Findings => _findings;

    private protected ArchiveLimits Limits { get; }

    /// <summary>Opens whatever lies there; a plain file, or a single file in gz, when <paramref name="single"/> allows it.</summary>
    public static Container Open(string path, string name, ArchiveLimits limits, bool single = false) => ArchiveKind.Open(path, name, limits, single);

    /// <summary>Its files in the archive's order (a folder's by name), without those macOS adds; read once, then kept.</summary>
    public IReadOnlyList<ArchiveMember> Members(CancellationToken stop)
    {
        if (_members is null)
        {
            List<ArchiveMember> all = Guarded(() => List(stop));
            List<ArchiveMember> members = [.. all.Where(m => !MemberName.IsLitter(m.Name))];
            if (members.Count < all.Count)
            {
                AddFinding("archive/left-out", $"{Name}: left out {Count(all.Count - members.Count, "file")} that macOS adds (__MACOSX, .DS_Store, ._ twins)");
            }

            FindRepeated(members);
            _members = members;
        }

        return _members;
    }

    /// <summary>The content of a member, once, from its first byte.</summary>
    public Stream Read(ArchiveMember member, CancellationToken stop) => Guarded(() => Content(member, stop));

    /// <summary>The whole content of a small member. Throws <see cref="ProblemException"/> when it is larger than the limit.</summary>
    public virtual byte[] ReadSmall(ArchiveMember member, int limit, CancellationToken stop)
    {
        if (member.Size > limit)
        {
            throw new ProblemException(new Problem("archive/too-large", ProblemKind.Refused, $"{Name}: {member.Name} has {member.Size:N0} bytes, where at most {limit:N0} are read",
                new FilePlace(Name), $"look at {member.Name}: it is not what its name says"));
        }

        return Guarded(() =>
        {
            using Stream content = Content(member, stop);
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    /// <summary>The path of a member that is a file on disk of its own, to be read and hashed as such; null inside an archive.</summary>
    public virtual string? PathOf(ArchiveMember member) => null;

    /// <summary>
    /// Reads what is left, verifies it, and gives what was read with its hash: the archive as a whole, or the files of a folder that were read
    /// through this container.
    /// </summary>
    public IReadOnlyList<DataVersion> Finish(CancellationToken stop) => Guarded(() => Versions(stop));

    /// <summary>Begins to hash the archive as a whole on another thread, where that is done beside the reading of its members.</summary>
    public virtual void BeginHash()
    {
    }

    /// <summary>Told now and then, while the files are listed, how many bytes as stored were read, and of how many.</summary>
    public Action<long, long?>? Watch { get; set; }

    /// <summary>Bytes as stored that were read so far, and of how many; for a folder none.</summary>
    public virtual (long Done, long? Total) Progress => (0, null);

    public abstract void Dispose();

    private protected abstract List<ArchiveMember> List(CancellationToken stop);

    private protected abstract Stream Content(ArchiveMember member, CancellationToken stop);

    private protected abstract IReadOnlyList<DataVersion> Versions(CancellationToken stop);

    private protected void AddFinding(string code, string message, string? help = null)
    {
        if (!_findings.Any(f => f.Message == message))
        {
            _findings.Add(new Problem(code, ProblemKind.Finding, message, new FilePlace(Name), help));
        }
    }

    private protected ProblemException Damaged(string code, string message, string help = "fetch or copy the archive again") =>
        new(new Problem(code, ProblemKind.Refused, message, new FilePlace(Name), help));

    private protected static string Count(long n, string noun) => n == 1 ? $"1 {noun}" : $"{n:N0} {noun}s";

    // A member of a repeated name cannot be told from its twin by anyone who asks for it by name.
    private void FindRepeated(List<ArchiveMember> members)
    {
        var seen = new HashSet<string>(members.Count, StringComparer.Ordinal);
        List<string> repeated = [.. members.Where(m => !seen.Add(m.Name)).Select(m => m.Name).Distinct()];
        if (repeated.Count > 0)
        {
            string more = repeated.Count > 1 ? $" and {Count(repeated.Count - 1, "other name")}" : "";
            AddFinding("archive/repeated-name", $"{Name}: the name {MemberName.Shown(repeated[0])}{more} stands more than once");
        }
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Reading(Path, e), e);
        }
    }
}
