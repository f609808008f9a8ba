using System.Globalization;
using System.Text;
using Cairn.Core;

namespace Cairn.Adapters.Archives;

/// <summary>
/// Reads a tar from its first byte to its last: the old, POSIX ustar, pax (POSIX.1-2001) and GNU forms, strictly. An archive that ends without
/// its two blocks of zeros is cut off, even where the cut falls between two members; <c>System.Formats.Tar</c> takes that for the end.
/// </summary>
internal sealed class TarReader(Stream stream, string archive)
{
    public const int Block = 512;
    private const int LongestExtended = 1 << 20;

    // Invalid UTF-8 throws, so that names in an older character set can be told.
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _header = new byte[Block];
    private readonly Dictionary<string, string> _everyMember = [];
    private long _at;
    private long _left;
    private int _padding;

    /// <summary>Members that are no files and were passed over: links, devices.</summary>
    public int NotFiles { get; private set; }

    /// <summary>Names whose bytes are not UTF-8 and were taken as Latin-1.</summary>
    public int OddNames { get; private set; }

    /// <summary>The tar ended with one block of zeros where two belong.</summary>
    public bool LoneZeroBlock { get; private set; }

    /// <summary>Is this the first block of a tar? Its checksum says so.</summary>
    public static bool Recognises(ReadOnlySpan<byte> block) => block.Length >= Block && block[0] != 0 && ChecksumHolds(block[..Block]);

    /// <summary>Goes on to the next file, past what is left of the one before; null at the end, which has then been verified.</summary>
    public TarMember? Next(CancellationToken stop)
    {
        string? longName = null;
        Dictionary<string, string>? ofNext = null;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            Skip(_left + _padding, stop);
            (_left, _padding) = (0, 0);
            if (!Fill())
            {
                throw CutOff();
            }

            if (_header.AsSpan().IndexOfAnyExcept((byte)0) < 0)
            {
                if (longName is not null || ofNext is not null)
                {
                    throw CutOff();
                }

                End(stop);
                return null;
            }

            if (!ChecksumHolds(_header))
            {
                throw Damaged($"the header at byte {_at - Block} does not have the checksum it gives");
            }

            var kind = (char)_header[156];
            long size = Number(124, 12, "size");
            switch (kind)
            {
                case 'L' or 'K':
                    string text = Text(Extended(size));
                    longName = kind == 'L' ? text : longName;
                    continue;
                case 'x':
                    ofNext = Records(Extended(size));
                    continue;
                case 'g':
                    foreach ((string key, string value) in Records(Extended(size)))
                    {
                        _everyMember[key] = value;
                    }

                    continue;
            }

            string? Pax(string key) => ofNext is not null && ofNext.TryGetValue(key, out string? own) ? own : _everyMember.GetValueOrDefault(key);
            if (Pax("size") is { } written)
            {
                size = long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out long given) ? given : throw Damaged($"the size {MemberName.Shown(written)} before byte {_at} is no number");
            }

            // Links and devices have no content, whatever their size field says.
            bool hasContent = kind is not ('1' or '2' or '3' or '4' or '5' or '6');
            _left = hasContent ? size : 0;
            _padding = (int)(-_left & (Block - 1));
            string name = Pax("path") ?? longName ?? NameOf();
            bool sparse = kind == 'S' || Pax("GNU.sparse.major") is not null || Pax("GNU.sparse.map") is not null;
            if (kind is '0' or '\0' or '7' or 'S')
            {
                if (!name.EndsWith('/'))
                {
                    return new TarMember(name, size, Modified(Pax("mtime")), sparse);
                }
            }
            else if (kind is not ('5' or 'D' or 'V'))
            {
                NotFiles++;
            }

