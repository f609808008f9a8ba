using System.Globalization;

namespace Cairn.RedcapServer.Text;

/// <summary>Rights by instrument as one text: <c>demographics:1,day_3:0</c>.</summary>
public static class NamedNumbers
{
    public static string Write(IEnumerable<KeyValuePair<string, int>> numbers) => string.Join(',', numbers.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}:{p.Value}")));

    /// <summary>What is not a name, a colon and a number is passed over.</summary>
    public static IReadOnlyList<KeyValuePair<string, int>> Read(string text)
    {
        var found = new List<KeyValuePair<string, int>>();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int colon = part.LastIndexOf(':');
            if (colon > 0 && int.TryParse(part.AsSpan(colon + 1), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number))
            {
                found.Add(new(part[..colon].Trim(), number));
            }
        }

        return found;
    }
}
