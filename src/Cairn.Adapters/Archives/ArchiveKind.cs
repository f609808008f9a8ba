using Cairn.Adapters.Files;
using Cairn.Core;

namespace Cairn.Adapters.Archives;

/// <summary>Finds out what an archive is by its first bytes; names deceive.</summary>
internal static class ArchiveKind
{
    public static Container Open(string path, string name, ArchiveLimits limits, bool single)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            return new FolderContainer(path, name, limits);
        }

        byte[] start;
        try
        {
            using FileStream file = File.OpenRead(path);
            start = new byte[TarReader.Block];
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Reading(path, e), e);
        }

        if (start is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..])
        {
            return new ZipContainer(path, name, limits);
        }

        if (TarReader.Recognises(start) || (start.Length > 0 && start.All(b => b == 0) && name.EndsWith(".tar", StringComparison.OrdinalIgnoreCase)))
        {
            return new TarContainer(path, name, limits);
        }

        if (start is [0x1f, 0x8b, ..] && TarContainer.HoldsTar(path, name))
        {
            return new TarContainer(path, name, limits);
        }

        if (Refused(start) is var (kind, command))
        {
            throw new ProblemException(new Problem("archive/kind-not-read", ProblemKind.Refused, $"{name} is packed with {kind}, which Cairn does not read; nothing was read", new FilePlace(name),
                string.Format(System.Globalization.CultureInfo.InvariantCulture, command, name, Stem(name))));
        }

        if (!single)
        {
            string what = start.Length == 0 ? "is empty" : start is [0x1f, 0x8b, ..] ? "is a gz of a single file" : "is neither zip nor tar nor tar.gz";
            throw new ProblemException(new Problem("archive/not-an-archive", ProblemKind.Refused, $"{name} {what}, so it has no members to list", new FilePlace(name), "check the path; to read a table from it, use delimited"));
        }

        return new SingleFileContainer(path, name, limits);
    }

    private static (string Kind, string Command)? Refused(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'B', (byte)'Z', (byte)'h', ..] => ("bzip2", "bzcat {0} | gzip > {1}.gz"),
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => ("xz", "xzcat {0} | gzip > {1}.gz"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => ("zstd", "zstdcat {0} | gzip > {1}.gz"),
        [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => ("7-Zip", "unpack it, then pack its files as zip"),
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => ("RAR", "unpack it, then pack its files as zip"),
        _ => null,
    };

    private static string Stem(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot > name.LastIndexOf('/') + 1 ? name[..dot] : name;
    }
}
