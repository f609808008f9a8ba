using System.Text;

namespace Cairn.RedcapServer.Records;

/// <summary>
/// The order of record names as bytes that compare like the names should: runs of digits by their number, so that 2 stands before 10 and 331-2 before 331-10.
/// Different names have different keys.
/// </summary>
public static class NaturalOrder
{
    /// <summary>A run of digits becomes its length without leading zeros, behind a byte below every other character, and its digits; the name itself closes the key.</summary>
    public static byte[] Key(string name)
    {
        using var key = new MemoryStream(name.Length + 8);
        byte[] text = Encoding.UTF8.GetBytes(name);
        for (int i = 0; i < text.Length;)
        {
            if (!char.IsAsciiDigit((char)text[i]))
            {
                key.WriteByte(text[i++]);
                continue;
            }

            int from = i;
            while (i < text.Length && char.IsAsciiDigit((char)text[i]))
            {
                i++;
            }

            while (from < i - 1 && text[from] == '0')
            {
                from++;
            }

            int digits = i - from;
            key.WriteByte((byte)'0');
            key.WriteByte((byte)(digits >> 8));
            key.WriteByte((byte)digits);
            key.Write(text, from, digits);
        }

        key.WriteByte(0);
        key.Write(text);
        return key.ToArray();
    }
}
