using System.IO.Compression;
using System.Security.Cryptography;
using Cairn.Adapters.Files;
using Cairn.Adapters.Files.Native;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>
/// Past versions of files, by the SHA-256 of their bytes: <c>.cairn/archive/ab/cdef...</c>, written once. What is not compressed already is kept
/// as gz, so that any tool can open it.
/// </summary>
public sealed class FileArchive(string store)
{
    private readonly string _folder = new StorePaths(store).Archive;

    public bool Has(string sha256) => PathOf(sha256) is not null;

    /// <summary>Takes a copy of a file, if its bytes are still those recorded and no more than the limit.</summary>
    public KeptState Put(DataVersion version, long? limit)
    {
        if (version.Bytes > limit)
        {
            return KeptState.TooLarge;
        }

        try
        {
            return Has(version.Sha256) ? KeptState.Kept : Copy(version);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Another process may have put the same bytes there in the meantime.
            return Has(version.Sha256) ? KeptState.Kept : KeptState.NotReadable;
        }
    }

    /// <summary>The bytes as they were. Throws a <see cref="ProblemException"/> when the version is not in the archive.</summary>
    public Stream Open(string sha256)
    {
        string path = PathOf(sha256) ?? throw new ProblemException(new Problem("archive/not-kept", ProblemKind.Usage, $"no version {Short(sha256)} is in the archive", Help: "`cairn archive list` shows what is; a flow keeps versions with `keep: { inputs: true, outputs: true }`"));
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024);
        return path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>
    /// Writes a version to a file, and checks that the bytes are those once kept. Throws a <see cref="ProblemException"/> when they are not, when
    /// the version is not kept, or when the file cannot be written; then the file is as before.
    /// </summary>
    public DataVersion Restore(string sha256, string target)
    {
        using Stream from = Open(sha256);
        using AtomicFile file = AtomicFile.Create(target);
        try
        {
            return Copy(from, file.Stream) == sha256 ? file.Commit() : throw new ProblemException(Damaged(sha256));
        }
        catch (InvalidDataException e)
        {
            throw new ProblemException(Damaged(sha256), e);
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Writing(file.Path, e), e);
        }
    }

    /// <summary>What is kept: in the order of the hashes.</summary>
    public IEnumerable<StoredVersion> List()
    {
        if (!Directory.Exists(_folder))
        {
            yield break;
        }

        foreach (string first in Directory.EnumerateDirectories(_folder).Order(StringComparer.Ordinal))
        {
            foreach (FileInfo file in new DirectoryInfo(first).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                yield return new StoredVersion(Path.GetFileName(first) + Path.GetFileNameWithoutExtension(file.Name), file.Length);
            }
        }
    }

    internal void Remove(string sha256)
    {
        if (PathOf(sha256) is { } path)
        {
            File.Delete(path);
        }
    }

    /// <summary>Copies that a killed run left unfinished. Only while no run is under way.</summary>
    internal void SweepUnfinished()
    {
        if (Directory.Exists(_folder))
        {
            foreach (string unfinished in Directory.EnumerateFiles(_folder, ".new-*"))
            {
                File.Delete(unfinished);
            }
        }
    }

    private KeptState Copy(DataVersion version)
    {
        Directory.CreateDirectory(_folder);
        string unfinished = Path.Combine(_folder, ".new-" + Guid.NewGuid().ToString("n"));
        try
        {
            using var from = new FileStream(version.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            bool compressed = IsCompressed(from);
            string sha256;
            using (var to = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1))
            {
                using (Stream? gz = compressed ? null : new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true))
                {
                    sha256 = Copy(from, gz ?? to);
                }

                to.Flush(flushToDisk: true);
            }

            if (sha256 != version.Sha256)
            {
                return KeptState.Changed;
            }

            string path = Named(version.Sha256) + (compressed ? "" : ".gz");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.SetAttributes(unfinished, FileAttributes.ReadOnly);
            DurableFile.Rename(unfinished, path);
            FolderFlush.Flush(_folder);
            return KeptState.Kept;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Copies and hashes in one pass; the hash is of the bytes read.</summary>
    private static string Copy(Stream from, Stream to)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 17];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            to.Write(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>By its first bytes: gz, zip, zstd, bzip2, xz, JPEG, PNG, Parquet.</summary>
    private static bool IsCompressed(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        int read = file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        file.Position = 0;
        start = start[..read];
        return start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) || start.StartsWith("PK"u8) || start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd])
            || start.StartsWith("BZh"u8) || start.StartsWith((ReadOnlySpan<byte>)[0xfd, 0x37, 0x7a, 0x58]) || start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8])
            || start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47]) || start.StartsWith("PAR1"u8);
    }

    private string? PathOf(string sha256)
    {
        string path = Named(sha256);
        return File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
    }

    private string Named(string sha256) => Path.Combine(_folder, sha256[..2], sha256[2..]);

    private static Problem Damaged(string sha256) => new(
        "archive/damaged", ProblemKind.Refused, $"the archive's copy of {Short(sha256)} is damaged; nothing was written", Help: "look for another copy of the file, and check the disk");

    private static string Short(string sha256) => "sha256:" + sha256[..Math.Min(12, sha256.Length)];
}
