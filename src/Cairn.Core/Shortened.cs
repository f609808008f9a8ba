namespace Cairn.Core;

/// <summary>Text out of a file or a command line, for a message: one line, and no longer than a person reads.</summary>
public static class Shortened
{
    private const int Longest = 60;

    public static string Of(string text)
    {
        string line = text.Length <= 4 * Longest ? text.ReplaceLineEndings(" ") : text[..(4 * Longest)].ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : line[..(Longest - 3)] + "...";
    }
}
