using Cairn.Adapters.DelimitedText;
using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Archives;

/// <summary>One pass over a tar or tar.gz from its first byte to its last: its text as a stream, hashed as stored, decompressed and verified on the way.</summary>
internal sealed class StoredArchive : ForwardStream
{
    private readonly string _name;
    private readonly ArchiveLimits _limits;
    private readonly DelimitedFile _file;
    private readonly StoredBytes _stored;
    private readonly TextBytes _text;
    private readonly bool _gzip;
    private long _given;

    public StoredArchive(string path, string name, ArchiveLimits limits, bool hashed, CancellationToken stop)
    {
        (_name, _limits) = (name, limits);
        _file = DelimitedFile.At(path, name);
        _stored = new StoredBytes(_file, hashed, stop);
        try
        {
            ReadOnlyMemory<byte> first = _stored.Next();
            _gzip = GunzipBytes.Recognises(first.Span);
            _text = _gzip ? new GunzipBytes(_stored, first, name) : new PlainBytes(_stored, first);
        }
        catch
        {
            _stored.Dispose();
            throw;
        }
    }

    public long Done => _stored.Done;
    public long? Total => _file.Length;

    /// <summary>What was read. Call at the end, once.</summary>
    public DataVersion Version()
    {
        DataVersion version = _file.Version!(new StoredBytesRead(_stored.Sha256(), _stored.Done, _gzip));
        return _gzip ? version : version with { MediaType = "application/x-tar" };
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
            _stored.Dispose();
        }

        base.Dispose(disposing);
    }
}
