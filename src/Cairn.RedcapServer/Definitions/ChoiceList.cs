using System.Text;

namespace Cairn.RedcapServer.Definitions;

/// <summary>The choices of a field as one text: <c>1, Yes | 2, No</c>.</summary>
public static class ChoiceList
{
    /// <summary>Choices are parted by <c>|</c> or line ends, code and label by the first comma; a choice without a comma is its own label.</summary>
    public static IReadOnlyList<Choice> Read(string text)
    {
        var found = new List<Choice>();
        foreach (string part in text.Replace("\\n", "\n", StringComparison.Ordinal).Split('|', '\n'))
        {
            string one = part.Trim();
            if (one.Length == 0)
            {
                continue;
            }

            int comma = one.IndexOf(',', StringComparison.Ordinal);
            found.Add(comma < 0 ? new Choice(one, one) : new Choice(one[..comma].Trim(), one[(comma + 1)..].Trim()));
        }

        return found;
    }

    public static string Write(IEnumerable<Choice> choices) => string.Join(" | ", choices.Select(c => $"{c.Code}, {c.Label}"));

    /// <summary>The column of one choice of a checkbox field: the code in lower case, whatever is not a letter or digit as <c>_</c>.</summary>
    public static string Column(string field, string code)
    {
        var name = new StringBuilder(field, field.Length + 3 + code.Length).Append("___");
        foreach (char c in code)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_');
        }

        return name.ToString();
    }
}
