using System.Runtime.InteropServices;
using System.Text;
using Cairn.Core;

namespace Cairn.Adapters.DelimitedText;

/// <summary>
/// Decompresses gz (RFC 1952). It ends only after the checksum and the length of every member were verified and every byte of the file is
/// accounted for: members may follow one another (2.2), zeros may pad the end (which <see cref="Padding"/> tells), anything else is a problem.
/// </summary>
internal sealed unsafe class GunzipBytes : TextBytes
{
    private readonly StoredBytes stored;
    private readonly string name;
    private readonly ZlibNative.State* state;
    private ReadOnlyMemory<byte> rest;
    private bool inMember;
    private bool ended;
    private bool disposed;
    private long consumed;
    private long member;

    public GunzipBytes(StoredBytes stored, ReadOnlyMemory<byte> first, string name)
    {
        this.stored = stored;
        this.name = name;
        rest = first;
        state = (ZlibNative.State*)NativeMemory.AllocZeroed((nuint)sizeof(ZlibNative.State));
        if (ZlibNative.InflateInit(state, ZlibNative.GzipWindow) != ZlibNative.Ok)
        {
            throw new OutOfMemoryException("zlib could not be started");
        }

        inMember = true;
    }

    /// <summary>Zero bytes after the last member.</summary>
    public long Padding { get; private set; }

    public static bool Recognises(ReadOnlySpan<byte> start) => start is [0x1f, 0x8b, ..];

    public override int Read(Span<byte> buffer)
    {
        int done = 0;
        while (done < buffer.Length && !ended)
        {
            if (rest.IsEmpty && (rest = stored.Next()).IsEmpty)
            {
                End();
                break;
            }

            if (inMember)
            {
                done += Inflate(buffer[done..]);
            }
            else
            {
                Between();
            }
        }

        return done;
    }

    public override void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            ZlibNative.InflateEnd(state);
            NativeMemory.Free(state);
        }
    }

    private int Inflate(Span<byte> buffer)
    {
        int result;
        int used;
        int made;
        fixed (byte* input = rest.Span)
        fixed (byte* output = buffer)
        {
            state->NextIn = input;
            state->AvailableIn = (uint)rest.Length;
            state->NextOut = output;
            state->AvailableOut = (uint)buffer.Length;
            result = ZlibNative.Inflate(state, 0);
            used = rest.Length - (int)state->AvailableIn;
            made = buffer.Length - (int)state->AvailableOut;
        }

        rest = rest[used..];
        consumed += used;
        if (result == ZlibNative.StreamEnd)
        {
            inMember = false;
        }
        else if (result != ZlibNative.Ok && (result != ZlibNative.BufferError || (used == 0 && made == 0)))
        {
            throw Damaged();
        }

        return made;
    }

    /// <summary>After a member: another one, zeros to the end, or bytes that do not belong.</summary>
    private void Between()
    {
        ReadOnlySpan<byte> span = rest.Span;
        if (Padding == 0 && span[0] == 0x1f)
        {
            member = consumed;
            ZlibNative.InflateReset(state, ZlibNative.GzipWindow);
            inMember = true;
            return;
        }

        int other = span.IndexOfAnyExcept((byte)0);
        if (other >= 0)
        {
            throw new ProblemException(new Problem("gz/trailing-bytes", ProblemKind.Refused,
                $"{name} has bytes after the end of its gz data: the first that does not belong stands at byte {consumed + other}", new FilePlace(name),
                "make the file again, or cut it off there"));
        }

        Padding += span.Length;
        consumed += span.Length;
        rest = default;
    }

    private void End()
    {
        ended = true;
        if (inMember)
        {
            throw new ProblemException(new Problem("gz/truncated", ProblemKind.Refused,
                $"{name} is cut off: its gz data, begun at byte {member}, does not end before the file does, at byte {consumed}", new FilePlace(name),
                "fetch or copy the file again"));
        }
    }

    private ProblemException Damaged()
    {
        string message = state->Message is null ? "" : Encoding.ASCII.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(state->Message));
        (string code, string what) = message switch
        {
            "incorrect data check" => ("gz/wrong-checksum", "the text decompressed from it does not have the checksum the file gives"),
            "incorrect length check" => ("gz/wrong-length", "the text decompressed from it does not have the length the file gives"),
            "incorrect header check" when member > 0 => ("gz/trailing-bytes", "bytes that do not belong follow the end of its gz data"),
            _ => ("gz/damaged", $"its gz data cannot be decompressed ({(message.Length == 0 ? "no reason given" : message)})"),
        };
        return new ProblemException(new Problem(code, ProblemKind.Refused, $"{name} is damaged: {what}, at byte {consumed}", new FilePlace(name),
            "fetch or copy the file again"));
    }
}
