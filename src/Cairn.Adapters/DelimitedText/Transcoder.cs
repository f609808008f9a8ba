using System.Text;

namespace Cairn.Adapters.DelimitedText;

/// <summary>
/// Turns text of another encoding into UTF-8. What cannot be decoded becomes bytes that UTF-8 does not have, so that the row it stands in is
/// found and refused like a row of bad UTF-8. (U+FFFF marks such places on the way; it is no character, and text that holds it is refused too.)
/// </summary>
internal sealed class Transcoder : TextBytes
{
    private const int Piece = 16 << 10;

    private readonly TextBytes source;
    private readonly Decoder decoder;
    private readonly byte[] input = new byte[Piece];
    private readonly char[] chars;
    private readonly byte[] output;
    private int from;
    private int to;
    private bool ended;
    private char half;

    public Transcoder(TextBytes source, Encoding encoding)
    {
        this.source = source;
        var own = (Encoding)encoding.Clone();
        own.DecoderFallback = new DecoderReplacementFallback("\uffff");
        decoder = own.GetDecoder();
        chars = new char[own.GetMaxCharCount(Piece) + 1];
        output = new byte[Encoding.UTF8.GetMaxByteCount(chars.Length)];
    }

    /// <summary>The offset of the first byte that is not UTF-8, or the length when all are.</summary>
    public static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            int ascii = bytes[at..].IndexOfAnyExceptInRange((byte)0, (byte)127);
            if (ascii < 0)
            {
                return bytes.Length;
            }

            at += ascii;
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out int used) != System.Buffers.OperationStatus.Done)
            {
                return at;
            }

            at += used;
        }

        return at;
    }

    public override int Read(Span<byte> buffer)
    {
        int done = 0;
        while (done < buffer.Length)
        {
            if (from == to)
            {
                if (ended)
                {
                    break;
                }

                Transcode();
                continue;
            }

            int length = Math.Min(to - from, buffer.Length - done);
            output.AsSpan(from, length).CopyTo(buffer[done..]);
            from += length;
            done += length;
        }

        return done;
    }

    private void Transcode()
    {
        int read = source.Read(input);
        ended = read < input.Length;
        int kept = half == 0 ? 0 : 1;
        chars[0] = half;
        int count = kept + decoder.GetChars(input.AsSpan(0, read), chars.AsSpan(kept), ended);
        half = '\0';
        if (!ended && count > 0 && char.IsHighSurrogate(chars[count - 1]))
        {
            half = chars[--count];
        }

        from = 0;
        to = Encoding.UTF8.GetBytes(chars.AsSpan(0, count), output);
        for (Span<byte> rest = output.AsSpan(0, to); rest.IndexOf("\uffff"u8) is int at and >= 0; rest = rest[(at + 3)..])
        {
            rest.Slice(at, 3).Fill(0xff);
        }
    }
}
