namespace Cairn.Terminal;

/// <summary>Colour as emphasis only: every text says the same without it.</summary>
internal sealed record Ink(bool Colored)
{
    public static readonly Ink Plain = new(false);

    public string Error(string text) => Paint("1;31", text);

    public string Warning(string text) => Paint("1;33", text);

    public string Good(string text) => Paint("32", text);

    public string Strong(string text) => Paint("1", text);

    public string Faint(string text) => Paint("2", text);

    public string Accent(string text) => Paint("36", text);

    private string Paint(string code, string text) => Colored && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
