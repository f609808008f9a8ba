namespace Cairn.Core;

/// <summary>Text out of a file or a command line, for a message: one line, and no longer than a person reads.</summary>
public static class Shortened
{
    private const int Longest = 60;

    // A path is of use only whole, unless it is nonsense.
    private const int LongestPath = 400;

    public static string Of(string text) => Cut(text, Longest);

    public static string Path(string path) => Cut(path, LongestPath);

    private static string Cut(string text, int longest)
    {
        string line = (text.Length <= 2 * longest ? text : text[..(2 * longest)]).ReplaceLineEndings(" ");
        return line.Length <= longest ? line : line[..(longest - 3)] + "...";
    }
}
