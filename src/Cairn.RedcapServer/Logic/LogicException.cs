namespace Cairn.RedcapServer.Logic;

/// <summary>
/// Logic that cannot be read. The message is one sentence that ends with the place: <c>there is no field [agee]; did you mean [age]? (line 1, character 1)</c>.
/// </summary>
/// <param name="message">What is wrong, what was expected and where.</param>
/// <param name="position">Where in the text, counted from 0.</param>
public sealed class LogicException(string message, int position) : Exception(message)
{
    /// <summary>Where in the text, counted from 0.</summary>
    public int Position { get; } = position;

    /// <summary>The same with line and character, both counted from 1, as a person counts them.</summary>
    internal static LogicException At(string text, int position, string what)
    {
        int line = 1;
        int start = 0;
        for (int i = 0; i < position; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                line++;
                start = i + 1;
            }
        }

        return new LogicException($"{what} (line {line}, character {position - start + 1})", position);
    }
}
