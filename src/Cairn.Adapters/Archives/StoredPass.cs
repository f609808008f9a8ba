using Cairn.Adapters.DelimitedText;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Archives;

/// <summary>
/// One way through a file from its first byte to its last, hashed as it goes; parts that lie ahead can be read on the way, so that a zip is read once
/// for its members and for its hash.
/// </summary>
internal sealed class StoredPass(DelimitedFile file, CancellationToken stop) : IDisposable
{
    private readonly StoredBytes _stored = new(file, hashed: true, stop);
    private ReadOnlyMemory<byte> _rest;
    private DataVersion? _version;

    /// <summary>Where it stands.</summary>
    public long At { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long Done => _stored.Done;

    /// <summary>The bytes of a part that lies ahead. They are passed over as soon as another part is read.</summary>
    public Stream Part(long at, long length) => new PassedPart(this, at, length);

    /// <summary>Goes on to the end.</summary>
    public DataVersion Finish(CancellationToken stop)
    {
        if (_version is null)
        {
            do
            {
                stop.ThrowIfCancellationRequested();
            }
            while (!_stored.Next().IsEmpty);
            _version = file.Version!(new StoredBytesRead(_stored.Sha256(), _stored.Done, Gzip: false));
        }

        return _version;
    }

    public void Dispose() => _stored.Dispose();

    private int Read(long at, Span<byte> buffer)
    {
        if (at < At)
        {
            throw new InvalidOperationException("the pass has gone by this part");
        }

        while (true)
        {
            if (_rest.IsEmpty && (_rest = _stored.Next()).IsEmpty)
            {
                return 0;
            }

            int over = (int)Math.Min(at - At, _rest.Length);
            int read = over < _rest.Length ? Math.Min(_rest.Length - over, buffer.Length) : 0;
            _rest.Span.Slice(over, read).CopyTo(buffer);
            _rest = _rest[(over + read)..];
            At += over + read;
            if (read > 0)
            {
                return read;
            }
        }
    }

    private sealed class PassedPart(StoredPass pass, long at, long length) : ForwardStream
    {
        private long _done;

        public override int Read(Span<byte> buffer)
        {
            int wanted = (int)Math.Min(buffer.Length, length - _done);
            int read = wanted == 0 ? 0 : pass.Read(at + _done, buffer[..wanted]);
            _done += read;
            return read;
        }
    }
}
