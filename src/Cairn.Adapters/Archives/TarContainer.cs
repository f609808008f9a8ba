using Cairn.Adapters.Files;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Archives;

/// <summary>
/// A tar or tar.gz. It can only be read from front to back: the listing is one pass (which already proves it whole and keeps its small XML
/// files), the content of members another; asking for an earlier member than the last begins a new pass.
/// </summary>
internal sealed class TarContainer(string path, string name, ArchiveLimits limits) : Container(path, name, limits)
{
    private const int LargestKept = 4 << 20;
    private const int MostKept = 32 << 20;

    private readonly Dictionary<int, byte[]> _kept = [];
    private DataVersion? _version;
    private StoredArchive? _pass;
    private TarReader? _reader;
    private int _next;

    public override (long Done, long? Total) Progress => (_pass?.Done ?? 0, _pass?.Total);

    /// <summary>Does this gz hold a tar?</summary>
    public static bool HoldsTar(string path, string name)
    {
        var start = new byte[TarReader.Block];
        try
        {
            using var pass = new StoredArchive(path, name, new ArchiveLimits(), hashed: false, CancellationToken.None);
            start = start[..pass.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Reading(path, e), e);
        }

        bool named = name.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase);
        return TarReader.Recognises(start) || (named && start.Length > 0 && start.All(b => b == 0));
    }

    public override byte[] ReadSmall(ArchiveMember member, int limit, CancellationToken stop) =>
        _kept.TryGetValue(member.Index, out byte[]? kept) && kept.Length <= limit ? kept : base.ReadSmall(member, limit, stop);

    public override void Dispose() => _pass?.Dispose();

    private protected override List<ArchiveMember> List(CancellationToken stop)
    {
        var members = new List<ArchiveMember>();
        int kept = 0;
        int renamed = 0;
        Begin(stop);
        while (_reader!.Next(stop) is { } found)
        {
            string safe = MemberName.Checked(found.Name, Name);
            renamed += found.Name.Contains('\\') ? 1 : 0;
            var member = new ArchiveMember(safe, found.Size, found.Modified) { Index = members.Count };
            if (safe.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && found.Size <= LargestKept && kept + found.Size <= MostKept && !found.Sparse)
            {
                kept += (int)found.Size;
                _kept[member.Index] = ReadAll(_reader, (int)found.Size);
            }

            members.Add(member);
            Watch?.Invoke(_pass!.Done, _pass.Total);
        }

        _version = _pass!.Version();
        Report(_reader, renamed);
        return members;
    }

    private protected override Stream Content(ArchiveMember member, CancellationToken stop)
    {
        if (Limits.Exceeded(member.Size, member.Size) is { } reason)
        {
            throw Damaged("archive/bomb", $"{Name}: {member.Name} {reason}; it was not read", "if you trust it, set largest_text higher");
        }

        if (_reader is null || _next > member.Index)
        {
            Begin(stop);
        }

        TarMember? found = null;
        while (_next <= member.Index)
        {
            found = _reader!.Next(stop);
            _next++;
            if (found is null)
            {
                break;
            }
        }

        if (found is null || found.Size != member.Size || MemberName.Checked(found.Name, Name) != member.Name)
        {
            throw Damaged("archive/changed", $"{Name} changed between its listing and its reading: {member.Name} is no longer where it was", "run again when nothing writes to it");
        }

        return found.Sparse
            ? throw Damaged("archive/sparse", $"{Name}: {member.Name} is stored as a sparse file, which is not read", "pack it again without tar --sparse")
            : new MemberStream(_reader!);
    }

    private protected override IReadOnlyList<DataVersion> Versions(CancellationToken stop)
    {
        // The pass that read members goes on to the end: only there is the archive proved whole and its hash known.
        if (_reader is not null && _next > 0)
        {
            while (_reader.Next(stop) is not null)
            {
            }

            DataVersion read = _pass!.Version();
            _version = _version is { } listed && listed.Sha256 != read.Sha256 ? read with { ChangedWhileRead = true } : read;
            _reader = null;
        }

        return _version is null ? [] : [_version];
    }

    private void Begin(CancellationToken stop)
    {
        _pass?.Dispose();
        _pass = null;
        _pass = new StoredArchive(Path, Name, Limits, hashed: true, stop);
        _reader = new TarReader(_pass, Name);
        _next = 0;
    }

    private void Report(TarReader reader, int renamed)
    {
        // The listing's pass is over; the first content wanted begins another.
        _reader = null;
        if (reader.NotFiles > 0)
        {
            AddFinding("archive/not-files", $"{Name}: passed over {Count(reader.NotFiles, "member")} that are links or devices, not files");
        }

        if (reader.OddNames > 0)
        {
            AddFinding("archive/name-encoding", $"{Name}: {Count(reader.OddNames, "name")} not in UTF-8, taken as Latin-1");
        }

        if (reader.LoneZeroBlock)
        {
            AddFinding("archive/lone-zero-block", $"{Name}: its tar ends with one block of zeros where two belong; all members were there");
        }

        if (renamed > 0)
        {
            AddFinding("archive/renamed", $"{Name}: {Count(renamed, "name")} with backslashes, read as folders");
        }
    }

    private static byte[] ReadAll(TarReader reader, int size)
    {
        var bytes = new byte[size];
        for (int done = 0; done < size;)
        {
            done += reader.Read(bytes.AsSpan(done));
        }

        return bytes;
    }

    /// <summary>The content of the member the reader stands at; of no use once the reader went on.</summary>
    private sealed class MemberStream(TarReader reader) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => reader.Read(buffer);
    }
}
