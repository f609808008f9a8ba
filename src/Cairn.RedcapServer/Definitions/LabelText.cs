using System.Text;

namespace Cairn.RedcapServer.Definitions;

/// <summary>Labels, which may hold HTML.</summary>
public static class LabelText
{
    /// <summary>The label without tags; the same text when it has none. A <c>&lt;</c> that begins no tag stays.</summary>
    public static string WithoutTags(string label)
    {
        StringBuilder? plain = null;
        int kept = 0;
        for (int open = label.IndexOf('<', StringComparison.Ordinal); open >= 0 && open + 1 < label.Length;)
        {
            if (!char.IsAsciiLetter(label[open + 1]) && label[open + 1] is not ('/' or '!'))
            {
                open = label.IndexOf('<', open + 1);
                continue;
            }

            int close = label.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            (plain ??= new()).Append(label, kept, open - kept);
            kept = close + 1;
            open = label.IndexOf('<', kept);
        }

        return plain is null ? label : plain.Append(label, kept, label.Length - kept).ToString();
    }
}
