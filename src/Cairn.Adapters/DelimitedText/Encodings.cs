using System.Text;

namespace Cairn.Adapters.DelimitedText;

/// <summary>Every encoding .NET has, the code pages included, by any of its names.</summary>
public static class Encodings
{
    static Encodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static IEnumerable<string> Names => Encoding.GetEncodings().Select(e => e.Name);

    /// <summary>Null when there is none of that name. UTF-8 comes without a byte-order mark.</summary>
    public static Encoding? Named(string name)
    {
        try
        {
            Encoding found = Encoding.GetEncoding(name.Trim());
            return found is UTF8Encoding ? new UTF8Encoding(false) : found;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // Not supported is UTF-7, which .NET has switched off.
            return null;
        }
    }
}
