using System.Text;

namespace Cairn.Adapters.DelimitedText;

/// <summary>An open file as UTF-8 text: decompressed if it is gz, without its byte-order mark, transcoded if it is in another encoding.</summary>
internal sealed class FileText : IDisposable
{
    private readonly StoredBytes stored;
    private readonly TextBytes inner;

    private FileText(string name, StoredBytes stored, TextBytes inner, TextBytes bytes, Encoding encoding, int markLength)
    {
        Name = name;
        this.stored = stored;
        this.inner = inner;
        Bytes = bytes;
        Encoding = encoding;
        MarkLength = markLength;
    }

    public string Name { get; }
    public TextBytes Bytes { get; }
    public StoredBytes Stored => stored;

    /// <summary>The encoding of the file: by its byte-order mark, else as declared.</summary>
    public Encoding Encoding { get; }

    /// <summary>Bytes of the byte-order mark.</summary>
    public int MarkLength { get; }

    public bool Gzip => inner is GunzipBytes;

    /// <summary>Zero bytes that pad the end of a gz file; known at the end.</summary>
    public long Padding => inner is GunzipBytes gunzip ? gunzip.Padding : 0;

    public static FileText Open(DelimitedFile file, Encoding declared, bool hashed, CancellationToken stop)
    {
        var stored = new StoredBytes(file, hashed, stop);
        TextBytes? inner = null;
        try
        {
            ReadOnlyMemory<byte> first = stored.Next();
            inner = GunzipBytes.Recognises(first.Span) ? new GunzipBytes(stored, first, file.Name) : new PlainBytes(stored, first);
            byte[] start = new byte[4];
            start = start[..inner.Read(start)];
            (Encoding encoding, int mark) = Mark(start) ?? (declared, 0);
            var unmarked = new PrefixedBytes(start.AsMemory(mark), inner);
            return new FileText(file.Name, stored, inner, encoding is UTF8Encoding ? unmarked : new Transcoder(unmarked, encoding), encoding, mark);
        }
        catch
        {
            inner?.Dispose();
            stored.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        inner.Dispose();
        stored.Dispose();
    }

    private static (Encoding Encoding, int Length)? Mark(ReadOnlySpan<byte> start) => start switch
    {
        [0xef, 0xbb, 0xbf, ..] => (Encoding.UTF8, 3),
        [0xff, 0xfe, 0, 0] => (Encoding.UTF32, 4),
        [0, 0, 0xfe, 0xff] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4),
        [0xff, 0xfe, ..] => (Encoding.Unicode, 2),
        [0xfe, 0xff, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    private sealed class PrefixedBytes(ReadOnlyMemory<byte> prefix, TextBytes rest) : TextBytes
    {
        private ReadOnlyMemory<byte> prefix = prefix;

        public override int Read(Span<byte> buffer)
        {
            int length = Math.Min(prefix.Length, buffer.Length);
            prefix.Span[..length].CopyTo(buffer);
            prefix = prefix[length..];
            return length + rest.Read(buffer[length..]);
        }
    }
}