            (longName, ofNext) = (null, null);
        }
    }

    /// <summary>Reads on in the content of the file at hand; 0 at its end.</summary>
    public int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        int read = stream.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (read == 0)
        {
            throw CutOff();
        }

        _left -= read;
        _at += read;
        return read;
    }

    // Two blocks of zeros, then zeros to the end of the stream (tar pads to whole records); anything else would be lost silently.
    private void End(CancellationToken stop)
    {
        if (!Fill())
        {
            LoneZeroBlock = true;
            return;
        }

        var rest = new byte[1 << 16];
        ReadOnlySpan<byte> piece = _header;
        do
        {
            stop.ThrowIfCancellationRequested();
            int other = piece.IndexOfAnyExcept((byte)0);
            if (other >= 0)
            {
                throw new ProblemException(new Problem("archive/trailing-bytes", ProblemKind.Refused, $"{archive} has bytes after the end of its tar: the first stands at byte {_at - piece.Length + other}",
                    new FilePlace(archive), $"tar --ignore-zeros -tf {archive} shows what was appended; pack it again"));
            }

            int read = stream.Read(rest);
            _at += read;
            piece = rest.AsSpan(0, read);
        }
        while (!piece.IsEmpty);
    }

    private bool Fill()
    {
        int read = stream.ReadAtLeast(_header, Block, throwOnEndOfStream: false);
        _at += read;
        return read == Block ? true : read == 0 ? false : throw CutOff();
    }

    private void Skip(long bytes, CancellationToken stop)
    {
        Span<byte> waste = stackalloc byte[8192];
        while (bytes > 0)
        {
            stop.ThrowIfCancellationRequested();
            int read = stream.Read(waste[..(int)Math.Min(waste.Length, bytes)]);
            if (read == 0)
            {
                throw CutOff();
            }

            bytes -= read;
            _at += read;
        }
    }

    private byte[] Extended(long size)
    {
        if (size > LongestExtended)
        {
            throw Damaged($"the extended header before byte {_at} claims {size:N0} bytes");
        }

        var bytes = new byte[size];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _at += read;
        if (read < bytes.Length)
        {
            throw CutOff();
        }

        Skip(-size & (Block - 1), CancellationToken.None);
        return bytes;
    }

    // Each record is "length key=value\n", the length counting itself (POSIX pax, "pax Extended Header").
    private Dictionary<string, string> Records(ReadOnlySpan<byte> bytes)
    {
        var records = new Dictionary<string, string>();
        while (!bytes.IsEmpty)
        {
            int space = bytes.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(bytes[..space], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= space + 1 || length > bytes.Length || bytes[length - 1] != '\n')
            {
                throw Damaged($"the extended header before byte {_at} is not made of records");
            }

            ReadOnlySpan<byte> record = bytes[(space + 1)..(length - 1)];
            int equals = record.IndexOf((byte)'=');
            if (equals > 0)
            {
                records[Text(record[..equals])] = Text(record[(equals + 1)..], endsAtNul: false);
            }

            bytes = bytes[length..];
        }

        return records;
    }

    private string NameOf()
    {
        string name = Text(_header.AsSpan(0, 100));
        bool ustar = _header.AsSpan(257, 6).SequenceEqual("ustar\0"u8);
        string prefix = ustar ? Text(_header.AsSpan(345, 155)) : "";
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private string Text(ReadOnlySpan<byte> bytes, bool endsAtNul = true)
    {
        int nul = endsAtNul ? bytes.IndexOf((byte)0) : -1;
        bytes = nul >= 0 ? bytes[..nul] : bytes;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            OddNames++;
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private string Modified(string? pax)
    {
        long seconds = pax is not null && decimal.TryParse(pax, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
            ? (long)Math.Clamp(Math.Floor(exact), long.MinValue, long.MaxValue)
            : Number(136, 12, "time");
        return seconds is >= 0 and <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : "";
    }

    // Octal digits padded by spaces and NULs; or, with the first bit set, a binary number (GNU).
    private long Number(int offset, int length, string what)
    {
        ReadOnlySpan<byte> field = _header.AsSpan(offset, length);
        if ((field[0] & 0x80) != 0)
        {
            long value = (field[0] & 0x40) != 0 ? -1 : field[0] & 0x3F;
            foreach (byte b in field[1..])
            {
                if (value is > long.MaxValue >> 8 or < long.MinValue >> 8)
                {
                    throw Damaged($"the {what} in the header before byte {_at} is too large");
                }

                value = (value << 8) | b;
            }

            return value >= 0 || what == "time" ? value : throw Damaged($"the {what} in the header before byte {_at} is negative");
        }

        return Octal(field) ?? throw Damaged($"the {what} in the header before byte {_at} is no number");
    }

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        field = field.Trim(" \0"u8);
        long value = 0;
        foreach (byte b in field)
        {
            if (b is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            value = (value << 3) | (uint)(b - '0');
        }

        return value;
    }

    // The sum of all bytes, those of the checksum itself taken as spaces; some old writers summed signed bytes.
    private static bool ChecksumHolds(ReadOnlySpan<byte> block)
    {
        if (Octal(block.Slice(148, 8)) is not { } written)
        {
            return false;
        }

        long sum = 0;
        long signed = 0;
        for (int i = 0; i < Block; i++)
        {
            byte b = i is >= 148 and < 156 ? (byte)' ' : block[i];
            sum += b;
            signed += (sbyte)b;
        }

        return written == sum || written == signed;
    }

    private ProblemException CutOff() => new(new Problem("archive/truncated", ProblemKind.Refused,
        $"{archive} is cut off: its tar has no end mark, it stops at byte {_at}", new FilePlace(archive), "fetch or copy the archive again"));

    private ProblemException Damaged(string what) => new(new Problem("archive/damaged", ProblemKind.Refused, $"{archive} is damaged: {what}", new FilePlace(archive), "fetch or copy the archive again"));
}

/// <param name="Name">As the tar has it, not yet checked.</param>
/// <param name="Sparse">Its content is stored in a form with holes, which is not read.</param>
internal sealed record TarMember(string Name, long Size, string Modified, bool Sparse);
