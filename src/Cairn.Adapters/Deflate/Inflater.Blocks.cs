namespace Cairn.Adapters.Deflate;

/// <content>What stands before the symbols of a block, and blocks that are stored.</content>
internal sealed unsafe partial class Inflater
{
    private void BlockHeader()
    {
        if (lastBlock)
        {
            Drop(bitCount & 7);
            part = Part.End;
            return;
        }

        lastBlock = Bits(1) == 1;
        switch (Bits(2))
        {
            case 0:
                Drop(bitCount & 7);
                int length = TwoBytes();
                if (TwoBytes() != (length ^ 0xffff))
                {
                    throw new DeflateException("the length of a stored block does not agree with its complement");
                }

                stored = length;
                part = length > 0 ? Part.Stored : Part.Header;
                break;
            case 1:
                FixedCodes();
                packed.Make(lengths);
                part = Part.Codes;
                break;
            case 2:
                DynamicCodes();
                packed.Make(lengths);
                part = Part.Codes;
                break;
            default:
                throw new DeflateException("a block is of no known type");
        }
    }

    private int TwoBytes()
    {
        int low = NextByte();
        int high = NextByte();
        return high >= 0 ? low | (high << 8) : throw Truncated();
    }

    private int Stored(byte* output, int wanted)
    {
        int done = 0;
        while (done < wanted && bitCount >= 8)
        {
            int next = NextByte();
            output[done++] = next >= 0 ? (byte)next : throw Truncated();
        }

        if (done < wanted)
        {
            bits = 0;
            if (input == inputEnd && !Pull())
            {
                throw Truncated();
            }

            int length = (int)Math.Min(wanted - done, inputEnd - input);
            Buffer.MemoryCopy(input, output + done, length, length);
            input += length;
            done += length;
        }

        stored -= done;
        part = stored > 0 ? Part.Stored : Part.Header;
        return done;
    }

    /// <summary>RFC 1951, 3.2.6.</summary>
    private void FixedCodes()
    {
        Span<byte> of = stackalloc byte[288];
        of[..144].Fill(8);
        of[144..256].Fill(9);
        of[256..280].Fill(7);
        of[280..].Fill(8);
        lengths.Make(of, DeflateCode.LengthMeanings, mayBeSingle: false);
        of[..32].Fill(5);
        distances.Make(of[..32], DeflateCode.DistanceMeanings, mayBeSingle: false);
    }

    /// <summary>RFC 1951, 3.2.7.</summary>
    private void DynamicCodes()
    {
        ReadOnlySpan<byte> order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        int lengthCount = (int)Bits(5) + 257;
        int distanceCount = (int)Bits(5) + 1;
        int plainCount = (int)Bits(4) + 4;
        if (lengthCount > 286 || distanceCount > 30)
        {
            throw new DeflateException("a block has more codes than there are symbols");
        }

        Span<byte> of = stackalloc byte[286 + 30];
        of[..19].Clear();
        for (int i = 0; i < plainCount; i++)
        {
            of[order[i]] = (byte)Bits(3);
        }

        if (!plain.Make(of[..19], DeflateCode.PlainMeanings, mayBeSingle: false))
        {
            throw new DeflateException("the code of a block's codes is none");
        }

        int total = lengthCount + distanceCount;
        for (int i = 0; i < total;)
        {
            Refill(15);
            uint entry = plain.Table[bits & 127];
            Take((int)(entry & 63));
            int symbol = (int)(entry >> 16);
            if (symbol < 16)
            {
                of[i++] = (byte)symbol;
                continue;
            }

            int count = symbol switch { 16 => 3 + (int)Bits(2), 17 => 3 + (int)Bits(3), _ => 11 + (int)Bits(7) };
            if (i + count > total || (symbol == 16 && i == 0))
            {
                throw new DeflateException("the lengths of a block's codes run on");
            }

            of.Slice(i, count).Fill(symbol == 16 ? of[i - 1] : (byte)0);
            i += count;
        }

        if (of[256] == 0)
        {
            throw new DeflateException("a block has no code for its end");
        }

        if (!lengths.Make(of[..lengthCount], DeflateCode.LengthMeanings, mayBeSingle: true)
            || !distances.Make(of.Slice(lengthCount, distanceCount), DeflateCode.DistanceMeanings, mayBeSingle: true))
        {
            throw new DeflateException("the lengths of a block's codes make no code");
        }
    }
}
