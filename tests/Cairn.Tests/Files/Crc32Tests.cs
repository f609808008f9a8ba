using Cairn.Adapters.Files;

namespace Cairn.Tests.Files;

public sealed class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_catalogue_of_crcs() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    [Fact]
    public void Every_length_and_every_cut_gives_the_sum_taken_bit_by_bit()
    {
        var random = new Random(7);
        byte[] bytes = new byte[700];
        random.NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(0, length);
            uint naive = BitByBit(part);
            Assert.Equal(naive, Crc32.Of(part));
            Assert.Equal(naive, ~Crc32.ByTables(~0u, part));

            int cut = random.Next(length + 1);
            Crc32 pieces = default;
            pieces.Add(part[..cut]);
            pieces.Add(part[cut..]);
            Assert.Equal(naive, pieces.Value);
        }
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        uint sum = ~0u;
        foreach (byte b in bytes)
        {
            sum ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
            }
        }

        return ~sum;
    }
}
