using System.Security.Cryptography;
using Cairn.Adapters.Files.Native;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Files;

/// <summary>
/// A file that shows under its name only when it is whole: written beside it under a name of its own and hashed on the way, flushed to the disk,
/// then renamed. Disposed without Commit, or killed, it leaves what was there before.
/// </summary>
/// <remarks>
/// The name it is written under ends in <c>.part</c> and holds a lock that dies with the process. Another writer of the same file finds the lock
/// and is refused; a part without a lock is what a killed run left, and is removed.
/// </remarks>
public sealed class AtomicFile : IDisposable
{
    private const int Buffer = 1 << 16;
    private readonly FileStream _file;
    private readonly HashingWriter _writer;
    private readonly string _part;
    private bool _done;

    private AtomicFile(string path, string part, FileStream file)
    {
        Path = path;
        _part = part;
        _file = file;
        _writer = new HashingWriter(file);
    }

    /// <summary>Where it will be: absolute, links followed.</summary>
    public string Path { get; }

    /// <summary>Takes the bytes, from the first to the last; it cannot seek. Its IOExceptions are told by <see cref="FileProblems.Writing"/>.</summary>
    public Stream Stream => _writer;

    /// <summary>Begins a file. Throws <see cref="ProblemException"/>: no folder, no right, a folder of that name, another run is writing it.</summary>
    public static AtomicFile Create(string path, Place? place = null)
    {
        path = RealPath.Of(path);
        if (Directory.Exists(path))
        {
            throw new ProblemException(FileProblems.Writing(path, new UnauthorizedAccessException(), place));
        }

        try
        {
            RefuseWhenBusy(path, null, place);
            string part = System.IO.Path.Combine(Folder(path), PartPrefix(path) + Guid.NewGuid().ToString("n")[..12] + ".part");
            var file = new FileStream(part, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, Buffer);
            var atomic = new AtomicFile(path, part, file);
            try
            {
                // Two writers that both found no part: whoever sees the other's now gives way, at the latest by name.
                RefuseWhenBusy(path, part, place);
            }
            catch
            {
                atomic.Dispose();
                throw;
            }

            return atomic;
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Writing(path, e, place), e);
        }
    }

    /// <summary>Flushes, renames, and flushes the folder. Throws <see cref="ProblemException"/> when the system refuses; then nothing has changed.</summary>
    public DataVersion Commit(Place? place = null)
    {
        try
        {
            _writer.Flush();
            _file.Flush(flushToDisk: true);
            long bytes = _file.Length;
            KeepMode();
            if (OperatingSystem.IsWindows())
            {
                _file.Dispose();
            }

            File.Move(_part, Path, overwrite: true);
            _done = true;
            _file.Dispose();
            FolderFlush.Flush(Folder(Path));
            return new DataVersion(Path, _writer.Sha256(), bytes, new DateTimeOffset(File.GetLastWriteTimeUtc(Path), TimeSpan.Zero));
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Writing(Path, e, place), e);
        }
    }

    public void Dispose()
    {
        if (!_done)
        {
            _done = true;
            _writer.Abandon();
            Remove(_part, _file);
        }

        _writer.Dispose();
    }

    private static void RefuseWhenBusy(string path, string? own, Place? place)
    {
        string prefix = PartPrefix(path);
        foreach (string other in Directory.GetFiles(Folder(path)))
        {
            string name = System.IO.Path.GetFileName(other);
            if (!name.StartsWith(prefix, StringComparison.Ordinal) || !name.EndsWith(".part", StringComparison.Ordinal)
                || other == own || (own is not null && string.CompareOrdinal(own, other) < 0))
            {
                continue;
            }

            try
            {
                // FileShare.None is a lock (flock on Unix): taking it tells a dead run's part from a living one's.
                new FileStream(other, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1).Dispose();
                File.Delete(other);
            }
            catch (FileNotFoundException)
            {
                // It was renamed or removed since the folder was listed.
            }
            catch (IOException)
            {
                throw new ProblemException(new Problem("write/busy", ProblemKind.Unreachable, $"another run is writing {path}; nothing was written", place,
                    "wait for the other run to end, or give this one another output"));
            }
        }
    }

    // A file that is replaced keeps the rights it was given.
    private void KeepMode()
    {
        if (!OperatingSystem.IsWindows() && File.Exists(Path))
        {
            File.SetUnixFileMode(_part, File.GetUnixFileMode(Path));
        }
    }

    private static void Remove(string part, FileStream file)
    {
        try
        {
            File.Delete(part);
            file.Dispose();
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            // The disk is full or gone: what remains is a part without a lock, which the next writer removes.
        }
    }

    private static string Folder(string path) => System.IO.Path.GetDirectoryName(path)!;

    private static string PartPrefix(string path) => "." + System.IO.Path.GetFileName(path) + ".";

    /// <summary>Passes bytes on and hashes them.</summary>
    private sealed class HashingWriter(FileStream file) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _written;
        private bool _abandoned;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _written; set => throw new NotSupportedException(); }

        public void Abandon() => _abandoned = true;

        public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            file.Write(buffer);
            _hash.AppendData(buffer);
            _written += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
            if (!_abandoned)
            {
                file.Flush();
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _hash.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
