namespace Cairn.Adapters.Deflate;

/// <summary>What the bytes of a deflate stream come from.</summary>
internal unsafe interface IDeflateInput
{
    /// <summary>How many bytes before a piece may be written to, and how many behind it read.</summary>
    const int Around = 64;

    /// <summary>The next bytes, which stay where they are until the next call; false at the end. <see cref="Around"/> bytes before them are free, as many behind them are readable.</summary>
    bool Next(out byte* at, out int length);
}

/// <summary>The stream breaks the rules of deflate, or ends too early.</summary>
internal sealed class DeflateException(string message, bool truncated = false) : Exception(message)
{
    public bool Truncated => truncated;
}
