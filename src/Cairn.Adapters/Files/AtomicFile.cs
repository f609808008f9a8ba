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
    private readonly PartFile _part;
    private readonly HashingWriter _writer;
    private bool _done;

    private AtomicFile(string path, PartFile part)
    {
        Path = path;
        _part = part;
        _writer = new HashingWriter(part.Stream);
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

        return new AtomicFile(path, PartFile.Take(path, place));
    }

    /// <summary>Flushes, renames, and flushes the folder. Throws <see cref="ProblemException"/> when the system refuses; then nothing has changed.</summary>
    public DataVersion Commit(Place? place = null)
    {
        try
        {
            _writer.Flush();
            _part.Stream.Flush(flushToDisk: true);
            long bytes = _part.Stream.Length;
            KeepMode();
            if (OperatingSystem.IsWindows())
            {
                _part.Stream.Dispose();
            }

            File.Move(_part.Part, Path, overwrite: true);
            _done = true;
            _part.Stream.Dispose();
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
            _part.Dispose();
        }

        _writer.Dispose();
    }

    // A file that is replaced keeps the rights it was given.
    private void KeepMode()
    {
        if (!OperatingSystem.IsWindows() && File.Exists(Path))
        {
            File.SetUnixFileMode(_part.Part, File.GetUnixFileMode(Path));
        }
    }

    private static string Folder(string path) => System.IO.Path.GetDirectoryName(path)!;

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
