namespace Cairn.Terminal;

/// <summary>
/// Where a command's words go: data to Out, everything else to Error. Whether either is a terminal is decided once, at the start,
/// so that nothing prompts or redraws into a pipe.
/// </summary>
internal sealed record Screen(TextWriter Out, TextWriter Error, TextReader In)
{
    public bool OutIsTerminal { get; init; }
    public bool ErrorIsTerminal { get; init; }
    public bool InIsTerminal { get; init; }

    /// <summary>Columns of the terminal; 100 where there is none, so that what is saved reads well.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Colours of each stream, plain where it is not a terminal or the user said no.</summary>
    public Ink OutInk { get; init; } = Ink.Plain;
    public Ink ErrorInk { get; init; } = Ink.Plain;

    /// <summary>A question can be asked and its answer read.</summary>
    public bool CanAsk => InIsTerminal && ErrorIsTerminal;

    /// <summary>The process's own streams.</summary>
    public static Screen OfProcess()
    {
        bool outIsTerminal = !Console.IsOutputRedirected;
        bool errorIsTerminal = !Console.IsErrorRedirected;
        return new Screen(Open(Console.OpenStandardOutput(), outIsTerminal), Open(Console.OpenStandardError(), true), TextReader.Null)
        {
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = errorIsTerminal,
            InIsTerminal = !Console.IsInputRedirected,
            Width = outIsTerminal || errorIsTerminal ? TerminalWidth() : 100,
        };
    }

    /// <summary>Reads one line of the person's answer; null at the end of input. Ctrl-C ends the waiting too.</summary>
    public string? Ask(string question, CancellationToken stop)
    {
        Error.Write(question);
        Error.Flush();
        var answer = System.Threading.Tasks.Task.Run(() => ReferenceEquals(In, TextReader.Null) ? Console.In.ReadLine() : In.ReadLine(), CancellationToken.None);
        answer.Wait(stop);
        return answer.Result;
    }

    // Console.Out costs start-up time (encodings, terminal database); plain UTF-8 streams do not.
    private static StreamWriter Open(Stream stream, bool flushEachLine) =>
        new(stream, new System.Text.UTF8Encoding(false), flushEachLine ? 256 : 32 * 1024) { AutoFlush = flushEachLine, NewLine = "\n" };

    private static int TerminalWidth()
    {
        try
        {
            return Math.Clamp(Console.WindowWidth, 40, 200);
        }
        catch (IOException)
        {
            return 100;
        }
    }
}
