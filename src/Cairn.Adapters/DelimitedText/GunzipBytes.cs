using Cairn.Adapters.Deflate;
using Cairn.Adapters.Files;
using Cairn.Core;

namespace Cairn.Adapters.DelimitedText;

/// <summary>
/// Decompresses gz (RFC 1952). It ends only after the checksum and the length of every member were verified and every byte of the file is
/// accounted for: members may follow one another (2.2), zeros may pad the end (which <see cref="Padding"/> tells), anything else is a problem.
/// .NET's own stream tells neither truncation, nor a missing trailer, nor bytes after the end.
/// </summary>
internal sealed class GunzipBytes : TextBytes
{
    private readonly string name;
    private readonly Inflater inflater;
    private Crc32 checksum;
    private uint length;
    private bool inMember;
    private bool ended;
    private long member;

    public GunzipBytes(StoredBytes stored, ReadOnlyMemory<byte> first, string name)
    {
        this.name = name;
        inflater = new Inflater(new PiecesAfter(stored, first));
    }

    /// <summary>Zero bytes after the last member.</summary>
    public long Padding { get; private set; }

    public static bool Recognises(ReadOnlySpan<byte> start) => start is [0x1f, 0x8b, ..];

    public override int Read(Span<byte> buffer)
    {
        int done = 0;
        try
        {
            while (done < buffer.Length && !ended)
            {
                if (!inMember)
                {
                    ended = !BeginMember();
                    continue;
                }

                int made = inflater.Inflate(buffer[done..]);
                checksum.Add(buffer.Slice(done, made));
                length += (uint)made;
                done += made;
                if (inflater.Ended)
                {
                    EndMember();
                }
            }

            return done;
        }
        catch (DeflateException e)
        {
            throw e.Truncated ? Truncated() : Damaged("gz/damaged", $"its gz data cannot be decompressed ({e.Message})");
        }
    }

    public override void Dispose() => inflater.Dispose();

    /// <summary>Reads the header of a member (2.3). False at the end of the file, padded or not.</summary>
    private bool BeginMember()
    {
        member = inflater.Used;
        int first = inflater.NextByte();
        if (first < 0 && member > 0)
        {
            return false;
        }

        if (first == 0 && member > 0)
        {
            return SkipPadding();
        }

        Crc32 header = default;
        if (first != 0x1f || Next(ref header, first) != 0x8b)
        {
            throw Trailing(inflater.Used - 1);
        }

        int method = Next(ref header);
        int flags = Next(ref header);
        if (method != 8 || (flags & 0xe0) != 0)
        {
            throw Damaged("gz/damaged", "its gz data begins in a way that no version of the format has");
        }

        for (int i = 0; i < 6; i++)
        {
            Next(ref header);
        }

        if ((flags & 4) != 0)
        {
            for (int extra = Next(ref header) | (Next(ref header) << 8); extra > 0; extra--)
            {
                Next(ref header);
            }
        }

        for (int texts = ((flags & 8) >> 3) + ((flags & 16) >> 4); texts > 0; texts--)
        {
            while (Next(ref header) != 0)
            {
            }
        }

        uint expected = header.Value & 0xffff;
        if ((flags & 2) != 0 && (Next(ref header) | (Next(ref header) << 8)) != expected)
        {
            throw Damaged("gz/wrong-checksum", "the header of its gz data does not have the checksum it gives");
        }

        inflater.Begin();
        checksum = default;
        length = 0;
        inMember = true;
        return true;
    }

    private void EndMember()
    {
        inMember = false;
        if (FourBytes() != checksum.Value)
        {
            throw Damaged("gz/wrong-checksum", "the text decompressed from it does not have the checksum the file gives");
        }

        if (FourBytes() != length)
        {
            throw Damaged("gz/wrong-length", "the text decompressed from it does not have the length the file gives");
        }
    }

    private bool SkipPadding()
    {
        int next;
        do
        {
            Padding++;
            next = inflater.NextByte();
        }
        while (next == 0);
        return next < 0 ? false : throw Trailing(inflater.Used - 1);
    }

    private uint FourBytes()
    {
        uint value = 0;
        for (int i = 0; i < 4; i++)
        {
            int next = inflater.NextByte();
            value |= (next >= 0 ? (uint)next : throw Truncated()) << (8 * i);
        }

        return value;
    }

    private int Next(ref Crc32 header, int before = -1)
    {
        if (before >= 0)
        {
            header.Add([(byte)before]);
        }

        int next = inflater.NextByte();
        header.Add([next >= 0 ? (byte)next : throw Truncated()]);
        return next;
    }

    private ProblemException Truncated() => new(new Problem("gz/truncated", ProblemKind.Refused,
        $"{name} is cut off: its gz data, begun at byte {member}, does not end before the file does, at byte {inflater.Received}", new FilePlace(name), "fetch or copy the file again"));

    private ProblemException Trailing(long at) => new(new Problem("gz/trailing-bytes", ProblemKind.Refused,
        $"{name} has bytes after the end of its gz data: the first that does not belong stands at byte {at}", new FilePlace(name), "make the file again, or cut it off there"));

    private ProblemException Damaged(string code, string what) => new(new Problem(code, ProblemKind.Refused, $"{name} is damaged: {what}, at byte {inflater.Used}", new FilePlace(name),
        "fetch or copy the file again"));

    /// <summary>A piece that was looked at already, then those that follow.</summary>
    private sealed unsafe class PiecesAfter(StoredBytes stored, ReadOnlyMemory<byte> first) : IDeflateInput
    {
        private bool begun;

        public bool Next(out byte* at, out int length)
        {
            ReadOnlyMemory<byte> piece = begun ? stored.Next() : first;
            begun = true;
            length = piece.Length;

            // Pieces lie in pinned arrays with room around them.
            at = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(piece.Span));
            return length > 0;
        }
    }
}
