using Cairn.Adapters.DelimitedText;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Archives;

/// <summary>One pass over a tar or tar.gz from its first byte to its last: its text as a stream, hashed as stored, decompressed and verified on the way.</summary>
internal sealed class StoredArchive : ForwardStream
{
    private readonly string _path;
    private readonly string _name;
    private readonly ArchiveLimits _limits;
    private readonly StoredBytes _stored;
    private readonly TextBytes _text;
    private readonly bool _gzip;
    private readonly FileInfo _before;
    private readonly CancellationTokenSource _ending;
    private long _given;

    public StoredArchive(string path, string name, ArchiveLimits limits, bool hashed, CancellationToken stop)
    {
        (_path, _name, _limits) = (path, name, limits);
        _before = new FileInfo(path);
        Total = _before.Length;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _stored = new StoredBytes(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.SequentialScan), hashed, _ending.Token);
        try
        {
            ReadOnlyMemory<byte> first = _stored.Next();
            _gzip = GunzipBytes.Recognises(first.Span);
            _text = _gzip ? new GunzipBytes(_stored, first, name) : new PlainBytes(_stored, first);
        }
        catch
        {
            End();
            throw;
        }
    }

    public long Done => _stored.Done;
    public long Total { get; }

    /// <summary>What was read. Call at the end, once.</summary>
    public DataVersion Version()
    {
        string sha = _stored.Sha256();
        var now = new FileInfo(_path);
        bool changed = !now.Exists || now.Length != _before.Length || now.LastWriteTimeUtc != _before.LastWriteTimeUtc || _stored.Done != _before.Length;
        return new DataVersion(_path, sha, _stored.Done, new DateTimeOffset(_before.LastWriteTimeUtc, TimeSpan.Zero), _gzip ? "application/gzip" : "application/x-tar", changed);
    }

    public override int Read(Span<byte> buffer)
    {
        int read = _text.Read(buffer);
        _given += read;
        if (_gzip && _limits.RatioExceeded(_given, _stored.Done) is { } reason)
        {
            throw new ProblemException(new Problem("archive/bomb", ProblemKind.Refused, $"{_name} {reason}; it was not read", new FilePlace(_name), "if you trust it, set largest_ratio"));
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
            End();
        }

        base.Dispose(disposing);
    }

    // The thread that hashes waits for bytes that may never come.
    private void End()
    {
        _ending.Cancel();
        _stored.Dispose();
        _ending.Dispose();
    }
}
