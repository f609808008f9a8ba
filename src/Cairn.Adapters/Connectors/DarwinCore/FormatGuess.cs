using System.Text;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>
/// Finds delimiter, quote and encoding of a file that stands without a descriptor, from its beginning. The delimiter is the one that finds most known
/// terms in the header, then the one that gives most rows the header's width.
/// </summary>
internal static class FormatGuess
{
    private const int SampleBytes = 128 << 10;
    private static readonly string[] Delimiters = ["\t", ",", ";", "|"];

    public static DelimitedFormat Of(Func<Stream> open, CancellationToken stop)
    {
        byte[] sample = Sample(open);
        Encoding encoding = EncodingOf(sample);
        Guess? best = null;
        foreach (string delimiter in Delimiters)
        {
            foreach (string? quote in (string?[])[null, "\""])
            {
                var format = new DelimitedFormat { Separator = delimiter, Quote = quote, Encoding = encoding, Ragged = Ragged.Refuse };
                if (Try(sample, format, stop) is { } guess && guess.IsBetterThan(best))
                {
                    best = guess;
                }
            }
        }

        return best?.Format ?? new DelimitedFormat { Encoding = encoding };
    }

    private static Guess? Try(byte[] sample, DelimitedFormat format, CancellationToken stop)
    {
        var file = new DelimitedFile("sample", () => new MemoryStream(sample));
        try
        {
            if (DelimitedReader.FirstRow(file, format, stop) is not { Count: > 0 } header)
            {
                return null;
            }

            long quoted = 0;
            SourceReport report = DelimitedReader.Read("sample", [file], format, header.Count, null, batch =>
            {
                for (int r = 0; r < batch.Rows; r++)
                {
                    for (int c = 0; c < batch.Columns; c++)
                    {
                        quoted += batch.Field(r, c) is [(byte)'"', .., (byte)'"'] ? 1 : 0;
                    }
                }
            }, new Unwatched(), stop);
            bool oddQuotes = report.Findings.Any(f => f.Code == Noted.TextAfterQuote);
            return new Guess(format, header.Count, header.Count(name => Vocabulary.Term(name) is not null), report.Records == 0 ? 1 : 1 - ((double)report.Refused / report.Records),
                quoted + header.Count(name => name is ['"', .., '"']), oddQuotes);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private static byte[] Sample(Func<Stream> open)
    {
        using Stream stored = open();
        var bytes = new byte[SampleBytes];
        int length = stored.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

        // The last line may be cut off by the sample's own end.
        int end = length < bytes.Length ? length : bytes.AsSpan(0, length).LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        return bytes[..(end > 0 ? end : length)];
    }

    private static Encoding EncodingOf(byte[] sample)
    {
        // Text in UTF-16 without a mark has a zero in every other byte, as far as it is in Latin letters.
        int zeros = sample.AsSpan().Count((byte)0);
        if (zeros > sample.Length / 4)
        {
            bool bigEndian = sample is [0, not 0, ..];
            return bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode;
        }

        // A character cut in two by the end of the sample is no sign of another encoding.
        int whole = sample.Length;
        while (whole > 0 && sample.Length - whole < 4 && (sample[whole - 1] & 0xC0) == 0x80)
        {
            whole--;
        }

        whole -= whole > 0 && sample[whole - 1] >= 0xC0 && !System.Text.Unicode.Utf8.IsValid(sample) ? 1 : 0;
        bool utf8 = System.Text.Unicode.Utf8.IsValid(sample) || System.Text.Unicode.Utf8.IsValid(sample.AsSpan(0, whole));
        return utf8 || sample is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] ? new UTF8Encoding(false) : Encodings.Named("windows-1252")!;
    }

    /// <param name="Terms">Header names that are known terms.</param>
    /// <param name="Even">The share of rows of the header's width.</param>
    /// <param name="Quoted">Cells that still begin and end with a quote.</param>
    /// <param name="OddQuotes">A closing quote stood inside a cell.</param>
    private sealed record Guess(DelimitedFormat Format, int Width, int Terms, double Even, long Quoted, bool OddQuotes)
    {
        public bool IsBetterThan(Guess? other)
        {
            if (other is null || Terms != other.Terms)
            {
                return other is null || Terms > other.Terms;
            }

            if (Format.Separator != other.Format.Separator)
            {
                return Width > 1 && (other.Width == 1 || Even > other.Even + 0.001);
            }

            // With quotes, where there are any that mean something; in comma-separated text also where the sample has none.
            return Even >= other.Even && !OddQuotes && (other.Quoted > 0 || Even > other.Even || Format.Separator is "," or ";");
        }
    }

    private sealed class Unwatched : IReadWatch
    {
        public void Refused(RefusedRow row)
        {
        }

        public void Progress(long bytesDone, long? bytesTotal)
        {
        }
    }
}
